import { peerRequire } from '../peerRequire.mts';
import { className } from './asked.mts';
import type { WarmClient } from './run.mts';
import { openUndici } from './undiciWarm.mts';

interface Peer {
  readonly XMLParser: new (options: object) => { parse(text: string): unknown };
}
interface Parsed {
  readonly Envelope?: { readonly Body?: Readonly<Record<string, unknown>> };
}

/** The same with the answer as objects, by fast-xml-parser. */
export const undiciXmlWarm: WarmClient = (target) => {
  const { XMLParser } = peerRequire()('fast-xml-parser') as Peer;
  const parser = new XMLParser({ ignoreAttributes: false, removeNSPrefix: true, parseTagValue: false });
  return openUndici(target, (text) => {
    const { Envelope } = parser.parse(text) as Parsed;
    return typeof Envelope?.Body?.[className] === 'object';
  });
};
