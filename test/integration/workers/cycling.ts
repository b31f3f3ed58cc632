// A job of one step that must never be done twice, against the controllers of `controllers.ts`.
import { once } from 'node:events';
import { connect } from 'node:net';
import * as z from 'zod';
import { SidebandError } from '../../../src/base/errors';
import { Computer } from '../../../src/fleet/computer';
import { defaultLimits, Fleet } from '../../../src/fleet/fleet';
import type { Engine } from '../../../src/jobs/engine';
import type { Strategy } from '../../../src/jobs/file/job';
import type { Ledger } from '../../../src/jobs/ledger';
import { planJob } from '../../../src/jobs/planning/planJob';
import type { JobPlan } from '../../../src/jobs/planning/jobPlan';
import type { CompiledJob, ProgramStep } from '../../../src/jobs/program/program';
import type { Operation, Way } from '../../../src/operations/operation';
import { fakeSessions } from '../../fakes/technology';

function cycleAt(port: number): Operation {
  const way: Way = {
    technology: 'ipmi',
    technologyTitle: 'IPMI',
    serves: () => true,
    async run({ computer, signal }, _, beforeAct) {
      const socket = connect({ port, host: '127.0.0.1', signal });
      try {
        await once(socket, 'connect', { signal });
        socket.write(`${JSON.stringify({ site: computer.site, computer: computer.name, pid: process.pid })}\n`);
        await beforeAct('on');
        socket.setEncoding('utf8').write('cycle\n');
        let answer = '';
        for await (const text of socket) answer += String(text);
        if (answer === 'done\n') return { outcome: 'done' };
        if (answer === 'no\n') throw new SidebandError('device.refused', 'it says no');
        throw new Error('no answer');
      } catch (error) {
        if (error instanceof SidebandError) throw error;
        throw new SidebandError('connect.lost', `${computer.name}: the answer was lost`, { effect: 'unknown' }, error);
      } finally {
        socket.destroy();
        await once(socket, 'close').catch(() => undefined);
      }
    },
  };
  return {
    id: 'power.cycle',
    title: 'Power Cycle',
    description: '',
    danger: 'disruptive',
    kind: 'change',
    repeatable: false,
    parameters: z.strictObject({}),
    ways: [way],
  };
}

const scope = { prefix: '', inputs: {} };
const common = { role: 'step', with: {}, retries: 0, retryDelayMs: 0, continueOnError: false, scope } as const;

/** As the compiler makes it. */
export function cycleJob(port: number, strategy: Partial<Strategy> = {}, count = 1): CompiledJob {
  const operation = cycleAt(port);
  const steps = Array.from({ length: count }, (_, index): ProgramStep => {
    return { ...common, index, id: `cycle-${index + 1}`, title: 'Power Cycle', operation };
  });
  return {
    job: {
      name: 'Cycle all',
      targets: '*',
      inputs: [],
      strategy: { waves: [], pauseMs: 0, spreadMs: 0, ...strategy },
      windows: [],
      steps: [],
      finally: [],
    },
    program: { steps, root: { steps, finally: [] } },
    source: { file: '.sideband/jobs/cycle.yaml', texts: {}, inputs: {} },
  };
}

/** So many computers at each site: `oslo-0`, `oslo-1` … */
export function fleetOf(sites: Readonly<Record<string, number>>): Fleet {
  const computers = Object.entries(sites).flatMap(([site, count]) =>
    Array.from({ length: count }, (_, index) => {
      const name = `${site}-${index}`;
      return new Computer({
        name,
        host: name,
        tags: { site },
        accesses: [{ technology: 'ipmi', host: name, options: {} }],
      });
    }),
  );
  return new Fleet({ computers, profiles: [], groups: new Map(), limits: defaultLimits });
}

export function engineOf<L extends Ledger>(fleet: Fleet, ledger: L): Engine & { readonly ledger: L } {
  return { sessions: fakeSessions(), ledger, fleet, policy: undefined, folder: '/fleet' };
}

export function planFor(job: CompiledJob, engine: Engine): JobPlan {
  return planJob(job, { computers: engine.fleet.computers, targets: '*' }, engine);
}
