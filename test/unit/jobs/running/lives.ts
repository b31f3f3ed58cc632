import { Fleet } from '../../../../src/fleet/fleet';
import type { Computer } from '../../../../src/fleet/computer';
import type { Engine } from '../../../../src/jobs/engine';
import type { Ledger, RunWriter } from '../../../../src/jobs/ledger';
import { planJob } from '../../../../src/jobs/planning/planJob';
import type { CompiledJob } from '../../../../src/jobs/program/program';
import type { JobReport } from '../../../../src/jobs/running/jobReport';
import { resumeJob } from '../../../../src/jobs/running/resumeJob';
import { runJob } from '../../../../src/jobs/running/runJob';
import { testFrontend } from '../../../fakes/frontend';
import { memoryLedger, type TestLedger } from '../../../fakes/ledger';
import { fakeSessions } from '../../../fakes/technology';
import { deviceComputer, type Devices } from './devices';
import { drive } from './drive';

/** What happens to one process. Writes are counted from 1. */
export interface Fate {
  readonly dies?: { readonly atWrite: number; readonly when: 'before' | 'after' };
  readonly cancels?: readonly { readonly atWrite: number; readonly how: 'windDown' | 'stop' }[];
}

export interface World {
  readonly devices: Devices;
  readonly ledger: TestLedger;
  readonly job: CompiledJob;
  /** Names and sites. */
  readonly computers: readonly (readonly [name: string, site: string])[];
}

export function worldOf(devices: Devices, job: CompiledJob, computers: World['computers']): World {
  return { devices, job, computers, ledger: memoryLedger() };
}

export interface Life {
  /** Absent when the process died. */
  readonly report?: JobReport;
  readonly writes: number;
}

/** Runs the job in a process of its own, or goes on with it. */
export async function live(world: World, fate: Fate = {}): Promise<Life> {
  const { devices, ledger, job, computers } = world;
  const windDown = new AbortController();
  const stop = new AbortController();
  const life = { writes: 0, isDead: false };
  const never = new Promise<never>(() => undefined);
  const die = (): Promise<never> => {
    if (!life.isDead) {
      life.isDead = true;
      ledger.die();
      devices.life++;
      devices.sights.push({ kind: 'died' });
    }
    return never;
  };
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    if (life.isDead) return never;
    const number = ++life.writes;
    for (const { atWrite, how } of fate.cancels ?? []) {
      if (atWrite !== number) continue;
      devices.sights.push({ kind: how });
      (how === 'stop' ? stop : windDown).abort();
    }
    const isLast = fate.dies?.atWrite === number;
    if (isLast && fate.dies.when === 'before') return die();
    const value = await work();
    return isLast ? die() : value;
  };
  const watched = (writer: RunWriter): RunWriter => ({
    id: writer.id,
    intend: (intent) => write(() => writer.intend(intent)),
    closeStep: (close) => write(() => writer.closeStep(close)),
    close: (result) =>
      write(async () => {
        await writer.close(result);
        devices.sights.push({ kind: 'closed', computer: result.computer, outcome: result.outcome, at: Date.now() });
      }),
    end: (state) => write(() => writer.end(state)),
  });
  const mortal: Ledger = {
    ...ledger,
    begin: (header) => write(async () => watched(await ledger.begin(header))),
    resume: (id) => write(async () => watched(await ledger.resume(id))),
  };
  const engine: Engine = {
    sessions: fakeSessions(),
    ledger: mortal,
    fleet: Fleet.empty,
    policy: undefined,
    folder: 'here',
  };
  const fresh = computers.map(([name, site]) => deviceComputer(name, site));
  const stops = { windDown: windDown.signal, stop: stop.signal };
  const report = await drive(begin(job, fresh, engine, stops), () => life.isDead);
  return { writes: life.writes, ...(report && { report }) };
}

async function begin(
  job: CompiledJob,
  computers: readonly Computer[],
  engine: Engine,
  stops: Parameters<typeof runJob>[4],
): Promise<JobReport> {
  const options = { timeoutMs: 60_000 };
  const record = await engine.ledger.lastRun('here');
  if (record) return resumeJob({ record, compiled: job, computers }, engine, testFrontend(), options, stops);
  return runJob(planJob(job, { computers, targets: '*' }, engine), engine, testFrontend(), options, stops);
}
