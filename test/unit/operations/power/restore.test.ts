import { afterEach, expect, test, vi } from 'vitest';
import type { EarlierStep } from '../../../../src/operations/operation';
import { powerOff } from '../../../../src/operations/power/off';
import { powerOn } from '../../../../src/operations/power/on';
import { powerRestore } from '../../../../src/operations/power/restore';
import { FakeController } from '../../../fakes/ipmiController';

afterEach(() => vi.useRealTimers());

const given = powerRestore.parameters.parse({ from: 'wake', graceful: true });
const after = (outcome: EarlierStep['outcome'], before?: string) =>
  powerRestore.followUp?.resolve(given, { id: 'wake', outcome, ...(before !== undefined && { before }) });

/** A chassis that is off, or on; it obeys at once. It comes on by itself when it is in the middle of a power cycle. */
function controller(start: 'on' | 'off', comesOnAfterMs?: number): FakeController {
  let isOn = start === 'on';
  if (comesOnAfterMs !== undefined) setTimeout(() => (isOn = true), comesOnAfterMs);
  return new FakeController((command, [action]) => {
    if (command === '00 02') isOn = action !== 0 && action !== 5;
    return command === '00 01' ? [isOn ? 1 : 0, 0, 0] : [];
  });
}

test('it names the step that it goes on from', () => {
  expect(powerRestore.followUp?.step(given)).toBe('wake');
});

test.each(['done', 'unverified', 'unknown', 'already'] as const)(
  'after %s with a state before, that state comes back',
  (outcome) => {
    const parameters = { from: 'wake', graceful: true, timeoutMs: 60_000 };
    for (const to of ['off', 'on', 'sleeping', 'hibernating']) {
      expect(after(outcome, to)).toEqual({ parameters: { ...parameters, to } });
    }
  },
);

test.each([
  ['already', undefined, 'wake changed nothing of the power'],
  ['done', undefined, 'wake changed nothing of the power'],
  ['failed', 'off', 'wake failed and changed nothing'],
  ['cancelled', 'off', 'wake was cancelled and changed nothing'],
  ['skipped', undefined, 'wake was left out'],
  ['not-begun', undefined, 'wake was not begun'],
  ['unknown', 'pxe once', 'before wake it was "pxe once", which nothing brings back'],
  ['done', 'in modern standby', 'before wake it was "in modern standby", which nothing brings back'],
] as const)('after %s with %s before there is nothing to do', (outcome, before, nothing) => {
  expect(after(outcome, before)).toEqual({ nothing });
});

test.each([
  [{ to: 'off' }, 'on', '00 02 00'],
  [{ to: 'off', graceful: true }, 'on', '00 02 05'],
  [{ to: 'on' }, 'off', '00 02 01'],
  [{ to: 'on', graceful: true }, 'off', '00 02 01'],
] as const)('%j of a computer that is %s: one request, after its intent', async (parameters, start, request) => {
  const bmc = controller(start);
  const result = await bmc.runRecorded(powerRestore, { from: 'wake', ...parameters });
  expect(result).toEqual({ outcome: 'done', value: { power: parameters.to } });
  expect(bmc.changes('00 01')).toEqual([`intend ${start}`, request]);
});

test('what is so again already is left alone', async () => {
  const bmc = controller('off');
  await expect(bmc.runRecorded(powerRestore, { from: 'wake', to: 'off' })).resolves.toEqual({
    outcome: 'already',
    value: { power: 'off' },
  });
  expect(bmc.changes('00 01')).toEqual([]);
});

test('after a restart by the job, only another state than on is looked at twice', () => {
  const earlier = { id: 'wake', outcome: 'done', restarted: true } as const;
  const parameters = { from: 'wake', graceful: true, timeoutMs: 60_000 };
  const resolve = (before: string) => powerRestore.followUp?.resolve(given, { ...earlier, before });
  expect(resolve('off')).toEqual({ parameters: { ...parameters, to: 'off', restarted: true } });
  expect(resolve('on')).toEqual({ parameters: { ...parameters, to: 'on' } });
  expect(powerRestore.lasts?.({ ...parameters, restarted: true })).toBe(75_000);
});

test('off in the middle of a power cycle is not off: it is turned off once it has come on', async () => {
  vi.useFakeTimers();
  const bmc = controller('off', 7000);
  const restored = bmc.runRecorded(powerRestore, { from: 'wake', to: 'off', restarted: true });
  await vi.advanceTimersByTimeAsync(8000);
  await expect(restored).resolves.toEqual({ outcome: 'done', value: { power: 'off' } });
  expect(bmc.changes('00 01')).toEqual(['intend on', '00 02 00']);
});

test('off for good after a restart is left alone', async () => {
  vi.useFakeTimers();
  const bmc = controller('off');
  const restored = bmc.runRecorded(powerRestore, { from: 'wake', to: 'off', restarted: true });
  await vi.advanceTimersByTimeAsync(15_000);
  await expect(restored).resolves.toEqual({ outcome: 'already', value: { power: 'off' } });
  expect(bmc.changes('00 01')).toEqual([]);
});

test.each(['sleeping', 'hibernating'])('a computer that was %s is turned off, and it is said', async (to) => {
  const bmc = controller('on');
  await expect(bmc.run(powerRestore, { from: 'wake', to })).resolves.toEqual({
    outcome: 'done',
    value: { power: 'off' },
    note: `It was ${to} before wake; off is as near as it gets.`,
  });
});

test('a plan, which does not know the state yet, takes the ways that turn off', () => {
  const served = powerRestore.ways.filter((way) => way.serves({ from: 'wake', graceful: false, timeoutMs: 1 }));
  expect(served.map(({ technology }) => technology)).toEqual(['amt', 'ipmi']);
});

test('they last as long as they wait', () => {
  const lasts = [powerOn, powerOff, powerRestore].map((operation) => operation.lasts?.({ timeoutMs: 300_000 }));
  expect(lasts).toEqual([300_000, 300_000, 300_000]);
});
