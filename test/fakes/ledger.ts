import { reportError, SidebandError } from '../../src/base/errors';
import type {
  Intent,
  Ledger,
  RecordedOutcome,
  RecordedResult,
  RecordedStep,
  RunHeader,
  RunRecord,
  RunSummary,
  RunWriter,
  StepClose,
  StoredPlan,
} from '../../src/jobs/ledger';
import { memorySchedules } from './schedules';

export interface TestLedger extends Ledger {
  /** What was written, in order: `begin …`, `intend …`, `close … outcome`, `end state`, `resume …`. */
  readonly lines: readonly string[];
  readonly headers: readonly RunHeader[];
  /** From now on nothing can be written. */
  fill(): void;
  /** The process that writes dies: what goes on is interrupted, and none of its writers writes any more. */
  die(): void;
}

/** They are told the number of the write, from 1, and its line; the writer gets what they throw. */
export interface LedgerHooks {
  /** Before a write: when it throws, nothing is written. */
  readonly onWrite?: (write: number, line: string) => void;
  /** After a write: when it throws, it is written all the same. */
  readonly onWritten?: (write: number, line: string) => void;
}

/** What one process after the other keeps and writes in memory. */
export interface MemoryState {
  readonly runs: readonly MemoryRun[];
  /** How many processes have died. */
  readonly life: number;
  write<T>(line: string, work: () => T): Promise<T>;
}

interface MemoryRun {
  readonly id: string;
  readonly header: RunHeader;
  readonly startedAt: string;
  readonly results: Map<string, Kept<RecordedResult>>;
  readonly steps: Map<string, Kept<RecordedStep>>;
  endedAt?: string;
  state: 'running' | 'finished' | 'cancelled';
  life: number;
  seq: number;
}

interface Kept<T> {
  readonly value: T;
  readonly seq: number;
}

export function testLedger(): TestLedger {
  return memoryLedger();
}

