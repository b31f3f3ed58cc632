import { concatBytes } from '../../base/bytes';
import { SidebandError, toSidebandError } from '../../base/errors';
import { getSdr, type SdrPartAnswer } from '../../protocols/ipmi/commands/getSdr';
import { getSdrRepositoryInfo, type SdrRepositoryInfo } from '../../protocols/ipmi/commands/getSdrRepositoryInfo';
import { reserveSdrRepository } from '../../protocols/ipmi/commands/reserveSdrRepository';
import { decodeSdr, sdrHeaderLength, type SdrRecord } from '../../protocols/ipmi/sdr/record';
import type { IpmiClient } from './client';

const firstRecord = 0x0000;
const afterLast = 0xffff;
const largestBlock = 32;
const smallestBlock = 4;
const mostRecords = 4096;
/** So often a reservation may be lost before the repository is given up: somebody is writing to it. */
const mostReservations = 20;
const reservationLost = 0xc5;
const tooLong = new Set([0xc7, 0xc8, 0xca, 0xff]);

/** What is kept of a controller's records between sessions. */
export interface SdrCache {
  get(key: string): Promise<readonly Uint8Array[] | undefined>;
  set(key: string, records: readonly Uint8Array[]): Promise<void>;
}

/** The sensor data records of a controller, from the cache as long as its repository has not changed. IPMI v2.0 section 33. */
export async function readSdrRepository(
  client: IpmiClient,
  signal: AbortSignal,
  cache?: SdrCache,
): Promise<readonly SdrRecord[]> {
  const info = await client.run(getSdrRepositoryInfo, undefined, signal);
  const key = cache && keyOf(info, await client.systemGuid(signal));
  const kept = key === undefined ? undefined : await cache?.get(key);
  const records = kept ?? (await new SdrReader(client, signal).readAll());
  if (!kept && key !== undefined) await cache?.set(key, records);
  return records.flatMap(decodeLeniently);
}

function keyOf({ records, addedAt, erasedAt }: SdrRepositoryInfo, guid: string): string {
  return [guid, records, addedAt, erasedAt].join('-');
}

/** A record that cannot be read is left out; the others are good. */
function decodeLeniently(bytes: Uint8Array): readonly SdrRecord[] {
  try {
    return decodeSdr(bytes);
  } catch (thrown) {
    if (toSidebandError(thrown).code.startsWith('protocol.')) return [];
    throw thrown;
  }
}

class SdrReader {
  readonly #client: IpmiClient;
  readonly #signal: AbortSignal;
  #reservation = 0;
  #reservations = 0;
  #block = largestBlock;

  constructor(client: IpmiClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  async readAll(): Promise<readonly Uint8Array[]> {
    const records: Uint8Array[] = [];
    const seen = new Set<number>();
    await this.#reserve();
    for (let id = firstRecord; id !== afterLast && !seen.has(id) && records.length < mostRecords;) {
      seen.add(id);
      const read = await this.#readRecord(id, records.length > 0);
      if (!read) break;
      records.push(read.bytes);
      id = read.next;
    }
    return records;
  }

  /** Nothing for a record that some controllers announce as their last, and do not have. */
  async #readRecord(id: number, mayBeMissing: boolean): Promise<SdrPartAnswer | undefined> {
    for (;;) {
      try {
        const head = await this.#part(id, 0, sdrHeaderLength);
        const length = sdrHeaderLength + (head.bytes[4] ?? 0);
        let { bytes } = head;
        while (bytes.length < length) {
          const part = await this.#part(id, bytes.length, Math.min(this.#block, length - bytes.length));
          if (part.bytes.length === 0) break;
          bytes = concatBytes(bytes, part.bytes);
        }
        return { next: head.next, bytes };
      } catch (thrown) {
        const error = toSidebandError(thrown);
        const code = codeOf(error);
        if (code === reservationLost) await this.#reserve();
        else if (code !== undefined && tooLong.has(code) && this.#block > smallestBlock) this.#block >>= 1;
        else if (code !== undefined && mayBeMissing) return undefined;
        else throw error;
      }
    }
  }

  #part(record: number, offset: number, count: number): Promise<SdrPartAnswer> {
    return this.#client.run(getSdr, { reservation: this.#reservation, record, offset, count }, this.#signal);
  }

  async #reserve(): Promise<void> {
    if (this.#reservations++ === mostReservations) {
      throw new SidebandError('device.busy', 'the sensor records are being written to all the time');
    }
    this.#reservation = await this.#client.run(reserveSdrRepository, undefined, this.#signal);
  }
}

function codeOf({ details }: SidebandError): number | undefined {
  return typeof details.completionCode === 'number' ? details.completionCode : undefined;
}
