import { concatBytes, toHex } from '../../base/bytes';
import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import {
  type FruInventoryAreaInfo,
  getFruInventoryAreaInfo,
  readFruData,
} from '../../protocols/ipmi/commands/fruInventory';
import { areaNames, decodeArea, type FruArea, type FruField } from '../../protocols/ipmi/fru/areas';
import { areaLength, decodeFruHeader, type FruHeader, fruHeaderLength } from '../../protocols/ipmi/fru/header';
import {
  decodeMultirecord,
  decodeMultirecordHeader,
  multirecordHeaderLength,
} from '../../protocols/ipmi/fru/multirecord';
import type { FruLocator } from '../../protocols/ipmi/sdr/record';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';
import { readSdrRepository } from './sdr';

export type { FruArea, FruField };

/** What one chip says of the part that it sits on. */
export interface FruInventory {
  readonly id: number;
  readonly name: string;
  readonly areas: readonly FruArea[];
  /** Why nothing, or not all, could be read. */
  readonly problem?: string;
}

/** The controller's own data; parts have theirs by locator records. */
const builtIn = 0;
const controllerAddress = 0x20;
const largestBlock = 32;
const smallestBlock = 8;
const mostMultirecords = 64;
const busy = 0x81;
const busyMs = 100;
const mostBusy = 10;
/** Answers that mean the block was too large. */
const tooLong = new Set([0xc7, 0xc8, 0xca, 0xff]);

/** The FRU data of a controller and of the parts that it has records of. A part that cannot be read says why. */
export async function readFrus(client: IpmiClient, signal: AbortSignal): Promise<readonly FruInventory[]> {
  const inventories: FruInventory[] = [];
  for (const [id, name] of await findFrus(client, signal))
    inventories.push(await readFru(client, { id, name }, signal));
  return inventories;
}

/** A field of an area, such as `Serial number` of the board. */
export function fruField({ areas }: FruInventory, area: string, name: string): string | undefined {
  const fields = areas.find((one) => one.area === area)?.fields;
  return fields?.find((field) => field.name === name)?.value;
}

/** The controller's own FRU data, or why there is none. */
export function readBuiltInFru(client: IpmiClient, signal: AbortSignal): Promise<FruInventory> {
  return readFru(client, { id: builtIn, name: 'built in' }, signal);
}

async function findFrus(client: IpmiClient, signal: AbortSignal): Promise<ReadonlyMap<number, string>> {
  const found = new Map([[builtIn, 'built in']]);
  const records = await ifRefused(readSdrRepository(client, signal), []);
  for (const record of records) {
    if (record.kind === 'fruLocator' && isHere(record)) found.set(record.fruId, record.name);
  }
  return found;
}

function isHere({ isLogical, accessAddress, lun }: FruLocator): boolean {
  return isLogical && accessAddress === controllerAddress && lun === 0;
}

async function readFru(
  client: IpmiClient,
  head: Pick<FruInventory, 'id' | 'name'>,
  signal: AbortSignal,
): Promise<FruInventory> {
  try {
    const info = await client.run(getFruInventoryAreaInfo, head.id, signal);
    const reader = new FruReader(client, { id: head.id, info }, signal);
    const header = decodeFruHeader(await reader.read(0, fruHeaderLength));
    if (!header) return { ...head, areas: [], problem: 'it was never written' };
    const areas = await readAreas(reader, header);
    return { ...head, areas, ...(header.problem !== undefined && { problem: header.problem }) };
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (!/^(device|protocol)\./.test(error.code)) throw error;
    return { ...head, areas: [], problem: error.message };
  }
}

async function readAreas(reader: FruReader, header: FruHeader): Promise<readonly FruArea[]> {
  const areas: FruArea[] = [];
  for (const name of areaNames) {
    const offset = header[name];
    if (offset !== undefined) areas.push(await readable(name, async () => decodeArea(name, await reader.area(offset))));
  }
  const { internalUse, multirecord } = header;
  if (internalUse !== undefined) areas.push(await readable('internal use', () => readInternalUse(reader, header)));
  if (multirecord !== undefined) areas.push(...(await readMultirecords(reader, multirecord)));
  return areas;
}

