import { startDeadline } from '../../../src/base/deadline';
import { runPool } from '../../../src/base/pool';
import type { AmtClient } from '../../../src/technologies/amt/client';
import { openUdp } from '../../../src/transport/udpSocket';
import type { BenchClient, Task } from './client.mts';
import { cim, concurrency, enumerations, gets } from './common.mts';
import { makeSurroundings, openDevice } from './sidebandDevice.mts';

const longestMs = 60_000;

/** The engine's own client as a library, within a deadline for each computer as a sweep has it. */
export const sidebandClient: BenchClient = async (targets, task) => {
  await using udp = openUdp();
  const surroundings = makeSurroundings(udp);
  const interrupted = new AbortController();
  let answers = 0;
  let failures = 0;
  await runPool(targets, { concurrency }, async (target) => {
    using deadline = startDeadline(interrupted.signal, longestMs);
    try {
      await using client = await openDevice(target, surroundings, deadline.signal);
      if (await hasAnswered(client, task, deadline.signal)) answers++;
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
