import { createHash } from 'node:crypto';
import { SidebandError } from '../base/errors';
import type { Asks } from '../base/frontend';
import type { Log } from '../base/log';
import type { Computer } from '../fleet/computer';
import { builtInDefinitions } from '../fleet/definitions';
import type { Operation, Way } from '../operations/operation';
import type { Candidate } from './attempt';
import { type Engine, sweepLimits, type SweepLimits } from './engine';
import { checkParameters } from './parameters';
import { evaluatePolicy, type Refusal } from './policy';
import type { ComputerResult } from './result';
import { sweep, type SweepOptions } from './sweep';
import { chooseWays, impossible, taking } from './ways';

/** What would be done to one computer. */
export interface PlanEntry extends Candidate<Way> {
  /** Why this way, in words. */
  readonly why: string;
  /** The state as last seen, or as read for this plan. */
  readonly now?: string;
  readonly then?: string;
  /** Why the state could not be read for this plan. */
  readonly unread?: string;
}

/** What an operation would do, worked out before anything is done. */
export interface Plan {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** As the user wrote them. */
  readonly targets: string;
  readonly entries: readonly PlanEntry[];
  /** What the policy says against it; a plan with refusals is never run. */
  readonly refusals: readonly Refusal[];
  /** Changes when anything in the plan does. */
  readonly hash: string;
}

export interface PlanRequest {
  readonly operation: Operation;
  readonly computers: readonly Computer[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly targets: string;
  /** Only ways of this technology. */
  readonly technology?: string | undefined;
}

/** Works out the plan from what is known; contacts nobody. Throws `usage.invalid` for wrong parameters. */
export function planOperation(request: PlanRequest, engine: Pick<Engine, 'fleet' | 'policy' | 'definitions'>): Plan {
  const { operation, computers, targets } = request;
  const parameters = checkParameters(operation, request.parameters);
  const then = operation.then?.(parameters, engine.definitions ?? builtInDefinitions);
  const entries = computers.map((computer) => planComputer(computer, { ...request, parameters, then }));
  const refusals = policyRefusals(operation, computers, engine);
  return withHash({ operation, parameters, targets, entries, refusals });
}

export interface ReadPlanOptions extends SweepLimits, Pick<SweepOptions, 'onProgress'> {
  readonly log: Log;
  /** What may be asked of a person. Absent: nobody is there. */
  readonly asks?: Asks | undefined;
}

/** Reads from every computer what the plan changes, and plans again with that. */
export async function readPlan(
  plan: Plan,
  engine: Engine,
  options: ReadPlanOptions,
  signal: AbortSignal,
): Promise<Plan> {
  const readable = plan.entries.filter(({ ways }) => ways.some((way) => way.now ?? way.lacks));
  const results = await sweep(
    readable,
    async ({ computer }, way, turn) => {
      const { sessions, definitions } = engine;
      const request = { sessions, definitions, computer, log: options.log, ...turn };
      const lack = await way.lacks?.(request, plan.parameters);
      if (lack !== undefined) throw new SidebandError('operation.impossible', lack);
      return { outcome: 'done', value: await way.now?.(request, plan.parameters) };
    },
    {
      ...sweepLimits(engine, options),
      asks: options.asks,
      ...(options.onProgress && { onProgress: options.onProgress }),
    },
    signal,
  );
  const byName = new Map(results.map((result) => [result.computer, result]));
  const entries = plan.entries.map((entry) => withReading(entry, byName.get(entry.computer.name)));
  return withHash({ ...plan, entries });
}

function withReading(entry: PlanEntry, result: ComputerResult | undefined): PlanEntry {
  if (!result) return entry;
  const { now: _, ...rest } = entry;
  const { error, tried = [], value } = result;
  const lacking = tried.filter(({ code }) => code === 'operation.impossible').map(({ technology }) => technology);
  if (error?.code === 'operation.impossible') {
    return { ...rest, ...impossible(withoutName(error.message, entry)) };
  }
  if (error) return { ...rest, unread: error.message };
  const possible = { ...rest, ...taking(rest.ways.filter(({ technology }) => !lacking.includes(technology))) };
  return typeof value === 'string' ? { ...possible, now: value } : possible;
}

function withoutName(message: string, { computer: { name } }: PlanEntry): string {
  return message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
}

/** What the policy says at this moment against doing it. */
export function policyRefusals(
  operation: Operation,
  computers: readonly Computer[],
  { fleet, policy }: Pick<Engine, 'fleet' | 'policy'>,
): readonly Refusal[] {
  return policy ? evaluatePolicy(policy, { operation, computers, fleet, now: new Date() }) : [];
}

const windowsHint = 'The job runs in its own hours alone: see `windows` in its file.';

/** Throws `policy.refused`, naming every rule. */
export function assertAllowed(refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  const message = refusals.map(({ rule, message }) => `${rule}: ${message}`).join('; ');
  const rules = refusals.map(({ rule }) => rule);
  const isOfPolicy = rules.some((rule) => rule.startsWith('policy.yaml'));
  throw new SidebandError('policy.refused', message, { rules, ...(!isOfPolicy && { hint: windowsHint }) });
}

function planComputer(
  computer: Computer,
  { operation, technology, parameters, then }: PlanRequest & { readonly then: string | undefined },
): PlanEntry {
  const now = operation.changes === 'power' ? computer.seen.power : undefined;
  const state = { ...(then !== undefined && { then }), ...(now !== undefined && { now }) };
  return { computer, ...chooseWays(operation, computer, { parameters, technology }), ...state };
}

function withHash(plan: Omit<Plan, 'hash'>): Plan {
  const { operation, parameters, entries } = plan;
  const facts = entries.map(({ computer, ways, now, then, impossible }) => [
    computer.name,
    computer.host,
    ways.map((way) => way.technology),
    now ?? null,
    then ?? null,
    impossible ?? null,
  ]);
  const hash = createHash('sha256').update(JSON.stringify([operation.id, parameters, facts]));
  return { ...plan, hash: hash.digest('hex').slice(0, 12) };
}
