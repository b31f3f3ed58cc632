import type { Expression } from '../../../../src/jobs/file/expression';
import type { Job, Strategy } from '../../../../src/jobs/file/job';
import type { Block, Call, CompiledJob, Program, ProgramStep, Scope } from '../../../../src/jobs/program/program';
import type { Operation } from '../../../../src/operations/operation';

export interface StepOptions {
  readonly uses: Operation;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly if?: Expression;
  readonly retries?: number;
  readonly retryDelayMs?: number;
  readonly timeoutMs?: number;
  readonly continueOnError?: boolean;
}

export interface CallOptions {
  readonly calls: BlockOptions;
  readonly if?: Expression;
  readonly continueOnError?: boolean;
}

export interface BlockOptions {
  readonly steps: Readonly<Record<string, StepOptions | CallOptions>>;
  readonly finally?: Readonly<Record<string, StepOptions | CallOptions>>;
}

/** A program as the compiler makes it: steps are numbered in the order in which they are done. */
export function programOf(options: BlockOptions): Program {
  const steps: ProgramStep[] = [];
  const root = blockOf(options, { prefix: '', inputs: {} }, steps);
  return { steps, root };
}

function blockOf(options: BlockOptions, scope: Scope, all: ProgramStep[]): Block {
  const list = (items: BlockOptions['steps'], role: 'step' | 'finally'): (ProgramStep | Call)[] =>
    Object.entries(items).map(([name, item]) => {
      const id = scope.prefix + name;
      const { continueOnError = false } = item;
      const common = { id, role, continueOnError, scope, ...(item.if && { condition: item.if }) };
      if ('calls' in item) {
        const inner: Scope = { prefix: `${id}/`, inputs: {}, caller: scope };
        return { ...common, block: blockOf(item.calls, inner, all) };
      }
      const { uses, retries = 0, retryDelayMs = 10_000, timeoutMs } = item;
      const step: ProgramStep = {
        ...common,
        index: all.length,
        title: name,
        operation: uses,
        with: item.with ?? { step: id },
        retries,
        retryDelayMs,
        ...(timeoutMs !== undefined && { timeoutMs }),
      };
      all.push(step);
      return step;
    });
  return { steps: list(options.steps, 'step'), finally: list(options.finally ?? {}, 'finally') };
}

export function jobOf(options: BlockOptions, strategy: Partial<Strategy> = {}, more: Partial<Job> = {}): CompiledJob {
  const job: Job = {
    name: 'Test',
    targets: '*',
    inputs: [],
    strategy: { waves: [], pauseMs: 0, spreadMs: 0, ...strategy },
    windows: [],
    steps: [],
    finally: [],
    ...more,
  };
  return { job, program: programOf(options), source: { file: '.sideband/jobs/test.yaml', texts: {}, inputs: {} } };
}

export const status = (name: 'succeeded' | 'failed' | 'always' | 'cancelled'): Expression => ({
  kind: 'call',
  name,
  args: [],
});

/** `steps.ID.outcome == 'OUTCOME'` */
export const cameTo = (id: string, outcome: string): Expression => ({
  kind: 'binary',
  operator: '==',
  left: { kind: 'path', path: ['steps', id, 'outcome'] },
  right: { kind: 'literal', value: outcome },
});
