import { ByteReader, concatBytes, toHex } from '../../base/bytes';
import { SidebandError, toSidebandError } from '../../base/errors';
import { getDeviceSdr, getSdr, type SdrPartAnswer } from '../../protocols/ipmi/commands/getSdr';
import { getSdrRepositoryInfo, type SdrRepositoryInfo } from '../../protocols/ipmi/commands/getSdrRepositoryInfo';
import { reserveDeviceSdrRepository, reserveSdrRepository } from '../../protocols/ipmi/commands/reserveSdrRepository';
import { decodeSdr, sdrHeaderLength, type SdrRecord } from '../../protocols/ipmi/sdr/record';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

const firstRecord = 0x0000;
const afterLast = 0xffff;
const largestBlock = 32;
const smallestBlock = 4;
const mostRecords = 4096;
/** So often a reservation may be lost before the repository is given up: somebody is writing to it. */
const mostReservations = 20;
/** Some controllers announce a last record that they do not have. */
const lastMayBeMissing = 1;
const reservationLost = 0xc5;
/** What stands for no time: zero, and FFFFFFFFh by IPMI v2.0 section 37. */
const undated = new Set([0, 0xffff_ffff]);
const tooLong = new Set([0xc7, 0xc8, 0xca, 0xff]);

/** The sensor data records of a controller, from the cache as long as its repository has not changed. IPMI v2.0 section 33. */
export async function readSdrRepository(client: IpmiClient, signal: AbortSignal): Promise<readonly SdrRecord[]> {
  const info = await ifRefused(client.run(getSdrRepositoryInfo, undefined, signal), undefined);
  if (!info) return (await new SdrReader(client, deviceCommands, signal).readAll()).flatMap(decodeLeniently);
  const stamp = await stampOf(info, client, signal);
  const key = `${client.cacheKey} sdr`;
  const kept = stamp && unpack(client.cache.get(key), stamp);
  const records = kept ?? (await new SdrReader(client, repositoryCommands, signal).readAll());
  const isWhole = records.length + lastMayBeMissing >= info.records;
  if (stamp && !kept && isWhole) client.cache.set(key, pack(stamp, records));
  return records.flatMap(decodeLeniently);
}

/** What tells one state of a repository from another; nothing when the controller does not date its changes. */
async function stampOf(
  { records, addedAt, erasedAt }: SdrRepositoryInfo,
  client: IpmiClient,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (undated.has(addedAt) && undated.has(erasedAt)) return undefined;
  const { deviceId, firmware, manufacturerId, productId } = await client.deviceId(signal);
  const facts = [deviceId, firmware, manufacturerId, productId, records, addedAt, erasedAt];
  return new TextEncoder().encode(facts.join(' '));
}

/** The stamp and the records, each after its length. */
function pack(stamp: Uint8Array, records: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...[stamp, ...records].flatMap((bytes) => [Uint8Array.of(bytes.length, bytes.length >> 8), bytes]),
  );
}

/** The records that were kept under this stamp. */
function unpack(packed: Uint8Array | undefined, stamp: Uint8Array): readonly Uint8Array[] | undefined {
  if (!packed) return undefined;
  const reader = new ByteReader(packed);
  const parts: Uint8Array[] = [];
  while (reader.remaining > 2) parts.push(reader.bytes(Math.min(reader.u16le(), reader.remaining)));
  const [keptStamp, ...records] = parts;
  return keptStamp && toHex(keptStamp) === toHex(stamp) ? records : undefined;
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

interface SdrCommands {
  readonly get: typeof getSdr;
  readonly reserve: typeof reserveSdrRepository;
}

const repositoryCommands: SdrCommands = { get: getSdr, reserve: reserveSdrRepository };
/** For a controller that has no repository, only records of its own sensors. */
const deviceCommands: SdrCommands = { get: getDeviceSdr, reserve: reserveDeviceSdrRepository };

class SdrReader {
  readonly #client: IpmiClient;
  readonly #commands: SdrCommands;
  readonly #signal: AbortSignal;
  #reservation = 0;
  #reservations = 0;
  #block = largestBlock;

  constructor(client: IpmiClient, commands: SdrCommands, signal: AbortSignal) {
    this.#client = client;
    this.#commands = commands;
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
    return this.#client.run(
      this.#commands.get,
      { reservation: this.#reservation, record, offset, count },
      this.#signal,
    );
  }

  async #reserve(): Promise<void> {
    if (this.#reservations++ === mostReservations) {
      throw new SidebandError('device.busy', 'the sensor records are being written to all the time');
    }
    this.#reservation = await this.#client.run(this.#commands.reserve, undefined, this.#signal);
  }
}

function codeOf({ details }: SidebandError): number | undefined {
  return typeof details.completionCode === 'number' ? details.completionCode : undefined;
}
