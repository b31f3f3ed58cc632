// What every client of warm connections is, and how one runs in a process of its own: node CLIENT.mjs FILE REQUESTS.
import { readFileSync } from 'node:fs';
import type { Target } from '../client.mts';

/** One device with its connection. */
export interface WarmDevice {
  /** One Get; whether the answer was whole. */
  ask(): Promise<boolean>;
  close(): Promise<void> | void;
}

export type WarmClient = (target: Target) => Promise<WarmDevice> | WarmDevice;

export interface WarmResult {
  readonly answers: number;
  readonly wallMs: number;
  /** User and system time of the measured part, all threads of the process. */
  readonly cpuMs: number;
}

/** Requests before the measured ones, so that the code is compiled. */
const warmUp = 4000;

/** The last line of its output is the `WarmResult`. */
export async function runWarm(client: WarmClient): Promise<void> {
  const [, , file, count] = process.argv as [string, string, string, string];
  const targets = JSON.parse(readFileSync(file, 'utf8')) as readonly Target[];
  const devices = await Promise.all(targets.map(async (target) => client(target)));
  await askAll(devices, warmUp);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const answers = await askAll(devices, Number(count));
  const wallMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  for (const device of devices) await device.close();
  console.log(JSON.stringify({ answers, wallMs, cpuMs: (user + system) / 1000 } satisfies WarmResult));
  process.exit(0);
}

/** On every connection one request after the other. Gives how many were answered. */
async function askAll(devices: readonly WarmDevice[], count: number): Promise<number> {
  let left = count;
  let answers = 0;
  await Promise.all(
    devices.map(async (device) => {
      while (left-- > 0) if (await device.ask()) answers++;
    }),
  );
  return answers;
}
