import { ByteReader } from '../../base/bytes';

/** Needs `least` bytes. */
interface Detail {
  readonly least: number;
  readonly describe: (reader: ByteReader) => string;
}

const policies: Readonly<Record<number, string>> = { 0: 'none', 1: 'KVM', 2: 'all', 255: 'all' };

/** By application and event. */
const details: Readonly<Record<string, Detail>> = {
  '19.0': { least: 16, describe: (reader) => `${readVersion(reader)} to ${readVersion(reader)}` },
  '21.0': { least: 4, describe: (reader) => new Date(reader.u32be() * 1000).toISOString() },
  '30.0': { least: 2, describe: (reader) => `${readPolicy(reader)} to ${readPolicy(reader)}` },
  '30.1': { least: 1, describe: (reader) => (reader.u8() === 0 ? 'accepted' : 'wrong three times') },
};

/** What an audit record adds to its event, in words; undefined when it adds nothing that is known, or too little. */
export function auditDetail(application: number, event: number, extended: Uint8Array): string | undefined {
  const detail = details[`${application}.${event}`];
  return detail && extended.length >= detail.least ? detail.describe(new ByteReader(extended)) : undefined;
}

function readVersion(reader: ByteReader): string {
  return [reader.u16be(), reader.u16be(), reader.u16be(), reader.u16be()].join('.');
}

function readPolicy(reader: ByteReader): string {
  const policy = reader.u8();
  return policies[policy] ?? `unknown ${policy}`;
}
