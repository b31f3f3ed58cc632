// MeshCentral's modules for Intel AMT, as its server uses them.
import type { BenchClient } from './client.mts';
import { enumerations, gets, onAll, password, user } from './common.mts';
import { peerRequire } from './peerRequire.mts';

type Ask = (name: string, done: (stack: unknown, name: string, answer: unknown, status: number) => void) => void;
interface Stack {
  readonly Get: Ask;
  readonly Enum: Ask;
}
type Make<Args extends readonly unknown[], Made> = (...args: Args) => Made;

export const meshCentralClient: BenchClient = (targets, task) => {
  const require = peerRequire();
  const comm = require('meshcentral/amt/amt-wsman-comm.js') as Make<
    [host: string, port: number, user: string, password: string, tls: 0 | 1],
    { socket?: { destroy(): void } | null; xtlsFingerprint?: 0 }
  >;
  const wsman = require('meshcentral/amt/amt-wsman.js') as Make<[comm: unknown], unknown>;
  const amt = require('meshcentral/amt/amt.js') as Make<[wsman: unknown], Stack>;
  return onAll(targets, async ({ host, port, tls }) => {
    const connection = comm(host, port, user, password, tls ? 1 : 0);
    connection.xtlsFingerprint = 0; // any certificate will do
    const stack = amt(wsman(connection));
    const ask = (call: 'Get' | 'Enum', name: string): Promise<boolean> =>
      new Promise((resolve) => {
        stack[call](name, (_, __, answer, status) => {
          resolve(status === 200 && (call === 'Get' ? isInstance(answer, name) : (answer as unknown[]).length > 0));
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

function isInstance(answer: unknown, name: string): boolean {
  const { Header, Body } = answer as { readonly Header: { readonly Method?: string }; readonly Body?: object };
  return Header.Method === name && Object.keys(Body ?? {}).length > 0;
}
