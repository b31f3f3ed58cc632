import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import type { PowerState } from '../../../../src/fleet/computer';
import type { CompiledJob } from '../../../../src/jobs/program/program';
import { defineOperation, type Operation } from '../../../../src/operations/operation';
import { powerOn } from '../../../../src/operations/power/on';
import { powerTo } from '../../../../src/operations/power/powerTo';
import { powerRestore } from '../../../../src/operations/power/restore';
import { FakeDevice, fakeTechnology } from '../../../fakes/technology';
import { Devices } from './devices';
import { type Fate, live, type World, worldOf } from './lives';
import { jobOf } from './programs';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const found: Readonly<Record<string, PowerState>> = { a: 'off', b: 'on', c: 'off', d: 'on', e: 'off' };

/** Five computers of which three are off: they are woken, something is done on each, and they are put back as they were. */
function wakeAndRestore(): World & { readonly power: ReadonlyMap<string, FakeDevice> } {
  const power = new Map(
    Object.entries(found).map(([name, state]) => {
      const device = new FakeDevice();
      device.power = state;
      return [name, device] as const;
    }),
  );
  const devices = new Devices();
  const operations = {
    wake: overIpmi(powerOn, power),
    work: devices.operation('cycle'),
    restore: overIpmi(powerRestore, power),
  };
  const job: CompiledJob = jobOf(
    {
      steps: { wake: { uses: operations.wake, with: {} }, work: { uses: operations.work } },
      finally: { restore: { uses: operations.restore, with: { from: 'wake' } } },
    },
    { concurrency: 1 },
  );
  const computers = Object.keys(found).map((name) => [name, ''] as const);
  return { ...worldOf(devices, job, computers), power };
}

/** The operation as it is, on devices of the test. */
function overIpmi({ ways: _, ...head }: Operation, devices: ReadonlyMap<string, FakeDevice>): Operation {
  const ipmi = fakeTechnology('ipmi', devices);
  const isOn = ({ to = 'on' }: Record<string, unknown>): boolean => to === 'on';
  return defineOperation(head, (via) => [
    via(ipmi, powerTo('on', 'on') as never, isOn),
    via(ipmi, powerTo('off', 'off') as never, (given) => !isOn(given)),
  ]);
}

/** What each device was told, and how it stands now. */
function told({ power }: ReturnType<typeof wakeAndRestore>): Readonly<Record<string, string>> {
  const words = [...power].map(([name, { calls, power: now }]) => {
    const acts = calls.filter((call) => call === 'ipmi on' || call === 'ipmi off');
    return [name, [...acts, now].join(', ')] as const;
  });
  return Object.fromEntries(words);
}

const asFound = {
  a: 'ipmi on, ipmi off, off',
  b: 'on',
  c: 'ipmi on, ipmi off, off',
  d: 'on',
  e: 'ipmi on, ipmi off, off',
};

test('those that were off are woken and turned off again, and the others are left alone', async () => {
  const world = wakeAndRestore();
  const { report } = await live(world);
  expect(told(world)).toEqual(asFound);
  expect(report?.results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done', 'done']);
  const { steps = [] } = (await world.ledger.changes('run-1', 0)) ?? {};
  const restored = steps.filter(({ step }) => step === 2);
  expect(restored.map(({ computer, outcome, note }) => `${computer} ${outcome} ${note ?? ''}`)).toEqual([
    'a done ',
    'b already wake changed nothing of the power',
    'c done ',
    'd already wake changed nothing of the power',
    'e done ',
  ]);
});

test('also when the job failed in between', async () => {
  const world = wakeAndRestore();
  world.devices.scripts.set('work', ['refuses']);
  await live(world);
  expect(told(world)).toEqual(asFound);
});

test('also when it was wound down in between', async () => {
  const world = wakeAndRestore();
  await live(world, { cancels: [{ atWrite: 3, how: 'windDown' }] });
  expect(told(world)).toEqual({ a: 'ipmi on, ipmi off, off', b: 'on', c: 'off', d: 'on', e: 'off' });
});

test('what could not be woken is not turned off', async () => {
  const world = wakeAndRestore();
  world.power.get('c')?.fail('requestPower', new SidebandError('device.refused', 'not now'));
  await live(world);
  expect(told(world)).toEqual({ ...asFound, c: 'ipmi on, off' });
});

test('also when the process died at any write, once or twice', async () => {
  const { writes } = await live(wakeAndRestore());
  expect(writes).toBe(33);
  for (let atWrite = 1; atWrite <= writes; atWrite++) {
    for (const when of ['before', 'after'] as const) {
      const world = wakeAndRestore();
      const fates: readonly Fate[] = [{ dies: { atWrite, when } }, { dies: { atWrite: 3, when } }, {}];
      for (const fate of fates) if ((await world.ledger.lastRun('here'))?.state !== 'finished') await live(world, fate);
      expect(told(world), `died ${when} write ${atWrite}`).toEqual(asFound);
    }
  }
});
