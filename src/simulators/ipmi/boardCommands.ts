import type { CommandContext, Rule } from './rule';

const user = 2;
const operator = 3;
const ok = 0x00;
const invalidField = 0xcc;
const wrongLength = 0xc7;
const notPresent = 0xcb;
const reservationLost = 0xc5;
const cannotReturn = 0xca;
const bootParameters: Readonly<Record<number, number>> = { 0: 1, 3: 1, 4: 2, 5: 5 };
/** The most that one answer carries. */
const mostBytes = 32;

/** Log, sensors, inventory, boot options and the like, by network function and command. */
export const boardRules: Readonly<Record<string, Rule>> = {
  '00 04': { level: operator, answer: () => [ok] },
  '00 06': { level: operator, answer: restorePolicy },
  '00 08': { level: operator, answer: setBootOption },
  '00 09': { level: operator, answer: getBootOption },
  '04 2d': {
    level: user,
    answer: ([number = 0], { board, machine }) => orElse(board.sensors.read(number, machine), notPresent),
  },
  '04 27': { level: user, answer: ([number = 0], { board }) => orElse(board.sensors.thresholds(number), notPresent) },
  '0a 10': {
    level: user,
    answer: (data, { board }) => (data[0] === 0 ? [ok, ...le16(board.fru.length), 0] : [notPresent]),
  },
  '0a 11': { level: user, answer: readFru },
  '0a 20': {
    level: user,
    answer: (_, { board }) => [
      ok,
      0x51,
      ...le16(board.sensors.records.length),
      0xff,
      0xff,
      1,
      0,
      0,
      0x5a,
      1,
      0,
      0,
      0x5a,
      0x22,
    ],
  },
  '0a 22': {
    level: user,
    answer: (_, { board }) => [ok, ...le16((board.sdrReservation = (board.sdrReservation % 0xffff) + 1))],
  },
  '0a 23': { level: user, answer: getSdr },
  '0a 40': { level: user, answer: (_, { board }) => [ok, ...board.eventLog.info()] },
  '0a 42': { level: user, answer: (_, { board }) => [ok, ...board.eventLog.reserve()] },
  '0a 43': {
    level: user,
    answer: (data, { board }) =>
      data.length === 6 ? orElse(board.eventLog.entry(data.readUInt16LE(2)), notPresent) : [wrongLength],
  },
  '0a 47': { level: operator, answer: clearEventLog },
};

function restorePolicy([policy = 0]: Buffer, { machine }: CommandContext): readonly number[] {
  if (policy > 3) return [invalidField];
  if (policy < 3) machine.restorePolicy = policy;
  return [ok, 0x07];
}

function setBootOption(data: Buffer, { board }: CommandContext): readonly number[] {
  const parameter = (data[0] ?? 0) & 0x7f;
  const length = bootParameters[parameter];
  if (length === undefined) return [0x80];
  if (data.length !== 1 + length) return [wrongLength];
  board.bootOptions.set(parameter, Buffer.from(data.subarray(1)));
  return [ok];
}

function getBootOption([parameter = 0]: Buffer, { board }: CommandContext): readonly number[] {
  const length = bootParameters[parameter & 0x7f];
  if (length === undefined) return [0x80];
  return [ok, 0x01, parameter & 0x7f, ...(board.bootOptions.get(parameter & 0x7f) ?? Buffer.alloc(length))];
}

function readFru(data: Buffer, { board }: CommandContext): readonly number[] {
  if (data.length !== 4) return [wrongLength];
  const offset = data.readUInt16LE(1);
  if (data[0] !== 0 || offset >= board.fru.length) return [notPresent];
  const part = board.fru.subarray(offset, offset + Math.min(data[3] ?? 0, mostBytes));
  return [ok, part.length, ...part];
}

function getSdr(data: Buffer, { board }: CommandContext): readonly number[] {
  if (data.length !== 6) return [wrongLength];
  const { records } = board.sensors;
  const [id, offset, count] = [data.readUInt16LE(2), data[4] ?? 0, data[5] ?? 0];
  if (offset > 0 && data.readUInt16LE(0) !== board.sdrReservation) return [reservationLost];
  const index = id === 0 ? 0 : id === 0xffff ? records.length - 1 : id - 1;
  const record = records[index];
  if (!record) return [notPresent];
  if (count > mostBytes) return [cannotReturn];
  const next = index + 1 < records.length ? index + 2 : 0xffff;
  return [ok, ...le16(next), ...record.subarray(offset, offset + count)];
}

function clearEventLog(data: Buffer, { board }: CommandContext): readonly number[] {
  if (data.length !== 6 || data.toString('latin1', 2, 5) !== 'CLR') return [invalidField];
  if (data[5] === 0xaa && !board.eventLog.clear(data.readUInt16LE(0))) return [reservationLost];
  return [ok, 0x01];
}

function orElse(data: readonly number[] | undefined, completionCode: number): readonly number[] {
  return data ? [ok, ...data] : [completionCode];
}

function le16(value: number): readonly number[] {
  return [value & 0xff, value >> 8];
}
