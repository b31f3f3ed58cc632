// The engine's own client as a library, as operations use it.
import { silentLog } from '../../../src/base/log';
import { runPool } from '../../../src/base/pool';
import { Secret } from '../../../src/base/secret';
import { amt } from '../../../src/technologies/amt/amt';
import type { AmtClient } from '../../../src/technologies/amt/client';
import type { Surroundings } from '../../../src/technologies/technology';
import { httpTransport } from '../../../src/transport/httpClient';
import { openUdp } from '../../../src/transport/udpSocket';
import type { BenchClient, Target, Task } from './client.mts';
import { cim, concurrency, enumerations, gets, password, user } from './common.mts';

export const sidebandClient: BenchClient = async (targets, task) => {
  await using udp = openUdp();
  const surroundings: Surroundings = {
    udp,
    http: httpTransport,
    log: silentLog,
    pins: { get: () => undefined, pin: () => Promise.resolve() },
    cache: { get: () => undefined, set: () => undefined },
    readFile: () => Promise.reject(new Error('no files')),
  };
  const { signal } = new AbortController();
  let answers = 0;
  let failures = 0;
  await runPool(targets, { concurrency }, async (target) => {
    try {
      await using client = await amt.open(endpointOf(target), surroundings, signal);
      if (await hasAnswered(client, task, signal)) answers++;
    } catch (thrown) {
      if (failures++ === 0) console.error(thrown);
    }
  });
  return answers;
};

async function hasAnswered({ wsman }: AmtClient, task: Task, signal: AbortSignal): Promise<boolean> {
  for (const name of gets[task]) {
    const { className, names } = await wsman.get(cim + name, { signal });
    if (className !== name || names.length === 0) return false;
  }
  for (const name of enumerations[task]) if ((await wsman.enumerate(cim + name, { signal })).length === 0) return false;
  return true;
}

function endpointOf({ host, port, tls, fingerprint }: Target): Parameters<typeof amt.open>[0] {
  const options = amt.options.parse({ user, tls, ...(tls && { fingerprint }) });
  return {
    computer: host,
    host,
    port,
    isPortGiven: true,
    options,
    secret: () => Promise.resolve(new Secret(password)),
  };
}