/** A whole ledger in memory. Its runs are `run-1`, `run-2` and so on. */
export function memoryLedger(hooks: LedgerHooks = {}): TestLedger {
  const lines: string[] = [];
  const headers: RunHeader[] = [];
  const runs: MemoryRun[] = [];
  const plans = new Map<string, StoredPlan>();
  let isFull = false;
  let life = 0;
  let writes = 0;
  const state: MemoryState = {
    runs,
    get life() {
      return life;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what is thrown is to be a rejection
    async write(line, work) {
      if (isFull) throw new SidebandError('ledger.unavailable', 'the disk is full');
      const write = ++writes;
      hooks.onWrite?.(write, line);
      const value = work();
      lines.push(line);
      hooks.onWritten?.(write, line);
      return value;
    },
  };
  const newestFirst = (): readonly MemoryRun[] => runs.toReversed();
  const record = (run: MemoryRun | undefined): RunRecord | undefined => run && toRecord(run, life);
  return {
    lines,
    headers,
    fill: () => {
      isFull = true;
    },
    die: () => {
      life++;
    },
    begin: (header) =>
      state.write(`begin ${header.subject}`, () => {
        const run = newRun(`run-${runs.length + 1}`, header, life);
        runs.push(run);
        headers.push(header);
        return writerOf(run, state);
      }),
    resume: (id) =>
      state.write(`resume ${id}`, () => {
        const run = runs.find((one) => one.id === id);
        if (!run) throw new SidebandError('usage.invalid', `no run "${id}" is recorded`);
        if (run.state !== 'running') throw new SidebandError('run.ended', `the run ${id} has ended`);
        if (run.life === life) throw new SidebandError('run.busy', `the run ${id} still goes on`);
        run.life = life;
        for (const [computer, { value }] of run.results) {
          if (value.outcome === 'running') run.results.set(computer, { value, seq: ++run.seq });
        }
        return writerOf(run, state);
      }),
    runs: ({ folder, subject, limit }) =>
      Promise.resolve(
        newestFirst()
          .filter(({ header }) => folder === undefined || header.folder === folder)
          .filter(({ header }) => subject === undefined || header.subject === subject)
          .slice(0, limit)
          .map((run) => toSummary(run, life)),
      ),
    run: (id) => Promise.resolve(record(runs.find((run) => run.id === id))),
    lastRun: (folder) => Promise.resolve(record(newestFirst().find(({ header }) => header.folder === folder))),
    changes: (id, seq) => {
      const run = runs.find((one) => one.id === id);
      if (!run) return Promise.resolve(undefined);
      const isNew = (kept: Kept<unknown>): boolean => kept.seq > seq;
      const isLeft = ({ value }: Kept<RecordedResult>): boolean =>
        value.outcome === 'running' && stateOf(run, life) === 'interrupted';
      const results = [...run.results.values()].filter((kept) => isNew(kept) || isLeft(kept));
      const steps = [...run.steps.values()].filter(isNew).sort((one, other) => one.seq - other.seq);
      return Promise.resolve({
        state: stateOf(run, life),
        results: results.map(({ value }) => toResult(run, value, life)),
        steps: steps.map(({ value }) => value),
        seq: run.seq,
      });
    },
    keepPlan: (plan) =>
      state.write(`plan ${plan.hash}`, () => {
        plans.set(plan.hash, plan);
      }),
    plan: (hash) => Promise.resolve(plans.get(hash)),
    schedules: memorySchedules(state),
    dispose: () => undefined,
  };
}

function newRun(id: string, header: RunHeader, life: number): MemoryRun {
  const results = header.computers.map((computer, position) => {
    const value: RecordedResult = { computer, ok: false, outcome: 'not-begun', durationMs: 0 };
    return [computer, { value, seq: position + 1 }] as const;
  });
  const startedAt = new Date().toISOString();
  return {
    id,
    header,
    startedAt,
    results: new Map(results),
    steps: new Map(),
    state: 'running',
    life,
    seq: results.length,
  };
}

function writerOf(run: MemoryRun, state: MemoryState): RunWriter {
  const { life } = run;
  const write = (line: string, work: () => void): Promise<void> =>
    state.write(line, () => {
      if (life !== state.life || life !== run.life) {
        throw new SidebandError('ledger.unavailable', `the run ${run.id} was taken over by another process`);
      }
      work();
    });
  return {
    id: run.id,
    intend: (intent) =>
      write(`intend ${intent.computer} ${intent.technology}${stepText(intent.step)}`, () => {
        keepIntent(run, intent);
      }),
    closeStep: (close) =>
      write(`close ${close.result.computer}${stepText(close.step)} ${close.result.outcome}`, () => {
        keepStepClose(run, close);
      }),
    close: (result) =>
      write(`close ${result.computer} ${result.outcome}`, () => {
        run.results.set(result.computer, { value: result, seq: ++run.seq });
      }),
    end: (ended) =>
      write(`end ${ended}`, () => {
        run.state = ended;
        run.endedAt = new Date().toISOString();
      }),
  };
}

function stepText(step: number | undefined): string {
  return step === undefined ? '' : ` step ${step}`;
}

function keepIntent(run: MemoryRun, { computer, technology, step, before }: Intent): void {
  const running = { computer, ok: false, outcome: 'running', durationMs: 0 } as const;
  const seq = ++run.seq;
  if (step === undefined) {
    run.results.set(computer, { value: { ...running, technology }, seq });
    return;
  }
  keepBegun(run, computer, seq);
  const known = run.steps.get(`${step} ${computer}`)?.value;
  const first = known?.before ?? before;
  const value: RecordedStep = {
    ...running,
    technology,
    step,
    attempts: (known?.attempts ?? 0) + 1,
    ...(first !== undefined && { before: first }),
  };
  run.steps.set(`${step} ${computer}`, { value, seq });
}

function keepStepClose(run: MemoryRun, { step, attempts, result }: StepClose): void {
  const seq = ++run.seq;
  keepBegun(run, result.computer, seq);
  const before = run.steps.get(`${step} ${result.computer}`)?.value.before;
  const value: RecordedStep = { ...result, step, attempts, ...(before !== undefined && { before }) };
  run.steps.set(`${step} ${result.computer}`, { value, seq });
}

function keepBegun(run: MemoryRun, computer: string, seq: number): void {
  const known = run.results.get(computer)?.value;
  if (known?.outcome === 'not-begun') run.results.set(computer, { value: { ...known, outcome: 'running' }, seq });
}

function stateOf(run: MemoryRun, life: number): RunSummary['state'] {
  return run.state === 'running' && run.life !== life ? 'interrupted' : run.state;
}

function toResult(run: MemoryRun, result: RecordedResult, life: number): RecordedResult {
  if (result.outcome !== 'running' || stateOf(run, life) !== 'interrupted') return result;
  const error = new SidebandError('run.interrupted', 'the process ended in the middle; it may have happened');
  return { ...result, outcome: 'unknown', error: reportError(error) };
}

function toSummary(run: MemoryRun, life: number): RunSummary {
  const { id, header, startedAt, endedAt } = run;
  const counts: Partial<Record<RecordedOutcome, number>> = {};
  for (const { value } of run.results.values()) {
    const { outcome } = toResult(run, value, life);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return {
    id,
    subject: header.subject,
    title: header.title,
    folder: header.folder,
    targets: header.targets,
    startedAt,
    ...(endedAt !== undefined && { endedAt }),
    state: stateOf(run, life),
    kind: header.job ? 'job' : 'operation',
    counts,
    ...(header.rerunOf !== undefined && { rerunOf: header.rerunOf }),
  };
}

function toRecord(run: MemoryRun, life: number): RunRecord {
  const { danger, parameters, planHash, job } = run.header;
  const results = [...run.results.values()].map(({ value }) => toResult(run, value, life));
  return { ...toSummary(run, life), danger, parameters, planHash, results, ...(job && { job }) };
}
