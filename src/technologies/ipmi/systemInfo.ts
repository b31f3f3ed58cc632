import { ByteReader, concatBytes } from '../../base/bytes';
import {
  getSystemInfoParameters,
  type SystemInfoParameter,
} from '../../protocols/ipmi/commands/getSystemInfoParameters';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

const mostBlocks = 17;
const utf16 = 2;

/** What the firmware told the controller at the last start; nothing where it did not, or cannot. IPMI v2.0 section 22.14a. */
export async function readSystemInfo(
  client: IpmiClient,
  parameter: SystemInfoParameter,
  signal: AbortSignal,
): Promise<string | undefined> {
  const read = (block: number): Promise<Uint8Array | undefined> =>
    ifRefused(client.run(getSystemInfoParameters, { parameter, block }, signal), undefined);
  const first = await read(0);
  if (!first || first.length < 2) return undefined;
  const head = new ByteReader(first);
  const [encoding, length] = [head.u8() & 0x0f, head.u8()];
  let bytes = head.rest();
  for (let block = 1; bytes.length < length && block < mostBlocks; block++) {
    const next = await read(block);
    if (!next || next.length === 0) break;
    bytes = concatBytes(bytes, next);
  }
  const decoder = new TextDecoder(encoding === utf16 ? 'utf-16le' : 'utf-8');
  return decoder.decode(bytes.subarray(0, length)).replace(/[\0 ]+$/, '') || undefined;
}
