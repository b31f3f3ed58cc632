// One parser in a process of its own: node RUN.mjs PARSER FILE. The last line of its output is an `XmlResult` for each document.
import { readFileSync } from 'node:fs';
import type { XmlDocument } from './documents.mts';
import { type ParserName, parsers, type XmlParser } from './parsers.mts';

export interface XmlResult {
  readonly document: string;
  readonly bytes: number;
  /** Whether the objects are right. */
  readonly isRight: boolean;
  readonly documents: number;
  readonly wallMs: number;
  /** All threads of the process. */
  readonly cpuMs: number;
}

const warmUpMs = 400;
const measuredMs = 1000;

export function runXml(): void {
  const [, , name, file] = process.argv as [string, string, ParserName, string];
  const parser = parsers[name]();
  const documents = JSON.parse(readFileSync(file, 'utf8')) as readonly XmlDocument[];
  console.log(JSON.stringify(documents.map((document) => measureOne(parser, document))));
}

function measureOne(parser: XmlParser, { name, text, envelopes }: XmlDocument): XmlResult {
  const isRight = parser.count(parser.parse(text)) === envelopes;
  parseFor(warmUpMs, parser, text);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const documents = parseFor(measuredMs, parser, text);
  const wallMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { document: name, bytes: Buffer.byteLength(text), isRight, documents, wallMs, cpuMs: (user + system) / 1000 };
}

function parseFor(ms: number, parser: XmlParser, text: string): number {
  const end = performance.now() + ms;
  let documents = 0;
  for (; performance.now() < end; documents++) parser.parse(text);
  return documents;
}
