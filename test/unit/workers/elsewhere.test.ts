import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '../../../src/workers/database';
import type { Dispatcher } from '../../../src/workers/dispatcher';
import { Elsewhere } from '../../../src/workers/elsewhere';
import type { PostgresRunWriter } from '../../../src/workers/runWriter';
import { testFrontend } from '../../fakes/frontend';
import { fakeComputer } from '../../fakes/technology';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const away = (): Promise<never> => Promise.reject(Object.assign(new Error('nobody listens'), { code: 'ECONNREFUSED' }));
const nothing = (): void => undefined;
const database = {
  where: 'sideband at db:5432',
  query: away,
  transaction: away,
  client: () => ({ once: nothing, on: nothing, connect: away, end: () => Promise.resolve() }),
} as unknown as Database;

test('a run whose database stays away is waited for, and given up a while after the second interrupt', async () => {
  const warnings: string[] = [];
  const log = { ...testFrontend().log, warn: (line: string) => void warnings.push(line) };
  const [windDown, stop] = [new AbortController(), new AbortController()];
  const writer = { id: 'run-1', owner: 'me' } as PostgresRunWriter;
  await using elsewhere = new Elsewhere({ database, writer, dispatcher: {} as Dispatcher, log });
  const ended = vi.fn();
  const stops = { windDown: windDown.signal, stop: stop.signal };
  void elsewhere.take({ computer: fakeComputer('lab-01', ['ipmi']), records: [] }, stops).then(ended);
  await vi.advanceTimersByTimeAsync(600_000);
  windDown.abort();
  await vi.advanceTimersByTimeAsync(600_000);
  stop.abort();
  await vi.advanceTimersByTimeAsync(19_000);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(ended.mock.lastCall?.[0]).toMatchObject({
    computer: 'lab-01',
    outcome: 'unknown',
    error: { code: 'ledger.unavailable', message: 'the ledger sideband at db:5432 cannot be used: nobody listens' },
  });
  expect(warnings).toEqual(['the ledger sideband at db:5432 cannot be used: nobody listens']);
});
