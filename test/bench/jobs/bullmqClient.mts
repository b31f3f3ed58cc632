import { peerRequire } from '../amt/peerRequire.mts';
import type { JobsClient } from './client.mts';

interface Job {
  readonly name: string;
  readonly data: object;
  readonly opts: object;
}
interface BullMq {
  readonly Queue: new (
    name: string,
    options: object,
  ) => { addBulk(jobs: readonly Job[]): Promise<unknown>; close(): Promise<void> };
  readonly Worker: new (
    name: string,
    work: () => Promise<void>,
    options: object,
  ) => {
    on(event: 'completed' | 'failed', listener: () => void): void;
    waitUntilReady(): Promise<unknown>;
    run(): Promise<void>;
    close(): Promise<void>;
  };
}
interface IoRedis {
  readonly Redis: new (options: object) => { disconnect(): void };
}

/** More in one go make the worker wait for its first. */
const perBulk = 5000;

/** Tasks of one queue that wait for nothing but a place: flows, which have an order as steps have, cost more. */
export const bullmqClient: JobsClient = async ({ computers, stepsEach, concurrency, socket }, clock) => {
  const { Queue, Worker } = peerRequire()('bullmq') as BullMq;
  const { Redis } = peerRequire()('ioredis') as IoRedis;
  const connect = (): { disconnect(): void } => new Redis({ path: socket, maxRetriesPerRequest: null });
  const connections = [connect(), connect()] as const;
  const queue = new Queue('tasks', { connection: connections[0] });
  const worker = new Worker('tasks', () => Promise.resolve(), {
    connection: connections[1],
    concurrency,
    autorun: false,
  });
  await worker.waitUntilReady();
  const tasks = computers * stepsEach;
  let done = 0;
  clock.start();
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('completed', () => {
      if (++done === tasks) resolve();
    });
    worker.on('failed', () => {
      reject(new Error('a task failed'));
    });
  });
  void worker.run();
  for (let from = 0; from < tasks; from += perBulk) {
    const length = Math.min(perBulk, tasks - from);
    await queue.addBulk(
      Array.from({ length }, (_, index) => ({
        name: 'step',
        data: { computer: Math.floor((from + index) / stepsEach), step: (from + index) % stepsEach },
        opts: { removeOnComplete: true, removeOnFail: true },
      })),
    );
  }
  clock.part('added ms', clock.soFarMs());
  await ended;
  clock.stop();
  await worker.close();
  await queue.close();
  for (const connection of connections) connection.disconnect();
  return { done };
};
