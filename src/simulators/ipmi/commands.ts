import { alertRules } from './alertCommands';
import { boardRules } from './boardCommands';
import { managementRules } from './managementCommands';
import type { CommandContext, Rule } from './rule';

const user = 2;
const operator = 3;

const ok = 0x00;
const invalidCommand = 0xc1;
const wrongLength = 0xc7;
const noPrivilege = 0xd4;

/** By network function and command, `06 01`. */
const rules: Readonly<Record<string, Rule>> = {
  '06 38': { level: 0, answer: channelAuthenticationCapabilities },
  '06 54': { level: 0, answer: channelCipherSuites },
  '06 37': { level: 0, answer: (_, { identity }) => [ok, ...identity.guid] },
  '06 01': { level: user, answer: deviceId },
  '00 01': { level: user, answer: chassisStatus },
  '00 02': {
    level: operator,
    answer: (data, { machine }) => (data.length === 1 ? [machine.control(data[0] ?? 0)] : [wrongLength]),
  },
  ...boardRules,
  ...managementRules,
  ...alertRules,
  '00 07': { level: user, answer: (_, { machine }) => [ok, machine.restartCause, 0x01] },
};

/** The completion code and what follows it. */
export function answerCommand(
  netFn: number,
  command: number,
  data: Buffer,
  context: CommandContext,
): readonly number[] {
  const rule = rules[commandName(netFn, command)];
  if (!rule || (context.privilege === 0 && rule.level > 0)) return [invalidCommand];
  return context.privilege < rule.level ? [noPrivilege] : rule.answer(data, context);
}

export function commandName(netFn: number, command: number): string {
  return [netFn, command].map((number) => number.toString(16).padStart(2, '0')).join(' ');
}

function channelAuthenticationCapabilities(data: Buffer, { ipmi15Only }: CommandContext): readonly number[] {
  if (data.length !== 2) return [wrongLength];
  const wantsExtended = ((data[0] ?? 0) & 0x80) !== 0;
  if (ipmi15Only) return wantsExtended ? [0xcc] : [ok, 1, 0x15, 0x04, 0, 0, 0, 0, 0];
  return [ok, 1, 0x80, 0x06, 0x02, 0, 0, 0, 0];
}

function channelCipherSuites(data: Buffer, { suites }: CommandContext): readonly number[] {
  const algorithms: Readonly<Record<number, readonly number[]>> = { 3: [0x01, 0x41, 0x81], 17: [0x03, 0x44, 0x81] };
  const records = suites.flatMap((id) => [0xc0, id, ...(algorithms[id] ?? [])]);
  const index = (data[2] ?? 0) & 0x3f;
  return [ok, 1, ...records.slice(16 * index, 16 * index + 16)];
}

function deviceId(_: Buffer, { identity }: CommandContext): readonly number[] {
  const { manufacturer, product, firmware } = identity;
  const [major, minor] = firmware;
  const maker = [manufacturer & 0xff, (manufacturer >> 8) & 0xff, (manufacturer >> 16) & 0x0f];
  return [ok, 0x20, 0x81, major, minor, 0x02, 0x9f, ...maker, product & 0xff, product >> 8];
}

function chassisStatus(_: Buffer, { machine }: CommandContext): readonly number[] {
  return [ok, (machine.on ? 1 : 0) | (machine.restorePolicy << 5), 0x00, 0x40];
}
