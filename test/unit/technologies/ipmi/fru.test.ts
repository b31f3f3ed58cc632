import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fromHex } from '../../../../src/base/bytes';
import { toSidebandError } from '../../../../src/base/errors';
import { decodeArea } from '../../../../src/protocols/ipmi/fru/areas';
import { decodeFruHeader } from '../../../../src/protocols/ipmi/fru/header';
import { decodeMultirecord, decodeMultirecordHeader } from '../../../../src/protocols/ipmi/fru/multirecord';
import { readBuiltInFru } from '../../../../src/technologies/ipmi/fru';
import { type Answer, FakeController } from '../../../fakes/ipmiController';
import { never, passTime } from '../../protocols/ipmi/link';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

// Header (board area at 8, FRU Information Storage Definition section 8), then the board: English, minute E0BC80h, Acme, X1, S-1.
const header = '01000001000000fe';
const board = '01041980bce0c441636d65c25831c3532d31c0c0c1000000000000000000008c';

interface Quirks {
  readonly byWords?: boolean;
  readonly most?: number;
  busy?: number;
  readonly size?: number;
}

function controller(image: Uint8Array, quirks: Quirks = {}): FakeController {
  const { byWords = false, most = 255, size = image.length } = quirks;
  const unit = byWords ? 2 : 1;
  return new FakeController((command, data): Answer => {
    if (command === '0a 10') return [size & 0xff, size >> 8, byWords ? 1 : 0];
    if (command !== '0a 11') return 0xc1;
    if ((quirks.busy ?? 0) > 0) {
      quirks.busy!--;
      return 0x81;
    }
    const [offset, count] = [unit * (data[1]! + 256 * data[2]!), data[3]!];
    if (unit * count > most) return 0xca;
    return [count, ...image.subarray(offset, offset + unit * count)];
  });
}

const image = fromHex(header + board);
const read = (bytes: Uint8Array, quirks?: Quirks) => passTime(readBuiltInFru(controller(bytes, quirks).client, never));
const whole = {
  id: 0,
  name: 'built in',
  areas: [
    {
      area: 'board',
      fields: [
        { name: 'Manufactured', value: '2024-01-02 00:00' },
        { name: 'Manufacturer', value: 'Acme' },
        { name: 'Product', value: 'X1' },
        { name: 'Serial number', value: 'S-1' },
      ],
    },
  ],
};

test.each<[string, Quirks]>([
  ['in one piece', {}],
  ['from a controller that counts words', { byWords: true }],
  ['from one that counts words and returns few', { byWords: true, most: 16 }],
  ['from one that returns eight bytes at most', { most: 8 }],
  ['from one that is busy now and then', { busy: 4 }],
])('a board is read %s', async (_, quirks) => {
  expect(await read(image, quirks)).toEqual(whole);
});

test.each<[string, string, object]>([
  ['a chip that was never written', 'ff'.repeat(16), { areas: [], problem: 'it was never written' }],
  [
    'a format that nobody knows',
    `02${'00'.repeat(15)}`,
    { areas: [], problem: 'FRU data of format 2, which is not known' },
  ],
  [
    'a wrong checksum of the header',
    `01000001000000ff${board}`,
    { ...whole, problem: 'the checksum of the header is wrong' },
  ],
  [
    'a wrong checksum of the area',
    header + board.replace(/8c$/, '8d'),
    { areas: [{ ...whole.areas[0]!, problem: 'its checksum is wrong' }] },
  ],
  [
    'an area that is longer than the chip',
    header + board.replace(/^0104/, '0140'),
    { areas: [{ area: 'board', fields: [], problem: 'it would reach to byte 520 of 40' }] },
  ],
  [
    'an area without a length',
    header + board.replace(/^0104/, '0100'),
    { areas: [{ area: 'board', fields: [], problem: 'the area gives no length for itself' }] },
  ],
])('%s', async (_, hex, inventory) => {
  expect(await read(fromHex(hex))).toMatchObject(inventory);
});

test('a controller without FRU data says why', async () => {
  const refusing = new FakeController(() => 0xcb);
  expect(await readBuiltInFru(refusing.client, never)).toMatchObject({
    areas: [],
    problem: expect.stringContaining('not present') as string,
  });
});

test('a controller that answers with nothing ends the reading', async () => {
  const empty = new FakeController((command) => (command === '0a 10' ? [40, 0, 0] : [0]));
  expect(await readBuiltInFru(empty.client, never)).toMatchObject({ areas: [], problem: 'no data at byte 0' });
});

test('records that never end are cut off', async () => {
  const empty = 'c0020000' + '3e'; // of a maker's type, not the last
  const endless = fromHex(`01000000000100fe${empty.repeat(100)}`);
  const { areas } = await read(endless);
  expect(areas).toHaveLength(64);
});

test('no bytes make a decoder fail in an untyped way', () => {
  const decoders = [
    decodeFruHeader,
    (bytes: Uint8Array) => decodeArea('board', bytes),
    (bytes: Uint8Array) => decodeArea('chassis', bytes),
    (bytes: Uint8Array) => decodeArea('product', bytes),
    decodeMultirecordHeader,
    (bytes: Uint8Array) =>
      [0, 1, 2, 3, 4, 0xc0].map((type) =>
        decodeMultirecord({ type, isLast: true, length: bytes.length, checksum: 0, isIntact: true }, bytes),
      ),
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...decoders), (bytes, decode) => {
      try {
        decode(bytes);
      } catch (thrown) {
        expect(toSidebandError(thrown).code).toMatch(/^protocol\./);
      }
    }),
    { numRuns: 2000 },
  );
});
