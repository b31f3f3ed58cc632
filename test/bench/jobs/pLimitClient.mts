import { peerRequire } from '../amt/peerRequire.mts';
import type { JobsClient } from './client.mts';

interface PLimit {
  readonly default: (concurrency: number) => <Value>(work: () => Promise<Value>) => Promise<Value>;
}

/** A pool of promises: nothing is recorded, and no task waits for another. */
export const pLimitClient: JobsClient = async ({ computers, stepsEach, concurrency }, clock) => {
  const { default: pLimit } = peerRequire()('p-limit') as PLimit;
  const limit = pLimit(concurrency);
  let done = 0;
  clock.start();
  const work = async (): Promise<void> => {
    await Promise.resolve();
    done++;
  };
  const tasks = Array.from({ length: computers * stepsEach }, () => limit(work));
  await Promise.all(tasks);
  clock.stop();
  return { done };
};
