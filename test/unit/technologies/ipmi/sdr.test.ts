import { expect, test } from 'vitest';
import { readSdrRepository } from '../../../../src/technologies/ipmi/sdr';
import { type Answer, FakeController } from '../../../fakes/ipmiController';
import { never } from '../../protocols/ipmi/link';

const deviceId = [0x20, 0x01, 0x02, 0x03, 0x02, 0x9f, 0x91, 0x12, 0x00, 0x02, 0x0f];
const record = [0x01, 0x00, 0x51, 0xc0, 0x03, 0x57, 0x01, 0x00];

/** A controller with one record, and the time stamps of its repository. */
function controller(stamps: { added: readonly number[]; erased: readonly number[] }): FakeController {
  return new FakeController((command, data): Answer => {
    switch (command) {
      case '06 01':
        return deviceId;
      case '0a 20':
        return [0x51, 1, 0, 0xff, 0xff, ...stamps.added, ...stamps.erased, 0x02];
      case '0a 22':
        return [1, 0];
      case '0a 23':
        return [0xff, 0xff, ...record.slice(data[4], data[4]! + data[5]!)];
      default:
        return 0xc1;
    }
  });
}

const reads = ({ calls }: FakeController): number => calls.filter((call) => call.startsWith('0a 23')).length;

test('a repository is read once, until its time stamps change', async () => {
  const stamps = { added: [1, 0, 0, 0x5a], erased: [0, 0, 0, 0] };
  const bmc = controller(stamps);
  const first = await readSdrRepository(bmc.client, never);
  expect(first).toMatchObject([{ id: 1, type: 0xc0 }]);
  expect(reads(bmc)).toBe(2);
  expect(await readSdrRepository(bmc.client, never)).toEqual(first);
  expect(reads(bmc)).toBe(2);
  stamps.added = [2, 0, 0, 0x5a];
  expect(await readSdrRepository(bmc.client, never)).toEqual(first);
  expect(reads(bmc)).toBe(4);
});

test('a controller that does not date its changes is read each time', async () => {
  const bmc = controller({ added: [0, 0, 0, 0], erased: [0xff, 0xff, 0xff, 0xff] });
  await readSdrRepository(bmc.client, never);
  await readSdrRepository(bmc.client, never);
  expect(reads(bmc)).toBe(4);
});

test('a controller without a repository gives the records of its own sensors', async () => {
  const bmc = new FakeController((command, data): Answer => {
    if (command === '04 22') return [1, 0];
    if (command !== '04 21') return 0xc1;
    return [0xff, 0xff, ...record.slice(data[4], data[4]! + data[5]!)];
  });
  expect(await readSdrRepository(bmc.client, never)).toMatchObject([{ id: 1, type: 0xc0 }]);
});

test('blocks get smaller until the controller can return them, and a lost reservation begins the record anew', async () => {
  const answers = ['c5', 'ca', 'ca'];
  const long = [0x01, 0x00, 0x51, 0xc0, 40, ...Array.from({ length: 40 }, (_, index) => index)];
  const bmc = new FakeController((command, data): Answer => {
    if (command === '0a 20') return [0x51, 1, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x02];
    if (command === '0a 22') return [1, 0];
    const code = data[5]! > 5 ? answers.shift() : undefined;
    if (code) return Number.parseInt(code, 16);
    return [0xff, 0xff, ...long.slice(data[4], data[4]! + data[5]!)];
  });
  const [only] = await readSdrRepository(bmc.client, never);
  expect(only).toMatchObject({ bytes: Uint8Array.from(long) });
  expect(bmc.calls.filter((call) => call.startsWith('0a 22'))).toHaveLength(2);
});

test('a repository that is written to all the time is given up', async () => {
  const bmc = new FakeController((command): Answer => {
    if (command === '0a 20') return [0x51, 1, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x02];
    return command === '0a 22' ? [1, 0] : 0xc5;
  });
  await expect(readSdrRepository(bmc.client, never)).rejects.toMatchObject({ code: 'device.busy' });
});

test('ids that lead in a circle, and a last record that is not there, end the list', async () => {
  const circle = controller({ added: [0, 0, 0, 0], erased: [0, 0, 0, 0] });
  expect(await readSdrRepository(circle.client, never)).toHaveLength(1);
  const bmc = new FakeController((command, data): Answer => {
    if (command === '0a 20') return [0x51, 2, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x02];
    if (command === '0a 22') return [1, 0];
    const id = data[2]! + 256 * data[3]!;
    if (id === 7) return 0xc3;
    const [next, bytes] = id === 0 ? [2, record] : [id === 2 ? 0 : 7, record];
    return [next, 0, ...bytes.slice(data[4], data[4]! + data[5]!)];
  });
  expect(await readSdrRepository(bmc.client, never)).toHaveLength(2);
});

test('what could be read of a repository while it was busy is not kept', async () => {
  let isBusy = true;
  const bmc = new FakeController((command, data): Answer => {
    if (command === '06 01') return deviceId;
    if (command === '0a 20') return [0x51, 3, 0, 0xff, 0xff, 1, 0, 0, 0x5a, 0, 0, 0, 0, 0x02];
    if (command === '0a 22') return [1, 0];
    const id = data[2]! + 256 * data[3]!;
    if (id === 2 && isBusy) return 0xc3;
    return [...(id === 3 ? [0xff, 0xff] : [id === 0 ? 2 : 3, 0]), ...record.slice(data[4], data[4]! + data[5]!)];
  });
  expect(await readSdrRepository(bmc.client, never)).toHaveLength(1);
  isBusy = false;
  expect(await readSdrRepository(bmc.client, never)).toHaveLength(3);
  const before = reads(bmc);
  expect(await readSdrRepository(bmc.client, never)).toHaveLength(3);
  expect(reads(bmc)).toBe(before);
});
