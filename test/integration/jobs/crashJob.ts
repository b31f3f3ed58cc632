import * as z from 'zod';
import type { RunWriter } from '../../../src/jobs/ledger';
import { Fleet } from '../../../src/fleet/fleet';
import type { Engine } from '../../../src/jobs/engine';
import type { Ledger } from '../../../src/jobs/ledger';
import { planJob } from '../../../src/jobs/planning/planJob';
import { resumeJob } from '../../../src/jobs/running/resumeJob';
import type { JobReport } from '../../../src/jobs/running/jobReport';
import { runJob } from '../../../src/jobs/running/runJob';
import type { Operation } from '../../../src/operations/operation';
import { testFrontend } from '../../fakes/frontend';
import { fakeSessions } from '../../fakes/technology';
import { deviceComputer } from '../../unit/jobs/running/devices';
import { jobOf } from '../../unit/jobs/running/programs';

/** What is asked of a device, which may live in another process; it answers with its power. */
export type Ask = (computer: string, what: 'read' | 'on' | 'off' | 'cycle') => Promise<string>;

export const names = ['c0', 'c1', 'c2'];

/** Wakes computers, cycles them twice, and turns them off in any case; the first time, or from where a dead process left it. */
export async function runOrResume(ledger: Ledger, ask: Ask): Promise<JobReport> {
  const [on, off, cycle] = [operation('on', ask), operation('off', ask), operation('cycle', ask)];
  const plain = { with: {} };
  const compiled = jobOf(
    {
      steps: { wake: { uses: on, ...plain }, first: { uses: cycle, ...plain }, second: { uses: cycle, ...plain } },
      finally: { tidy: { uses: off, ...plain } },
    },
    { concurrency: 2 },
  );
  const computers = names.map((name) => deviceComputer(name));
  const engine: Engine = { sessions: fakeSessions(), ledger, fleet: Fleet.empty, policy: undefined, folder: 'here' };
  const { signal } = new AbortController();
  const stops = { windDown: signal, stop: signal };
  const record = await ledger.lastRun('here');
  if (record) return resumeJob({ record, compiled, computers }, engine, testFrontend(), {}, stops);
  return runJob(planJob(compiled, { computers, targets: '*' }, engine), engine, testFrontend(), {}, stops);
}

function operation(what: 'on' | 'off' | 'cycle', ask: Ask): Operation {
  return {
    id: `test.${what}`,
    title: what,
    description: '',
    danger: 'disruptive',
    kind: 'change',
    repeatable: what !== 'cycle',
    parameters: z.strictObject({}),
    ways: [
      {
        technology: 'ipmi',
        technologyTitle: 'IPMI',
        serves: () => true,
        async run({ computer: { name } }, _, beforeAct) {
          const before = await ask(name, 'read');
          if (before === what) return { outcome: 'already' };
          await beforeAct(before);
          await ask(name, what);
          return { outcome: 'done' };
        },
      },
    ],
  };
}

/** A ledger whose process kills itself at a write, which is written by then or not. Counts from 1. */
export function deadly(ledger: Ledger, atWrite: number, when: 'before' | 'after'): Ledger {
  let writes = 0;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    const isLast = ++writes === atWrite;
    if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
    const value = await work();
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return value;
  };
  const watched = (writer: RunWriter): RunWriter => ({
    id: writer.id,
    intend: (intent) => write(() => writer.intend(intent)),
    closeStep: (close) => write(() => writer.closeStep(close)),
    close: (result) => write(() => writer.close(result)),
    end: (state) => write(() => writer.end(state)),
  });
  return {
    begin: (header) => write(async () => watched(await ledger.begin(header))),
    resume: (id) => write(async () => watched(await ledger.resume(id))),
    runs: (options) => ledger.runs(options),
    run: (id) => ledger.run(id),
    lastRun: (folder) => ledger.lastRun(folder),
    changes: (id, seq) => ledger.changes(id, seq),
    keepPlan: (plan) => ledger.keepPlan(plan),
    plan: (hash) => ledger.plan(hash),
    schedules: ledger.schedules,
    dispose: () => {
      ledger.dispose();
    },
  };
}
