// One client in a process of its own: node client.mts NAME TASK FILE. The last line of its output says how many devices answered.
import { readFileSync } from 'node:fs';
import { curlClient } from './curlClient.mts';
import { dmtClient } from './dmtClient.mts';
import { floorClient } from './floorClient.mts';
import { meshCentralClient } from './meshCentralClient.mts';
import { sidebandClient } from './sidebandClient.mts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** `power` is one Get; `inventory` is four Gets and five enumerations, one after the other on each device. */
export type Task = 'power' | 'inventory';

/** Resolves with how many devices gave complete answers. */
export type BenchClient = (targets: readonly Target[], task: Task) => Promise<number>;

const clients = {
  curl: curlClient,
  dmt: dmtClient,
  floor: floorClient,
  meshcentral: meshCentralClient,
  sideband: sidebandClient,
} as const satisfies Record<string, BenchClient>;
export type ClientName = keyof typeof clients;

if (process.argv[1] === import.meta.filename) {
  const [, , name, task, file] = process.argv as [string, string, ClientName, Task, string];
  const targets = JSON.parse(readFileSync(file, 'utf8')) as readonly Target[];
  console.log(JSON.stringify({ answers: await clients[name](targets, task) }));
  process.exit(0);
}