/** The maker's own data reach to the next area; only their beginning is shown. FRU Information Storage Definition section 9. */
async function readInternalUse(reader: FruReader, header: FruHeader): Promise<FruArea> {
  const { internalUse = 0 } = header;
  const others = [header.chassis, header.board, header.product, header.multirecord, reader.size];
  const next = Math.min(...others.filter((offset) => offset !== undefined && offset > internalUse).map(Number));
  const bytes = await reader.read(internalUse + 1, Math.min(next - internalUse - 1, largestBlock));
  const length = { name: 'Length', value: `${next - internalUse - 1} bytes` };
  return { area: 'internal use', fields: [length, { name: 'Data', value: toHex(bytes) }] };
}

async function readMultirecords(reader: FruReader, start: number): Promise<readonly FruArea[]> {
  const records: FruArea[] = [];
  let next: number | undefined = start;
  while (next !== undefined && records.length < mostMultirecords) {
    const offset: number = next;
    next = undefined;
    records.push(
      await readable('multirecord', async () => {
        const header = decodeMultirecordHeader(await reader.read(offset, multirecordHeaderLength));
        if (!header.isIntact) {
          throw new SidebandError('protocol.invalid', 'the checksum of a record’s header is wrong');
        }
        const bytes = await reader.read(offset + multirecordHeaderLength, header.length);
        if (!header.isLast) next = offset + multirecordHeaderLength + header.length;
        return decodeMultirecord(header, bytes);
      }),
    );
  }
  return records;
}

/** The area, or why it could not be read. */
async function readable(area: string, read: () => Promise<FruArea>): Promise<FruArea> {
  try {
    return await read();
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (!/^(device|protocol)\./.test(error.code)) throw error;
    return { area, fields: [], problem: error.message };
  }
}

/** Reads pieces of one FRU's data in blocks that its controller can answer. */
class FruReader {
  readonly #client: IpmiClient;
  readonly #id: number;
  readonly #info: FruInventoryAreaInfo;
  readonly #signal: AbortSignal;
  #block = largestBlock;

  constructor(
    client: IpmiClient,
    { id, info }: { readonly id: number; readonly info: FruInventoryAreaInfo },
    signal: AbortSignal,
  ) {
    this.#client = client;
    this.#id = id;
    this.#info = info;
    this.#signal = signal;
  }

  get size(): number {
    return this.#info.size;
  }

  /** An area with the length that it gives for itself. */
  async area(offset: number): Promise<Uint8Array> {
    const head = await this.read(offset, fruHeaderLength);
    const length = areaLength(head);
    if (length < fruHeaderLength) throw new SidebandError('protocol.invalid', 'the area gives no length for itself');
    return concatBytes(head, await this.read(offset + head.length, length - head.length));
  }

  async read(offset: number, count: number): Promise<Uint8Array> {
    if (offset + count > this.size) {
      throw new SidebandError('protocol.truncated', `it would reach to byte ${offset + count} of ${this.size}`);
    }
    const parts: Uint8Array[] = [];
    for (let at = 0; at < count;) {
      const part = await this.#part(offset + at, Math.min(this.#block, count - at));
      if (part.length === 0) throw new SidebandError('protocol.truncated', `no data at byte ${offset + at}`);
      parts.push(part.subarray(0, count - at));
      at += part.length;
    }
    return concatBytes(...parts);
  }

  /** With smaller blocks as long as the controller cannot return so many. */
  async #part(offset: number, count: number): Promise<Uint8Array> {
    for (let waits = 0; ;) {
      try {
        return await this.#ask(offset, Math.min(count, this.#block));
      } catch (thrown) {
        const error = toSidebandError(thrown);
        const code = Number(error.details.completionCode);
        if (tooLong.has(code) && this.#block > smallestBlock) this.#block >>= 1;
        else if (code === busy && waits++ < mostBusy) await sleep(busyMs, this.#signal);
        else throw error;
      }
    }
  }

  async #ask(offset: number, count: number): Promise<Uint8Array> {
    const id = this.#id;
    if (!this.#info.isByWords) return this.#client.run(readFruData, { id, offset, count }, this.#signal);
    const isOdd = offset % 2;
    const words = { id, offset: offset >> 1, count: (count + isOdd + 1) >> 1 };
    return (await this.#client.run(readFruData, words, this.#signal)).subarray(isOdd);
  }
}
