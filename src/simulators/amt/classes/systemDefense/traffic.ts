import { raise } from '../../alerts';
import type { AmtDevice } from '../../device';
import { computerAddress } from '../network/ethernetPorts';
import { type Counters, countersOf } from './counters';
import type { Packet } from './packet';
import { builtIn, type Filter, type Policy, Profile, defenseOf } from './state';

const filterSensor = 36;
const information = 2;
const wiredPort = 0xaa;

/** MessageArguments of iAMT0050. */
const Dropped = { sent: '16', received: '18' } as const;
const Limited = { sent: '17', received: '19' } as const;

/**
 * Whether a packet passes the policy in force, which counts it and tells of it. A packet that a transmitter's address check lets
 * through is compared with every filter: one that drops, or whose rate is exceeded, is enough to drop it. The defaults hold for
 * packets that no filter matches.
 */
export function passes(device: AmtDevice, packet: Packet): boolean {
  const policy = defenseOf(device).activePolicy;
  if (!policy) return true;
  const counters = countersOf(device, policy);
  if (isSpoofed(policy, packet)) return judgeSpoofed(device, policy, counters);
  const matching = policy.filters.flatMap((handle) => {
    const filter = defenseOf(device).filters.get(handle);
    return filter?.direction === packet.direction && filter.matches(packet) ? [filter] : [];
  });
  if (matching.length === 0) return judgeByDefault(device, { policy, counters, packet });
  // Every filter counts, also behind one that drops.
  return matching.map((filter) => judge(device, filter, counters)).every((passed) => passed);
}

function isSpoofed({ antiSpoofing }: Policy, { direction, source }: Packet): boolean {
  return antiSpoofing > 0 && direction === 'sent' && source !== undefined && source !== computerAddress;
}

function judgeSpoofed(device: AmtDevice, { antiSpoofing }: Policy, counters: Counters): boolean {
  counters.match(builtIn.spoofed, antiSpoofing === 2 || antiSpoofing === 3 ? 1 : 0);
  if (antiSpoofing === 1 || antiSpoofing === 3)
    tell(device, counters, { handle: builtIn.spoofed, argument: Dropped.sent });
  return false;
}

function judgeByDefault(
  device: AmtDevice,
  { policy, counters, packet }: { readonly policy: Policy; readonly counters: Counters; readonly packet: Packet },
): boolean {
  const { drops, counts, tells } = policy.defaults[packet.direction];
  const handle = builtIn[packet.direction];
  counters.match(handle, counts ? 1 : 0);
  if (tells) tell(device, counters, { handle, ...(drops && { argument: Dropped[packet.direction] }) });
  return !drops;
}

function judge(device: AmtDevice, filter: Filter, counters: Counters): boolean {
  const { handle, profile, direction } = filter;
  counters.match(handle, profile === Profile.pass || profile === Profile.drop ? 0 : 1);
  const isOverRate =
    profile === Profile.limitRate &&
    !counters.isWithinRate(handle, { limit: filter.packetsPerSecond, now: device.now() });
  const drops = profile === Profile.drop || profile === Profile.dropAndCount;
  const argument = isOverRate ? Limited[direction] : drops ? Dropped[direction] : undefined;
  if (filter.tellsMatches) tell(device, counters, { handle, ...(argument !== undefined && { argument }) });
  return argument === undefined;
}

function tell(
  device: AmtDevice,
  counters: Counters,
  { handle, argument }: { readonly handle: number; readonly argument?: string },
): void {
  if (!counters.takesTelling(handle)) return;
  const bytes = Buffer.alloc(5, wiredPort);
  bytes.writeUInt32BE(handle, 1);
  raise(device, {
    ...(argument === undefined ? { messageId: 'iAMT0001' } : { messageId: 'iAMT0050', messageArguments: [argument] }),
    record: { sensorType: filterSensor, offset: 0, severity: information, data: [...bytes] },
  });
}
