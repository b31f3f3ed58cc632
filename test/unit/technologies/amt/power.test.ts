import { expect, test } from 'vitest';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import { CapableDevice } from '../../../../src/technologies/amt/capableDevice';
import { lackOfPower } from '../../../../src/technologies/amt/power';
import { noCache } from '../../../fakes/cache';

const { signal } = new AbortController();

/** A device that is known by what its web server says alone. */
function deviceOf(version: string): CapableDevice {
  const wsman = new WsmanClient(() => Promise.reject(new Error('nothing is asked')));
  const address = { port: 16992, tls: 'clear' } as const;
  return new CapableDevice({ wsman, address, version, realm: undefined }, { cache: noCache, place: '10.0.0.1 16993' });
}

test.each(['off-graceful', 'reset-graceful', 'sleep', 'hibernate'] as const)(
  '%s came with generation 9',
  async (action) => {
    await expect(lackOfPower(deviceOf('8.1.30.1350'), action, signal)).resolves.toBe(
      `its AMT 8.1.30.1350 has no ${action}, which came with generation 9`,
    );
    await expect(lackOfPower(deviceOf('9.0.0'), action, signal)).resolves.toBeUndefined();
  },
);

test('a diagnostic interrupt came with generation 10, and the rest was always there', async () => {
  await expect(lackOfPower(deviceOf('9.5.61'), 'nmi', signal)).resolves.toContain('which came with generation 10');
  for (const action of ['on', 'off', 'cycle', 'reset'] as const) {
    await expect(lackOfPower(deviceOf('6.2.0'), action, signal)).resolves.toBeUndefined();
  }
});
