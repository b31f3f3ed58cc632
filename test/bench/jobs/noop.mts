// An operation that does nothing, on computers that need no network.
import * as z from 'zod';
import { Computer } from '../../../src/fleet/computer';
import { defaultLimits, Fleet } from '../../../src/fleet/fleet';
import type { Engine } from '../../../src/jobs/engine';
import type { Ledger } from '../../../src/jobs/ledger';
import type { CompiledJob } from '../../../src/jobs/program/program';
import { defineOperation } from '../../../src/operations/operation';
import type { Technology } from '../../../src/technologies/technology';
import { fakeSessions } from '../../fakes/technology';
import { compiled, step } from '../../unit/jobs/planning/testJob';

const client: AsyncDisposable = { [Symbol.asyncDispose]: () => Promise.resolve() };

const technology: Technology = {
  name: 'ipmi',
  title: 'nothing',
  defaultPort: 1,
  schemes: [],
  options: z.unknown(),
  open: () => Promise.resolve(client),
  check: () => Promise.resolve({ technology: 'ipmi', ok: true, stages: [] }),
};

/** How often it was done in this process. */
export const acts = { count: 0 };

/** A change: its intent and its outcome are recorded, each before anything else is done on the computer. */
const noop = defineOperation(
  {
    id: 'bench.noop',
    title: 'Nothing',
    description: 'Does nothing.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters: z.strictObject({ text: z.string().optional() }),
  },
  (via) => [
    via(technology, {
      run: () => {
        acts.count++;
        return Promise.resolve({ outcome: 'done' });
      },
    }),
  ],
);

/** `own`: each computer has parameters of its own, so that no two have the same plan. */
export function noopJob(stepsEach: number, parameters: 'none' | 'own'): CompiledJob {
  const given = parameters === 'own' ? { with: { text: 'for ${{ computer.name }}' } } : {};
  return compiled(Array.from({ length: stepsEach }, (_, index) => step(`step-${index + 1}`, noop, given)));
}

/** In four sites. */
export function noopComputers(count: number): readonly Computer[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `pc-${String(index).padStart(5, '0')}`;
    const tags = { site: `site-${index % 4}` };
    return new Computer({
      name,
      host: name,
      tags,
      profile: 'lab',
      accesses: [{ technology: 'ipmi', host: name, options: {} }],
    });
  });
}

/** With sessions that are kept from step to step, as the command line has them for jobs. */
export function noopEngine(computers: readonly Computer[], ledger: Ledger): Engine {
  const fleet = new Fleet({ computers, profiles: ['lab'], groups: new Map(), limits: defaultLimits });
  return { sessions: fakeSessions({ idleMs: 10_000 }), ledger, fleet, policy: undefined, folder: 'bench' };
}
