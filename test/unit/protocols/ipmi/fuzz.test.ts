import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../src/base/bytes';
import { toSidebandError } from '../../../../src/base/errors';
import { decodeSelRecord } from '../../../../src/protocols/ipmi/events/selRecord';
import { severityOf } from '../../../../src/protocols/ipmi/events/severity';
import { areaNames, decodeArea } from '../../../../src/protocols/ipmi/fru/areas';
import { decodeFruHeader } from '../../../../src/protocols/ipmi/fru/header';
import { decodeMultirecord, decodeMultirecordHeader } from '../../../../src/protocols/ipmi/fru/multirecord';
import { convert } from '../../../../src/protocols/ipmi/sdr/conversion';
import { decodeSdr } from '../../../../src/protocols/ipmi/sdr/record';
import { SolSession } from '../../../../src/protocols/ipmi/sol/session';
import { describeSelRecord } from '../../../../src/technologies/ipmi/selEntry';

const eachKind = 50_000;
const never = new AbortController().signal;

/** Chance that can be repeated. */
function xorshift(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Bytes that were changed, cut off, doubled or filled up. */
function mutate(seed: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = [...seed];
  for (let change = random(4); change >= 0; change--) {
    const at = random(bytes.length + 1);
    switch (random(5)) {
      case 0:
        bytes.length = at;
        break;
      case 1:
        bytes.splice(at, 0, ...bytes.slice(0, random(64)));
        break;
      case 2:
        bytes.splice(at, 0, random(256), 0xff);
        break;
      default:
        if (at < bytes.length) bytes[at] = random(2) === 0 ? random(256) : [0, 0x7f, 0x80, 0xff][random(4)]!;
    }
  }
  return Uint8Array.from(bytes);
}

// Records and areas of OpenIPMI's sdrcomp and of the tests beside this one.
const sdrSeeds = [
  '040051013720010503010008020100000000140098040000c6c0d48001d200000000ff000000000000000000000000cc436f726520766f6c74616765',
  '050051021f2000100f0100000d6f000000000000c000001499000000000000c442617920',
  '050051031520004d0302076f00000000c9435055206576656e74',
  '0200511112200380000010000a020089f05c031260ca35',
  '030051120e2000000800000007010083623b02',
];
const selSeeds = [
  '0100020000005a20000401010157' + '4440',
  '0200c10000005a5701000102030a0b0c',
  '0300e10102030405060708090a0b0c0d',
];
const fruSeeds = [
  '01041980bce0c441636d65c25831c3532d31c0c0c1000000000000000000008c',
  '01000001000000fe',
  'cc01f40114052823a032204ec05d2f3f0c0ae81300000000',
  '01b00488ff780078006400' + '1027',
];
const solSeeds = ['0100000061', '000102006f6b', '05000300' + '78'.repeat(80), '0000001c'];

const kinds: Readonly<Record<string, readonly [seeds: readonly string[], take: (bytes: Uint8Array) => unknown]>> = {
  SDR: [
    sdrSeeds,
    (bytes) =>
      decodeSdr(bytes).map((record) => {
        if (record.kind === 'sensor' && record.factors) convert(bytes[0] ?? 0, record.factors);
        return record;
      }),
  ],
  SEL: [
    selSeeds,
    (bytes) => {
      const record = decodeSelRecord(bytes);
      if (record.kind === 'event') severityOf(record.event);
      return describeSelRecord(record, decodeSdr(fromHex(sdrSeeds[0]!)));
    },
  ],
  FRU: [
    fruSeeds,
    (bytes) => [
      ...areaNames.map((name) => decodeArea(name, bytes)),
      decodeMultirecord({ type: bytes[0] ?? 0, isLast: true, length: 0, checksum: 0, isIntact: true }, bytes),
      decodeMultirecordHeader(bytes),
      decodeFruHeader(bytes),
    ],
  ],
};

test.each(Object.entries(kinds))('50,000 mutated %s inputs are values or typed errors', (_, [seeds, take]) => {
  const random = xorshift(0x5eed);
  const originals = seeds.map((seed) => fromHex(seed));
  let refused = 0;
  for (let run = 0; run < eachKind; run++) {
    const bytes = mutate(originals[random(originals.length)]!, random);
    try {
      const size = JSON.stringify(take(bytes)).length;
      if (size > 20_000) throw new Error(`${size} characters of ${toHex(bytes)}`);
    } catch (thrown) {
      if (!toSidebandError(thrown).code.startsWith('protocol.')) throw thrown;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(eachKind);
});

test('50,000 mutated SOL packets to one console are taken or typed errors, and what waits stays bounded', async () => {
  const random = xorshift(0x5eed);
  const originals = solSeeds.map((seed) => fromHex(seed));
  const mostWaiting = 10_000;
  let sent = 0;
  let ended = 0;
  const open = (): SolSession =>
    new SolSession(
      { send: () => sent++, onStall: () => undefined, onNotice: () => undefined, onEnd: () => ended++ },
      { mostCharacters: 60, mostWaiting },
    );
  let console = open();
  for (let run = 0; run < eachKind; run++) {
    const before = ended;
    try {
      console.receive(mutate(originals[random(originals.length)]!, random));
    } catch (thrown) {
      if (!toSidebandError(thrown).code.startsWith('protocol.')) throw thrown;
    }
    if (ended === before) continue;
    const waiting = await console.read(never);
    expect(waiting?.length ?? 0).toBeLessThanOrEqual(mostWaiting);
    console = open();
  }
  expect(ended).toBeGreaterThan(0);
  expect(sent).toBeLessThanOrEqual(2 * eachKind);
});
