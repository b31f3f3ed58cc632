// MeshCentral's modules for Intel AMT, as its server uses them.
import type { BenchClient } from './client.mts';
import { enumerations, gets, onAll, password, user } from './common.mts';
import { peerRequire } from './peers.mts';

interface Stack {
  Get(name: string, done: (stack: Stack, name: string, response: unknown, status: number) => void): void;
  Enum(name: string, done: (stack: Stack, name: string, responses: unknown, status: number) => void): void;
}
type Make<Args extends readonly unknown[], Made> = (...args: Args) => Made;

export const meshCentralClient: BenchClient = async (targets, task) => {
  const require = await peerRequire();
  const comm = require('meshcentral/amt/amt-wsman-comm.js') as Make<
    [host: string, port: number, user: string, password: string, tls: 0 | 1],
    { socket?: { destroy(): void } | null }
  >;
  const wsman = require('meshcentral/amt/amt-wsman.js') as Make<[comm: unknown], unknown>;
  const amt = require('meshcentral/amt/amt.js') as Make<[wsman: unknown], Stack>;
  return onAll(targets, async ({ host, port, tls }) => {
    const connection = comm(host, port, user, password, tls ? 1 : 0);
    const stack = amt(wsman(connection));
    const ask = (call: 'Get' | 'Enum', name: string): Promise<boolean> =>
      new Promise((resolve) => {
        stack[call](name, (_, __, ___, status) => {
          resolve(status === 200);
        });
      });
    try {
      for (const name of gets[task]) if (!(await ask('Get', name))) return false;
      for (const name of enumerations[task]) if (!(await ask('Enum', name))) return false;
      return true;
    } finally {
      connection.socket?.destroy();
    }
  });
};
