import { PgBoss } from 'pg-boss';
import { startPostgres } from '../../peers/postgres';
import type { JobsClient } from './client.mts';

const queue = 'tasks';
const perInsert = 5000;
/** As the servers are set up by themselves: what is said to be done is on disk. */
const durable = { fsync: 'on', full_page_writes: 'on', shared_buffers: '256MB' };

/**
 * Tasks of one queue that wait for nothing but a place. As many as may go on at once are fetched and completed by one statement each,
 * and the next are fetched without a pause.
 */
export const pgBossClient: JobsClient = async ({ computers, stepsEach, concurrency }, clock) => {
  await using postgres = await startPostgres(durable);
  const boss = new PgBoss({ connectionString: await postgres.database(), supervise: false, schedule: false });
  boss.on('error', console.error);
  await boss.start();
  await boss.createQueue(queue);
  const tasks = computers * stepsEach;
  const { promise: ended, resolve } = Promise.withResolvers<undefined>();
  let done = 0;
  clock.start();
  for (let from = 0; from < tasks; from += perInsert) {
    const length = Math.min(perInsert, tasks - from);
    const jobs = Array.from({ length }, (_, index) => ({
      data: { computer: Math.floor((from + index) / stepsEach), step: (from + index) % stepsEach },
    }));
    await boss.insert(queue, jobs);
  }
  clock.part('added ms', clock.soFarMs());
  const options = { batchSize: concurrency, burstWhenBatchFull: true };
  await boss.work(queue, { ...options, localConcurrency: 2, pollingIntervalSeconds: 0.5 }, async (batch) => {
    await Promise.resolve();
    if ((done += batch.length) === tasks) resolve(undefined);
  });
  await ended;
  await boss.offWork(queue, { wait: true });
  clock.stop();
  await boss.stop();
  return { done };
};
