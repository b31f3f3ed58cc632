// What every client is, and how one runs in a process of its own: node CLIENT.mjs TASK FILE.
import { readFileSync } from 'node:fs';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** The SHA-256 of the certificate that it shows. */
  readonly fingerprint: string;
}

/** `power` is one Get; `inventory` is four Gets and five enumerations, one after the other on each device. */
export type Task = 'power' | 'inventory';

/** Resolves with how many devices gave complete answers. */
export type BenchClient = (targets: readonly Target[], task: Task) => Promise<number>;

/** The last line of its output says how many devices answered. */
export async function runClient(client: BenchClient): Promise<void> {
  const [, , task, file] = process.argv as [string, string, Task, string];
  const targets = JSON.parse(readFileSync(file, 'utf8')) as readonly Target[];
  console.log(JSON.stringify({ answers: await client(targets, task) }));
  process.exit(0);
}
