import type { IpmiCommand } from '../command';

const thisChannel = 0x0e;
const ipmiPayload = 0x00;
const listBySuite = 0x80;

/** How many bytes of records one answer holds; fewer end the list. */
export const cipherSuitePageLength = 16;

/** Get Channel Cipher Suites, IPMI v2.0 section 22.15. The input counts pages of 16 bytes from 0; the output is such a page. */
export const getChannelCipherSuites: IpmiCommand<number, Uint8Array> = {
  name: 'Get Channel Cipher Suites',
  netFn: 0x06,
  command: 0x54,
  encode: (page) => Uint8Array.of(thisChannel, ipmiPayload, listBySuite | (page & 0x3f)),
  decode(reader) {
    reader.skip(1); // channel
    return reader.bytes(Math.min(reader.remaining, cipherSuitePageLength)).slice();
  },
};

const standardRecord = 0xc0;
const oemRecord = 0xc1;
const oemIdLength = 3;

/** The standard suites in the records of all pages, IPMI v2.0 section 22.15.2. Records with wrong tags are passed over. */
export function parseCipherSuites(records: Uint8Array): readonly number[] {
  const suites = new Set<number>();
  for (let at = 0; at < records.length; at++) {
    if (records[at] === oemRecord) at += 1 + oemIdLength;
    else if (records[at] === standardRecord) {
      const id = records[++at];
      if (id !== undefined) suites.add(id);
    }
  }
  return [...suites].sort((a, b) => a - b);
}
