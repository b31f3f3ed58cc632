import { ByteReader, toHex } from '../../base/bytes';
import { sensorTypes } from '../ipmi/events/sensorTypes';
import { firmwareEventText } from './firmwareEventText';

export interface EventFields {
  readonly sensorType: number;
  readonly eventOffset: number;
  /** Eight bytes. */
  readonly data: Uint8Array;
}

type Describe = (data: Uint8Array, offset: number) => string | undefined;

const agentStates: Readonly<Record<number, string>> = {
  1: 'not started',
  2: 'stopped',
  4: 'running',
  8: 'expired',
  16: 'suspended',
};
const filterHandles: Readonly<Record<number, string>> = {
  0xfffffffd: 'any received packet',
  0xfffffffc: 'any sent packet',
  0xfffffffa: 'a packet with a spoofed address',
};
const redirection = [
  'serial over LAN opened',
  'serial over LAN closed',
  'drive redirection opened',
  'drive redirection closed',
];

/** By sensor type: those of IPMI v2.0 table 42-3, and Intel's own from C0h. */
const describers: ReadonlyMap<number, Describe> = new Map<number, Describe>([
  [5, (_, offset) => (offset === 0 ? 'case intrusion' : undefined)],
  [6, (data) => `authentication failed ${(data[1] ?? 0) | ((data[2] ?? 0) << 8)} times`],
  [15, firmwareEventText],
  [18, (data) => (data[0] === 0xaa ? agentText(data) : undefined)],
  [30, () => 'no bootable media'],
  [32, () => 'operating system locked up, or power interrupted'],
  [35, (data) => (data[0] === 0x40 ? 'BIOS POST watchdog timed out' : 'boot failed')],
  [36, filterText],
  [37, () => 'system firmware started'],
  [192, (data) => securityText(data)],
  [193, (data) => requestText(data)],
]);

/** What a record says, in words; what is not known is said so, with its numbers. */
export function describeEvent({ sensorType, eventOffset, data }: EventFields): string {
  const text = describers.get(sensorType)?.(data, eventOffset);
  if (text !== undefined) return text;
  const name = sensorTypes[sensorType];
  const sensor = name === undefined ? `unknown sensor type ${sensorType}` : `unknown event of ${name}`;
  return `${sensor}, offset ${eventOffset}, data ${toHex(data)}`;
}

/** Only six bytes of the agent's GUID are recorded. */
function agentText(data: Uint8Array): string {
  const guid = `${toHex(data.subarray(1, 5).toReversed())}-${toHex(data.subarray(5, 7).toReversed())}`;
  const state = data[7] ?? 0;
  return `agent ${guid} ${agentStates[state] ?? `in unknown state ${state}`}`;
}

function filterText(data: Uint8Array): string {
  const handle = new ByteReader(data, 1).u32be();
  const port = data[0] === 0xaa ? 'wired' : 'wireless';
  return `network filter matched on the ${port} port: ${filterHandles[handle] ?? `filter ${handle}`}`;
}

function securityText(data: Uint8Array): string | undefined {
  const what = data[2] ?? 0;
  if (data[0] === 0xaa && data[1] === 0x30) return redirection[what];
  if (what === 0) return 'security policy invoked: sending stopped';
  return what === 2 ? 'security policy invoked: receiving stopped' : 'security policy invoked';
}

function requestText(data: Uint8Array): string | undefined {
  const requests: Readonly<Record<string, string>> = {
    aa300000: 'the user asked for a remote connection',
    aa200301: 'endpoint access control disabled',
    aa200400: 'hardware asset error',
  };
  return requests[toHex(data.subarray(0, 4))];
}
