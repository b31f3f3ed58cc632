import { peerRequire } from '../amt/peerRequire.mts';
import type { JobsClient, JobsSpec } from './client.mts';

interface Job {
  readonly name: string;
  readonly data: object;
  readonly opts: object;
}
interface Flow extends Job {
  readonly queueName: string;
  /** To be done before it. */
  readonly children?: readonly Flow[];
}
interface Adder<Added> {
  addBulk(jobs: readonly Added[]): Promise<unknown>;
  close(): Promise<void>;
}
interface BullMq {
  readonly Queue: new (name: string, options: object) => Adder<Job>;
  readonly FlowProducer: new (options: object) => Adder<Flow>;
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

const name = 'tasks';
/** Computers that are added at once: with more the worker waits longer for its first task. */
const perBulk = 1500;

/** Tasks that wait for nothing but a place, or flows in which each step waits for the one before it. */
export const bullmqClient: JobsClient = async (spec, clock) => {
  const { computers, stepsEach, concurrency, socket, order } = spec;
  const { Queue, FlowProducer, Worker } = peerRequire()('bullmq') as BullMq;
  const { Redis } = peerRequire()('ioredis') as IoRedis;
  const connect = (): { disconnect(): void } => new Redis({ path: socket, maxRetriesPerRequest: null });
  const connections = [connect(), connect()] as const;
  const adder =
    order === 'steps'
      ? bulksOf(new FlowProducer({ connection: connections[0] }), flowOf, spec)
      : bulksOf(new Queue(name, { connection: connections[0] }), jobsOf, spec);
  const worker = new Worker(name, () => Promise.resolve(), {
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
  await adder.addAll();
  clock.part('added ms', clock.soFarMs());
  await ended;
  clock.stop();
  await worker.close();
  await adder.close();
  for (const connection of connections) connection.disconnect();
  return { done };
};

function bulksOf<Added>(
  adder: Adder<Added>,
  make: (computer: number, stepsEach: number) => readonly Added[],
  { computers, stepsEach }: JobsSpec,
): { addAll(): Promise<void>; close(): Promise<void> } {
  return {
    async addAll() {
      for (let from = 0; from < computers; from += perBulk) {
        const length = Math.min(perBulk, computers - from);
        await adder.addBulk(Array.from({ length }, (_, index) => make(from + index, stepsEach)).flat());
      }
    },
    close: () => adder.close(),
  };
}

function jobsOf(computer: number, stepsEach: number): readonly Job[] {
  return Array.from({ length: stepsEach }, (_, step) => jobOf(computer, step));
}

function flowOf(computer: number, stepsEach: number): readonly Flow[] {
  let flow: Flow | undefined;
  for (let step = 0; step < stepsEach; step++) {
    flow = { ...jobOf(computer, step), queueName: name, ...(flow && { children: [flow] }) };
  }
  return flow ? [flow] : [];
}

function jobOf(computer: number, step: number): Job {
  return { name: 'step', data: { computer, step }, opts: { removeOnComplete: true, removeOnFail: true } };
}
