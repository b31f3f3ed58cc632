import { alertParameter } from './alertCommands';
import type { CommandContext, Rule } from './rule';

const user = 2;
const operator = 3;
const ok = 0x00;
const invalidField = 0xcc;
const wrongLength = 0xc7;
const unsupportedParameter = 0x80;
const outOfRange = 0xc9;
/** Parameters that have one set here. */
const bySets = new Set([56, 59]);
const lanChannel = 1;
const presentChannel = 0x0e;
const places = 16;
const firstUser = 2;
const noAccess = 0x0f;

/** Channels, LAN parameters, users, sessions and DCMI, by network function and command. */
export const managementRules: Readonly<Record<string, Rule>> = {
  '06 42': { level: user, answer: channelInfo },
  '06 44': { level: operator, answer: userAccess },
  '06 46': { level: operator, answer: userName },
  '06 59': { level: user, answer: systemInfo },
  '06 3d': { level: user, answer: sessionInfo },
  '0c 02': { level: operator, answer: lanParameter },
  '2c 02': { level: user, answer: (data, context) => (isDcmi(data) ? powerReading(context) : [invalidField]) },
  '2c 03': { level: user, answer: (data) => (isDcmi(data) ? [0x80, 0xdc] : [invalidField]) },
};

function isLan(channel = 0): boolean {
  return (channel & 0x0f) === lanChannel || (channel & 0x0f) === presentChannel;
}

function channelInfo([channel]: Buffer): readonly number[] {
  return isLan(channel) ? [ok, lanChannel, 0x04, 0x01, 0x80, 0xf2, 0x1b, 0x00, 0x00, 0x00] : [invalidField];
}

function userAccess(data: Buffer, { users }: CommandContext): readonly number[] {
  const [channel, id = 0] = data;
  if (data.length !== 2) return [wrongLength];
  if (!isLan(channel) || id < 1 || id > places) return [invalidField];
  const account = users[id - firstUser];
  const status = account ? 0x40 : 0x80;
  return [ok, places, status | users.length, 0x01, account ? 0x10 | account.limit : noAccess];
}

function userName([id = 0]: Buffer, { users }: CommandContext): readonly number[] {
  if (id < 1 || id > places) return [invalidField];
  const name = Buffer.alloc(16);
  name.write(users[id - firstUser]?.name ?? '', 'latin1');
  return [ok, ...name];
}

function sessionInfo([index = 0]: Buffer, { logins, ownLogin }: CommandContext): readonly number[] {
  const active = logins();
  const login = index === 0 ? active.find(({ handle }) => handle === ownLogin) : active[index - 1];
  const counts = [places, active.length];
  if (!login) return [ok, 0, ...counts];
  const { address, port } = login.from;
  const from = [...address.split('.').map(Number), 0, 0, 0, 0, 0, 0, port & 0xff, port >> 8];
  return [ok, login.handle, ...counts, login.user + firstUser, login.level, 0x10 | lanChannel, ...from];
}

/** What the firmware has told: its version and the computer's name, in blocks of sixteen bytes. IPMI v2.0 section 22.14a. */
function systemInfo(data: Buffer, { identity }: CommandContext): readonly number[] {
  const [, parameter = 0, block = 0] = data;
  if (data.length !== 4) return [wrongLength];
  const texts = ['', 'Sideband Demo BIOS 2.4.1', `node-${identity.guid.toString('hex', 0, 2)}`];
  const text = texts[parameter];
  if (!text) return [unsupportedParameter];
  const whole = Buffer.from([0, text.length, ...Buffer.from(text, 'latin1')]);
  if (16 * block >= whole.length) return [outOfRange];
  const part = Buffer.alloc(16);
  whole.copy(part, 0, 16 * block);
  return [ok, 0x11, block, ...part];
}

/** IPMI v2.0 table 23-4. */
function lanParameter(data: Buffer, context: CommandContext): readonly number[] {
  const [channel, parameter = 0, set = 0] = data;
  if (data.length !== 4) return [wrongLength];
  if (!isLan(channel)) return [invalidField];
  return alertParameter(parameter, set, context) ?? addressParameter(parameter, set, context);
}

function addressParameter(parameter: number, set: number, { identity }: CommandContext): readonly number[] {
  const number = identity.guid.readUInt16LE(0);
  const [high, low] = [number >> 8, number & 0xff];
  const parameters: Readonly<Record<number, readonly number[]>> = {
    0: [0],
    1: [0x14],
    2: [0x14, 0x14, 0x14, 0x14, 0],
    3: [10, 20, high, low],
    4: [1],
    5: [0x02, 0, 0, 0, high, low],
    6: [255, 255, 0, 0],
    12: [10, 20, 0, 1],
    13: [0x02, 0, 0, 0, 0xff, 1],
    20: [42, 0x80],
    21: [0],
    22: [2],
    23: [0, 3, 17, ...Array<number>(14).fill(0)],
    24: [0, 0x44, ...Array<number>(7).fill(0)],
    51: [2],
    50: [0x06],
    55: [1, 1, 0x03],
    56: [set, 0x80, ...ipv6(high, low), 64, 0],
    59: [set, 1, ...ipv6(0xff, low), 64, 0],
    64: [1],
    65: ipv6(0, 1),
  };
  if (bySets.has(parameter) && set > 0) return [outOfRange];
  const value = parameters[parameter];
  return value ? [ok, 0x11, ...value] : [unsupportedParameter];
}

/** An address of the documentation prefix, RFC 3849. */
function ipv6(high: number, low: number): readonly number[] {
  return [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, high, low];
}

function isDcmi([group]: Buffer): boolean {
  return group === 0xdc;
}

/** Watts now, least, most and on average; time; period; state. DCMI v1.5 section 6.6.1. */
function powerReading({ machine }: CommandContext): readonly number[] {
  const bytes = Buffer.alloc(17);
  for (const [index, watts] of (machine.on ? [243, 180, 410, 251] : [9, 9, 410, 212]).entries()) {
    bytes.writeUInt16LE(watts, 2 * index);
  }
  bytes.writeUInt32LE(Math.floor(Date.now() / 1000), 8);
  bytes.writeUInt32LE(60_000, 12);
  bytes[16] = 0x40;
  return [ok, 0xdc, ...bytes];
}
