import { expect, test } from 'vitest';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import { CapableDevice } from '../../../../src/technologies/amt/capableDevice';
import { memoryCache } from '../../../fakes/cache';

const { signal } = new AbortController();
const place = '10.0.0.1 16993';

test('another realm at the same place is another device, or one that was set up anew: it is asked itself', async () => {
  const cache = memoryCache();
  let asked = 0;
  const connect = (realm: string | undefined): CapableDevice => {
    const wsman = new WsmanClient(() => {
      asked++;
      return Promise.resolve({ status: 404, body: new Uint8Array(0) });
    });
    const address = { port: 16992, tls: 'clear' } as const;
    return new CapableDevice({ wsman, address, version: '15.0.23.1706', realm }, { cache, place });
  };
  const askedBy = async (realm: string | undefined): Promise<number> => {
    const before = asked;
    await connect(realm).capabilities(signal);
    return asked - before;
  };
  expect(await askedBy('Digest:A4')).toBeGreaterThan(5);
  expect(await askedBy('Digest:A4')).toBe(0);
  expect(await askedBy('Digest:B5')).toBeGreaterThan(5);
  expect(await askedBy(undefined)).toBeGreaterThan(5);
});
