import { expect, test } from 'vitest';
import { LiveRuns } from '../../../../src/extension/jobs/liveRuns';

function stage() {
  const liveRuns = new LiveRuns();
  const calls: string[] = [];
  const told: string[] = [];
  liveRuns.onDidCancel(({ id, title, cancelling }) => told.push(`${id} ${title} ${cancelling}`));
  const begin = (id: string, folder = '/fleet', leave = (): Promise<void> => Promise.resolve()) =>
    liveRuns.begin(id, {
      title: 'Patch',
      folder,
      windDown: () => calls.push(`${id} winds down`),
      stop: () => calls.push(`${id} stops`),
      leave,
    });
  return { liveRuns, calls, told, begin };
}

test('cancelling winds down first, then stops, and says so', () => {
  const { liveRuns, calls, told, begin } = stage();
  begin('run-1');
  begin('run-2');
  expect([liveRuns.isLive('run-1'), liveRuns.cancelling('run-1')]).toEqual([true, undefined]);
  expect([liveRuns.cancel('run-1'), liveRuns.cancelling('run-1')]).toEqual(['windingDown', 'windingDown']);
  expect([liveRuns.cancel('run-1'), liveRuns.cancelling('run-1')]).toEqual(['stopping', 'stopping']);
  expect(calls).toEqual(['run-1 winds down', 'run-1 stops']);
  expect(told).toEqual(['run-1 Patch windingDown', 'run-1 Patch stopping']);
  expect(liveRuns.cancelling('run-2')).toBeUndefined();
});

test('a run that has ended, or goes on elsewhere, cannot be cancelled', () => {
  const { liveRuns, calls, begin } = stage();
  begin('run-1').dispose();
  expect(liveRuns.isLive('run-1')).toBe(false);
  expect([liveRuns.cancel('run-1'), liveRuns.cancel('run-9')]).toEqual([undefined, undefined]);
  expect(calls).toEqual([]);
});

test('the end of a run says nothing of one that was resumed under the same id', () => {
  const { liveRuns, begin } = stage();
  const first = begin('run-1');
  begin('run-1');
  first.dispose();
  expect(liveRuns.isLive('run-1')).toBe(true);
});

test('beginning, cancelling and ending are changes', () => {
  const { liveRuns, begin } = stage();
  let changes = 0;
  liveRuns.onDidChange(() => changes++);
  const run = begin('run-1');
  liveRuns.cancel('run-1');
  run.dispose();
  expect(changes).toBe(3);
});

test('a folder that is closed has its runs wound down, and waits for their ends', async () => {
  const { liveRuns, calls, begin } = stage();
  const [one, two] = [begin('run-1'), begin('run-2')];
  begin('run-3', '/elsewhere');
  liveRuns.cancel('run-2');
  const order: string[] = [];
  const end = liveRuns.endThoseOf('/fleet').then(() => order.push('ended'));
  expect(calls).toEqual(['run-2 winds down', 'run-1 winds down']);
  one.dispose();
  await Promise.resolve();
  order.push('one has ended');
  two.dispose();
  await end;
  expect(order).toEqual(['one has ended', 'ended']);
});

test('a window that is closed lets go of its runs, also when one of them cannot', async () => {
  const { liveRuns, calls, told, begin } = stage();
  const left: string[] = [];
  begin('run-1', '/fleet', () => Promise.resolve(void left.push('run-1')));
  begin('run-2', '/fleet', () => Promise.reject(new Error('no')));
  begin('run-3', '/fleet', () => Promise.resolve(void left.push('run-3')));
  await liveRuns[Symbol.asyncDispose]();
  expect(left).toEqual(['run-1', 'run-3']);
  expect([calls, told]).toEqual([[], []]);
});
