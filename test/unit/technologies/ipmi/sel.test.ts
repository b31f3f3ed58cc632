import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toSidebandError } from '../../../../src/base/errors';
import { decodeSelRecord } from '../../../../src/protocols/ipmi/events/selRecord';
import { clearLog, readSel } from '../../../../src/technologies/ipmi/sel';
import { type Answer, FakeController } from '../../../fakes/ipmiController';
import { errorOf, never, passTime } from '../../protocols/ipmi/link';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A log without sensor records; `before` is called ahead of each command. */
class Log {
  readonly records: number[][] = [];
  before: (command: string) => void = () => undefined;
  /** So often an erasure is still in progress. */
  slowness = 0;
  next = (index: number): number => (index + 1 < this.records.length ? index + 2 : 0xffff);
  readonly controller: FakeController;
  #reservation = 0;
  #reserved = 0;
  #erasedAt = 0;

  constructor(count: number) {
    for (let index = 0; index < count; index++) this.add();
    this.controller = new FakeController((command, data) => {
      this.before(command);
      return this.#answer(command, data);
    });
  }

  /** Another writer's record, which ends every reservation. */
  add(): void {
    const id = this.records.length + 1;
    this.records.push([id, id >> 8, 2, 0, 0, 0, 0x5a, 0x20, 0, 4, 7, 1, 0x6f, 7, 0xff, 0xff]);
    this.#reserved = 0;
  }

  clear(): void {
    this.records.length = 0;
    this.#reserved = 0;
    this.#erasedAt++;
  }

  #answer(command: string, data: readonly number[]): Answer {
    switch (command) {
      case '0a 40':
        return [0x51, this.records.length, 0, 0, 0, 1, 0, 0, 0, this.#erasedAt, 0, 0, 0, 2];
      case '0a 42':
        this.#reserved = ++this.#reservation;
        return [this.#reserved, 0];
      case '0a 43': {
        if (data[0] !== 0 && data[0] !== this.#reserved) return 0xc5;
        const index = Math.max(0, data[2]! + 256 * data[3]! - 1);
        const record = this.records[index];
        const next = this.next(index);
        return record ? [next & 0xff, next >> 8, ...record] : 0xcb;
      }
      case '0a 47':
        if (data[0] !== this.#reserved) return 0xc5;
        if (this.slowness-- > 0) return [0];
        this.clear();
        return [1];
      default:
        return 0xc1;
    }
  }
}

const idsOf = async (log: Log): Promise<readonly number[]> =>
  (await readSel(log.controller.client, never)).map(({ id }) => id);

describe('reading', () => {
  test('all records, without the controller’s sensor records where it has none', async () => {
    expect(await readSel(new Log(2).controller.client, never)).toMatchObject([
      { id: 1, at: '2017-11-06 06:24:00', sensorType: 'processor', sensor: 'sensor 01h', event: 'present' },
      { id: 2 },
    ]);
    expect(await idsOf(new Log(0))).toEqual([]);
  });

  test('what is added while it is read is read too', async () => {
    const log = new Log(2);
    let left = 3;
    log.before = (command) => {
      if (command === '0a 43' && left-- > 0) log.add();
    };
    expect(await idsOf(log)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a log that is cleared meanwhile gives what was read', async () => {
    const log = new Log(5);
    let reads = 0;
    log.before = (command) => {
      if (command === '0a 43' && ++reads === 3) log.clear();
    };
    expect(await idsOf(log)).toEqual([1, 2]);
  });

  test('ids that lead in a circle end', async () => {
    const log = new Log(3);
    log.next = (index) => [2, 3, 2][index]!;
    expect(await idsOf(log)).toEqual([1, 2, 3]);
  });

  test('a record that is too short is left out', async () => {
    const log = new Log(3);
    log.records[1]!.length = 9;
    expect(await idsOf(log)).toEqual([1, 3]);
  });

  test('no record makes the decoder fail in an untyped way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        try {
          decodeSelRecord(bytes);
        } catch (thrown) {
          expect(toSidebandError(thrown).code).toBe('protocol.truncated');
        }
      }),
    );
  });
});

describe('clearing', () => {
  test('what another writer adds before it is cleared is kept, not lost', async () => {
    const log = new Log(2);
    let clears = 0;
    log.before = (command) => {
      if (command === '0a 47' && ++clears === 1) log.add();
    };
    const { cleared, entries } = await clearLog(log.controller.client, { keep: true }, never);
    expect([cleared, entries?.map(({ id }) => id), clears]).toEqual([3, [1, 2, 3], 2]);
    expect(log.records).toEqual([]);
  });

  test('a request that was executed, and whose repetition finds no reservation, is not made again', async () => {
    const log = new Log(4);
    let clears = 0;
    log.before = (command) => {
      if (command === '0a 47' && ++clears === 1) log.clear();
    };
    expect(await clearLog(log.controller.client, { keep: false }, never)).toEqual({ cleared: 4 });
    expect(clears).toBe(1);
  });

  test('a slow erasure is waited for', async () => {
    const log = new Log(4);
    log.slowness = 3;
    expect(await passTime(clearLog(log.controller.client, { keep: false }, never))).toEqual({ cleared: 4 });
    expect(log.records).toEqual([]);
  });

  test('an erasure that does not end leaves its effect unknown', async () => {
    const log = new Log(4);
    log.slowness = Number.POSITIVE_INFINITY;
    const error = await passTime(errorOf(clearLog(log.controller.client, { keep: false }, never)));
    expect(error).toMatchObject({ code: 'device.busy', details: { effect: 'unknown' } });
  });

  test('a log that is written to all the time is left alone', async () => {
    const log = new Log(1);
    log.before = (command) => {
      if (command === '0a 47') log.add();
    };
    expect(await errorOf(clearLog(log.controller.client, { keep: false }, never))).toMatchObject({
      code: 'device.busy',
    });
    expect(log.records).toHaveLength(11);
  });
});
