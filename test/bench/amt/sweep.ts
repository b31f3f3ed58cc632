import { silentLog } from '../../../src/base/log';
import { runPool } from '../../../src/base/pool';
import { Secret } from '../../../src/base/secret';
import { amt } from '../../../src/technologies/amt/amt';
import type { Surroundings } from '../../../src/technologies/technology';
import { httpTransport } from '../../../src/transport/httpClient';
import { openUdp } from '../../../src/transport/udpSocket';
import type { Target } from './client.mts';

interface Work {
  readonly gets: readonly string[];
  readonly enumerations: readonly string[];
  readonly user: string;
  readonly password: string;
  readonly concurrency: number;
}

const cim = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';

/** Asks all devices with the engine's own client. Gives how many answered everything. */
export async function sweep(targets: readonly Target[], work: Work): Promise<number> {
  await using udp = openUdp();
  const trusted = targets.some(({ tls }) => tls);
  const surroundings: Surroundings = {
    udp,
    http: httpTransport,
    log: silentLog,
    pins: { get: () => undefined, pin: () => Promise.resolve() },
    cache: { get: () => undefined, set: () => undefined },
    readFile: () => Promise.reject(new Error('no files')),
  };
  const fingerprint = trusted ? await fingerprintOf(targets[0], surroundings) : undefined;
  const signal = new AbortController().signal;
  let answers = 0;
  await runPool(targets, { concurrency: work.concurrency }, async ({ host, port, tls }) => {
    const options = amt.options.parse({ user: work.user, tls, ...(tls && { fingerprint }) });
    const secret = (): Promise<Secret> => Promise.resolve(new Secret(work.password));
    const endpoint = { computer: host, host, port, isPortGiven: true, options, secret };
    try {
      await using client = await amt.open(endpoint, surroundings, signal);
      for (const name of work.gets) await client.wsman.get(cim + name, { signal });
      for (const name of work.enumerations) {
        if ((await client.wsman.enumerate(cim + name, { signal })).length === 0) return;
      }
      answers++;
    } catch (thrown) {
      if (answers === 0) console.error(thrown);
    }
  });
  return answers;
}

async function fingerprintOf(target: Target | undefined, surroundings: Surroundings): Promise<string | undefined> {
  if (!target) return undefined;
  const options = amt.options.parse({ user: 'admin', tls: true });
  const secret = (): Promise<Secret> => Promise.resolve(new Secret(''));
  const endpoint = { computer: target.host, ...target, isPortGiven: true, options, secret };
  return (await amt.certificate?.(endpoint, surroundings, AbortSignal.timeout(10_000)))?.fingerprint;
}
