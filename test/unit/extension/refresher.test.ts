import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import { silentLog } from '../../../src/base/log';
import { Refresher } from '../../../src/extension/refresher';
import type { Computer } from '../../../src/fleet/computer';
import { defaultLimits, Fleet } from '../../../src/fleet/fleet';
import type { Engine } from '../../../src/jobs/engine';
import { testLedger } from '../../fakes/ledger';
import { fakeComputer } from '../../fakes/technology';
import { fake, resetFake } from '../../fakes/vscode';

let refresher: Refresher | undefined;
beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
});
afterEach(() => {
  refresher?.dispose();
  vi.useRealTimers();
});

/** A refresher over computers, the names that it asked, and what each answers. */
function stage(names: readonly string[]) {
  const computers = names.map((name) => fakeComputer(name, ['ipmi']));
  const asked: string[] = [];
  const errors = new Map<string, SidebandError>();
  const sessions = {
    use(_: unknown, { name }: Computer, __: unknown, act: (client: unknown) => Promise<unknown>) {
      asked.push(name);
      const error = errors.get(name);
      return error ? Promise.reject(error) : act({ readPower: () => Promise.resolve({ state: 'on' }) });
    },
  };
  const fleet = new Fleet({ computers, profiles: [], groups: new Map(), limits: defaultLimits });
  const engine = { sessions, ledger: testLedger(), fleet, policy: undefined, folder: '/' } as unknown as Engine;
  let visible: readonly Computer[] = computers;
  refresher = new Refresher(
    () => engine,
    () => visible,
    silentLog,
  );
  const show = (...shown: readonly string[]): void => {
    visible = computers.filter(({ name }) => shown.includes(name));
  };
  return { refresher, computers, asked, errors, show };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('only visible computers are asked, at once and then every 30 seconds', async () => {
  const { refresher, computers, asked, show } = stage(['a', 'b']);
  show('a');
  refresher.start();
  await pass(0);
  expect(asked).toEqual(['a']);
  expect(computers[0]?.seen.power).toBe('on');
  await pass(29_000);
  expect(asked).toEqual(['a']);
  await pass(2_000);
  expect(asked).toEqual(['a', 'a']);
  show('b');
  await pass(1_000);
  expect(asked).toEqual(['a', 'a', 'b']);
});

test('nobody is asked while paused, before trust, or when the setting is 0', async () => {
  const { refresher, asked } = stage(['a']);
  fake.settings.refreshSeconds = 0;
  refresher.start();
  await pass(60_000);
  fake.settings.refreshSeconds = 30;
  fake.trusted = false;
  await pass(60_000);
  refresher.refreshNow();
  fake.trusted = true;
  refresher.pause();
  await pass(60_000);
  expect(asked).toEqual([]);
});

test('one that does not answer is asked less and less often, and its reason is seen', async () => {
  const { refresher, computers, asked, errors } = stage(['dead']);
  errors.set('dead', new SidebandError('connect.timeout', 'nothing answers'));
  refresher.start();
  await pass(0);
  expect(computers[0]?.seen.problem?.code).toBe('connect.timeout');
  await pass(59_000);
  expect(asked).toHaveLength(1);
  await pass(2_000);
  expect(asked).toHaveLength(2);
  await pass(118_000);
  expect(asked).toHaveLength(2);
  await pass(4_000);
  expect(asked).toHaveLength(3);
  await pass(3_600_000);
  expect(asked.length).toBeGreaterThanOrEqual(3 + 5);
});

test('a refused login is not tried again by itself, but on a user’s word', async () => {
  const { refresher, asked, errors } = stage(['a']);
  errors.set('a', new SidebandError('auth.rejected', 'wrong'));
  refresher.start();
  await pass(3_600_000);
  expect(asked).toHaveLength(1);
  errors.clear();
  refresher.refreshNow();
  await pass(0);
  expect(asked).toHaveLength(2);
  await pass(31_000);
  expect(asked).toHaveLength(3);
});
