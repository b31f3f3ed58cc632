import { afterEach, expect, test, vi } from 'vitest';
import { Secret } from '../../../../src/base/secret';
import { greet } from '../../../../src/technologies/amt/greet';
import { amtOptions } from '../../../../src/technologies/amt/options';
import type { HttpTransport } from '../../../../src/transport/http';
import { fakeSurroundings } from '../../../fakes/technology';

afterEach(() => {
  vi.useRealTimers();
});

/** A device that takes requests and answers nothing. */
function hangingDevice(): { readonly http: HttpTransport; readonly open: () => number } {
  let open = 0;
  const http: HttpTransport = {
    open: () => {
      open++;
      return {
        request: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(signal.reason as Error);
            });
          }),
        [Symbol.asyncDispose]() {
          open--;
          return Promise.resolve();
        },
      };
    },
  };
  return { http, open: () => open };
}

const endpoint = {
  computer: 'lab-01',
  host: '10.0.0.1',
  port: 16992,
  isPortGiven: false,
  options: amtOptions.parse({ user: 'admin' }),
  secret: () => Promise.resolve(new Secret('demo')),
};

test.each([
  ['clear', 16992, 12_000],
  ['tls', 16993, 20_000],
] as const)('a device that hangs is given up, so that another way can be taken: %s', async (tls, port, waitMs) => {
  vi.useFakeTimers();
  const device = hangingDevice();
  const greeting = {
    endpoint,
    surroundings: fakeSurroundings({ http: device.http }),
    signal: new AbortController().signal,
  };
  let ended: unknown;
  const greeted = greet({ port, tls }, greeting).catch((error: unknown) => (ended = error));
  await vi.advanceTimersByTimeAsync(waitMs - 1);
  expect(ended).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await greeted;
  expect(ended).toMatchObject({
    code: 'connect.timeout',
    message: `10.0.0.1 takes connections on port ${port} but answers nothing`,
    effect: 'none',
  });
  expect(device.open()).toBe(0);
});

test('whoever asked may give up before', async () => {
  const device = hangingDevice();
  const stop = new AbortController();
  const greeting = { endpoint, surroundings: fakeSurroundings({ http: device.http }), signal: stop.signal };
  const greeted = greet({ port: 16992, tls: 'clear' }, greeting);
  stop.abort();
  await expect(greeted).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(device.open()).toBe(0);
});
