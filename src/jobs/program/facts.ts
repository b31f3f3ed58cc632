import type { Computer } from '../../fleet/computer';
import type { Expression } from '../file/expression';
import { asksForStatus } from '../file/expressionParts';
import { formatExpression } from '../file/formatExpression';
import { readInput } from '../file/inputs';
import type { InputValues, Job } from '../file/job';
import type { RecordedOutcome } from '../ledger';
import { type Lookup, toText, truthOf, unknown } from './evaluate';
import type { Call, ProgramStep, Scope } from './program';
import { namedIn, resolveValue, valueOf } from './resolve';

/** What a step came to, as expressions see it. */
export interface StepFacts {
  readonly outcome: RecordedOutcome;
  /** The result's value. */
  readonly value?: unknown;
}

/** What expressions of one computer's steps may name. */
export interface Facts {
  /** Of the job that is run. */
  readonly inputs: InputValues;
  readonly computer: Computer;
  /** By full id, with what stands before it in called jobs; a called job by the id of its step. */
  readonly steps: ReadonlyMap<string, StepFacts>;
  /** Whether `failed()` holds. */
  readonly failed: boolean;
  /** Whether `cancelled()` holds. */
  readonly cancelled: boolean;
  /** `plan`: what steps come to is not known yet. */
  readonly at: 'plan' | 'run';
}

export interface ResolvedWith {
  /** Without those that depend on what only the run can tell. Not checked by the operation's schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `image: from steps.fetch`; empty: all are known. */
  readonly depends: readonly string[];
}

/** The parameters of a step with all `${{ … }}` put in. */
export function resolveWith(step: ProgramStep, facts: Facts): ResolvedWith {
  const parameters: Record<string, unknown> = {};
  const depends: string[] = [];
  for (const [name, given] of Object.entries(step.with)) {
    const value = resolveValue(given, scopeLookup(step.scope, facts));
    if (value === unknown) depends.push(`${name}: from ${namedIn(given, 'steps').join(', ')}`);
    else parameters[name] = value;
  }
  return { parameters, depends };
}

/** Whether a step or a called job is to be done; `depends` only in plans: `if steps.wake.outcome == 'done'`. */
export function evaluateCondition(item: ProgramStep | Call, facts: Facts): boolean | { readonly depends: string } {
  const { condition, role, scope } = item;
  const asksItself = role === 'finally' || (condition !== undefined && asksForStatus(condition));
  if (!asksItself && facts.failed) return false;
  if (!asksItself && facts.at === 'run' && facts.cancelled) return false;
  if (!condition) return true;
  const holds = conditionsOf(condition, facts).map((part) => truthOf(part, scopeLookup(scope, facts)));
  if (holds.includes(false)) return false;
  return holds.includes(unknown) ? { depends: `if ${formatExpression(condition)}` } : true;
}

/** The targets of a job with its inputs put in. */
export function resolveTargets(job: Job, inputs: InputValues): string {
  const lookup = { path: ([, name = '']: readonly string[]) => valueOf(inputs, name), status: () => false };
  return toText(resolveValue(job.targets, lookup));
}

/** All of these must hold. A plan shows what is done when all goes well, so there `succeeded()` asks nothing beside the rest. */
function conditionsOf(condition: Expression, { at, failed }: Facts): readonly Expression[] {
  if (at === 'run' || failed) return [condition];
  return conjunctsOf(condition).filter((part) => part.kind !== 'call' || part.name !== 'succeeded');
}

function conjunctsOf(expression: Expression): readonly Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== '&&') return [expression];
  return [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)];
}

/** What names mean in a job, for one computer. */
function scopeLookup(scope: Scope, facts: Facts): Lookup {
  return {
    path([root, name = '', ...rest]) {
      if (root === 'inputs') return inputOf(name, scope, facts);
      if (root === 'computer') return computerField(facts.computer, name, rest.join('.'));
      const step = facts.steps.get(scope.prefix + name);
      return step || facts.at === 'run' ? stepField(step, rest) : unknown;
    },
    status: (name) => statusOf(name, facts),
  };
}

/** What a caller gives is read by its type; where it does not fit it stays, and the operation says what it expects. */
function inputOf(name: string, { inputs, declared = [], caller }: Scope, facts: Facts): unknown {
  if (!caller) return valueOf(facts.inputs, name);
  const value = resolveValue(valueOf(inputs, name), scopeLookup(caller, facts));
  const input = declared.find((one) => one.name === name);
  return (input && readInput(input, value)) ?? value;
}

function computerField(computer: Computer, field: string, tag: string): unknown {
  if (field === 'tags') return valueOf(computer.tags, tag);
  if (field === 'name') return computer.name;
  if (field === 'host') return computer.host;
  return field === 'site' ? computer.site : null;
}

function stepField(step: StepFacts | undefined, [field, ...keys]: readonly string[]): unknown {
  if (field === 'outcome') return step?.outcome ?? 'not-begun';
  return keys.reduce(valueOf, step?.value ?? null);
}

/** In a plan all but `always()` is unknown, unless something has failed already. */
function statusOf(name: string, { at, failed, cancelled }: Facts): boolean | typeof unknown {
  if (name === 'always') return true;
  if (name === 'failed' && failed) return true;
  if (name === 'succeeded' && failed) return false;
  if (at === 'plan') return unknown;
  if (name === 'succeeded') return !cancelled;
  return name === 'cancelled' && cancelled;
}
