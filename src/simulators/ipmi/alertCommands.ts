import type { CommandContext, Rule } from './rule';

const operator = 3;
const administrator = 4;
const ok = 0x00;
const wrongLength = 0xc7;
const outOfRange = 0xc9;
const unsupportedParameter = 0x80;
const revision = 0x11;
const destinations = 4;
const filters = 16;
const policies = 15;

/** Settings that there are several of: how many, and their length with the number that comes first. */
interface Table {
  readonly count: number;
  readonly length: number;
}
/** LAN parameters, IPMI v2.0 table 23-4; zero is the volatile destination. */
const lanTables: Readonly<Record<number, Table>> = {
  18: { count: destinations, length: 4 },
  19: { count: destinations, length: 13 },
};
/** PEF parameters, IPMI v2.0 table 30-4. */
const pefTables: Readonly<Record<number, Table>> = {
  6: { count: filters, length: 21 },
  9: { count: policies, length: 4 },
};
const pefBytes = new Set([0, 1, 2, 3, 4]);
const community = 16;
const communityLength = 18;

/** Alert destinations and platform event filtering, by network function and command. */
export const alertRules: Readonly<Record<string, Rule>> = {
  '04 10': { level: operator, answer: () => [ok, 0x51, 0x3f, filters] },
  '04 12': { level: administrator, answer: setPef },
  '04 13': { level: operator, answer: getPef },
  '0c 01': { level: administrator, answer: setLan },
};

/** The alert parameters among those of a LAN channel; nothing for the others. */
export function alertParameter(
  parameter: number,
  set: number,
  { board }: CommandContext,
): readonly number[] | undefined {
  if (parameter === 17) return [ok, revision, destinations];
  if (parameter === community) {
    return [ok, revision, ...(board.settings.get('lan 16') ?? Buffer.from('public'.padEnd(communityLength, '\0')))];
  }
  const table = lanTables[parameter];
  return table && readTable(`lan ${parameter}`, table, { set, board });
}

function setLan(data: Buffer, { board }: CommandContext): readonly number[] {
  const [, parameter = 0] = data;
  const value = Buffer.from(data.subarray(2));
  if (parameter === community && value.length === communityLength) {
    board.settings.set('lan 16', value);
    return [ok];
  }
  const table = lanTables[parameter];
  return table ? writeTable(`lan ${parameter}`, table, { value, board }) : [unsupportedParameter];
}

function getPef([parameter = 0, set = 0]: Buffer, { board, identity }: CommandContext): readonly number[] {
  const number = parameter & 0x7f;
  const table = pefTables[number];
  if (table) return readTable(`pef ${number}`, table, { set, board });
  if (pefBytes.has(number)) return [ok, revision, ...(board.settings.get(`pef ${number}`) ?? [0])];
  switch (number) {
    case 5:
      return [ok, revision, filters];
    case 8:
      return [ok, revision, policies];
    case 10:
      return [ok, revision, 0x01, ...identity.guid];
    default:
      return [unsupportedParameter];
  }
}

function setPef(data: Buffer, { board }: CommandContext): readonly number[] {
  const number = (data[0] ?? 0) & 0x7f;
  const value = Buffer.from(data.subarray(1));
  const table = pefTables[number];
  if (table) return writeTable(`pef ${number}`, table, { value, board });
  if (!pefBytes.has(number)) return [unsupportedParameter];
  if (value.length !== 1) return [wrongLength];
  board.settings.set(`pef ${number}`, value);
  return [ok];
}

function readTable(
  name: string,
  { count, length }: Table,
  { set, board }: { readonly set: number } & Pick<CommandContext, 'board'>,
): readonly number[] {
  if (set > count) return [outOfRange];
  const held = board.settings.get(`${name} ${set}`) ?? Buffer.from([set, ...Array<number>(length - 1).fill(0)]);
  return [ok, revision, ...held];
}

function writeTable(
  name: string,
  { count, length }: Table,
  { value, board }: { readonly value: Buffer } & Pick<CommandContext, 'board'>,
): readonly number[] {
  if (value.length !== length) return [wrongLength];
  const set = (value[0] ?? 0) & 0x7f;
  if (set > count) return [outOfRange];
  board.settings.set(`${name} ${set}`, value);
  return [ok];
}
