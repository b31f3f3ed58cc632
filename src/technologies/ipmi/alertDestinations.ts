import { SidebandError } from '../../base/errors';
import type { Secret } from '../../base/secret';
import {
  getAlertCommunity,
  getAlertDestinationAddress,
  getAlertDestinationCount,
  getAlertDestinationType,
} from '../../protocols/ipmi/commands/getAlertDestinations';
import { getPefConfigurationParameters } from '../../protocols/ipmi/commands/getPefConfigurationParameters';
import { setLanConfigurationParameters } from '../../protocols/ipmi/commands/setLanConfigurationParameters';
import { setPefConfigurationParameters } from '../../protocols/ipmi/commands/setPefConfigurationParameters';
import { change } from './change';
import type { IpmiClient } from './client';

const lanCommunity = 16;
const lanType = 18;
const lanAddress = 19;
const pefControl = 1;
const pefActions = 2;
const pefFilterCount = 5;
const pefFilter = 6;
const pefPolicy = 9;
const communityLength = 18;

/** PEF, and the alert action of PEF. */
const enabled = 0x01;
const policyEnabled = 0x08;
const filterEnabled = 0x80;

/** Where a controller sends its traps. */
export interface AlertTarget {
  readonly channel: number;
  /** A destination of the channel, from 1. */
  readonly destination: number;
  /** An entry of the alert policy table, from 1. */
  readonly entry: number;
  /** The policy set that the event filters name. */
  readonly policy: number;
  /** IPv4, four bytes. */
  readonly address: readonly number[];
  /** The community string; absent: it stays as it is. */
  readonly community?: Secret;
  /** Whether every event is sent, by the last entry of the filter table; otherwise the filters stay as they are. */
  readonly allEvents: boolean;
}

/** One setting: what it is in words, its bytes as held, and how to write those that are wanted. */
export interface AlertSetting {
  readonly name: string;
  readonly held: Uint8Array;
  readonly wanted: Uint8Array;
  write(signal: AbortSignal): Promise<void>;
}

/** The settings that differ from what is wanted. Throws `device.unsupported` when there is no such destination. */
export async function alertDifferences(
  client: IpmiClient,
  target: AlertTarget,
  signal: AbortSignal,
): Promise<readonly AlertSetting[]> {
  const { channel, destination } = target;
  const count = await client.run(getAlertDestinationCount, channel, signal);
  if (destination > count) {
    const hint = count === 0 ? 'Alerts cannot be sent from this channel.' : `It has the destinations 1 to ${count}.`;
    throw new SidebandError('device.unsupported', `channel ${channel} has no alert destination ${destination}`, {
      hint,
    });
  }
  const settings = [
    ...(await lanSettings(client, target, signal)),
    ...(await communitySettings(client, target, signal)),
    ...(await filterSettings(client, target, signal)),
    ...(await pefSettings(client, target, signal)),
  ];
  return settings.filter(({ held, wanted }) => wanted.some((byte, index) => held[index] !== byte));
}

/** The destination: a trap without acknowledgement, to an IPv4 address by the default gateway. IPMI v2.0 table 23-4. */
async function lanSettings(
  client: IpmiClient,
  { channel, destination, address }: AlertTarget,
  signal: AbortSignal,
): Promise<readonly AlertSetting[]> {
  const type = await client.run(getAlertDestinationType, { channel, destination }, signal);
  const place = await client.run(getAlertDestinationAddress, { channel, destination }, signal);
  const write =
    (parameter: number, data: Uint8Array) =>
    (stop: AbortSignal): Promise<void> =>
      change(client, setLanConfigurationParameters, { channel, parameter, data }, stop);
  const wantedType = Uint8Array.of(destination, 0x00, ...type.slice(2));
  // The hardware address belongs to the old one; without it the controller asks by ARP.
  const isSame = address.every((byte, index) => place[3 + index] === byte);
  const hardware = isSame ? place.slice(7) : new Uint8Array(6);
  const wantedPlace = Uint8Array.of(destination, 0x00, 0x00, ...address, ...hardware);
  return [
    { name: 'destination type', held: type, wanted: wantedType, write: write(lanType, wantedType) },
    { name: 'destination address', held: place, wanted: wantedPlace, write: write(lanAddress, wantedPlace) },
  ];
}

/** The community of a channel's traps: 18 bytes, filled up with zeros. */
async function communitySettings(
  client: IpmiClient,
  { channel, community }: AlertTarget,
  signal: AbortSignal,
): Promise<readonly AlertSetting[]> {
  if (!community) return [];
  const bytes = new TextEncoder().encode(community.reveal());
  if (bytes.length > communityLength) {
    throw new SidebandError('usage.invalid', `the community string is longer than IPMI’s ${communityLength} bytes`);
  }
  const wanted = new Uint8Array(communityLength);
  wanted.set(bytes);
  const held = await client.run(getAlertCommunity, channel, signal);
  const write = (stop: AbortSignal): Promise<void> =>
    change(client, setLanConfigurationParameters, { channel, parameter: lanCommunity, data: wanted }, stop);
  return [{ name: 'community', held, wanted, write }];
}

/** A filter that takes every event of every sensor and starts the policy with an alert. IPMI v2.0 table 17-2. */
async function filterSettings(
  client: IpmiClient,
  { policy, allEvents }: AlertTarget,
  signal: AbortSignal,
): Promise<readonly AlertSetting[]> {
  if (!allEvents) return [];
  const [count = 0] = await client.run(getPefConfigurationParameters, { parameter: pefFilterCount, set: 0 }, signal);
  const entry = count & 0x7f;
  if (entry === 0) throw new SidebandError('device.unsupported', 'the controller has no event filters');
  const held = await client.run(getPefConfigurationParameters, { parameter: pefFilter, set: entry }, signal);
  const anything = [0xff, 0xff, 0xff, 0xff, 0xff]; // generator, its channel and LUN, sensor type, number, event type
  const offsets = [0xff, 0xff];
  const data = [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]; // event data 1 to 3 do not count
  const wanted = Uint8Array.of(entry, filterEnabled, enabled, policy, 0x00, ...anything, ...offsets, ...data);
  const write = (stop: AbortSignal): Promise<void> =>
    change(client, setPefConfigurationParameters, { parameter: pefFilter, data: wanted }, stop);
  return [{ name: 'event filter', held, wanted, write }];
}

/** The policy entry that leads to the destination, and PEF with its alert action switched on. IPMI v2.0 table 30-4. */
async function pefSettings(
  client: IpmiClient,
  { channel, destination, entry, policy }: AlertTarget,
  signal: AbortSignal,
): Promise<readonly AlertSetting[]> {
  const setting = async (
    name: string,
    parameter: number,
    set: number,
    wantedOf: (held: Uint8Array) => Uint8Array,
  ): Promise<AlertSetting> => {
    const held = await client.run(getPefConfigurationParameters, { parameter, set }, signal);
    const wanted = wantedOf(held);
    const write = (stop: AbortSignal): Promise<void> =>
      change(client, setPefConfigurationParameters, { parameter, data: wanted }, stop);
    return { name, held, wanted, write };
  };
  const toDestination = Uint8Array.of(entry, (policy << 4) | policyEnabled, (channel << 4) | destination, 0x00);
  const on = ([held = 0]: Uint8Array): Uint8Array => Uint8Array.of(held | enabled);
  return [
    await setting('policy entry', pefPolicy, entry, () => toDestination),
    await setting('alert action', pefActions, 0, on),
    await setting('event filtering', pefControl, 0, on),
  ];
}
