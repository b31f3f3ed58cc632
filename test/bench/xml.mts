// Replies of devices to objects: our reader beside fast-xml-parser.
import { writeFileSync } from 'node:fs';
import { bundle } from '../tools/bundle.mts';
import { inOut } from '../tools/paths.mts';
import { ensurePeers } from './amt/peers.mts';
import { measure, median, ratio } from './measure.mts';
import { recordedDocuments } from './xml/documents.mts';
import type { ParserName } from './xml/parsers.mts';
import type { XmlResult } from './xml/run.mts';

const names: readonly ParserName[] = ['sideband', 'fast-xml-parser', 'fast-xml-parser, names resolved'];

/** Measures in turn. Gives a report; objects that are wrong fail the whole. */
export async function xml(pairs: number): Promise<object> {
  const BENCH_PEERS = await ensurePeers();
  const contents = `import { runXml } from './test/bench/xml/run.mts'; runXml();`;
  const program = await bundle(contents, inOut('bench', 'xml.mjs'));
  const file = inOut('bench', 'xml-documents.json');
  writeFileSync(file, JSON.stringify(recordedDocuments()));
  const taken = new Map<ParserName, (readonly XmlResult[])[]>(names.map((name) => [name, []]));
  for (let pair = 0; pair < pairs; pair++) {
    for (const name of names) {
      const { stdout } = await measure([process.execPath, program, name, file], { BENCH_PEERS });
      taken.get(name)?.push(JSON.parse(stdout) as readonly XmlResult[]);
    }
  }
  return report(pairs, taken);
}

function report(pairs: number, taken: ReadonlyMap<ParserName, readonly (readonly XmlResult[])[]>): object {
  const documents = taken.get('sideband')?.[0] ?? [];
  const rows = documents.flatMap(({ document, bytes }, index) => {
    const of = (name: ParserName): readonly XmlResult[] => (taken.get(name) ?? []).flatMap((run) => run[index] ?? []);
    const ours = of('sideband');
    return names.map((parser) => {
      const runs = of(parser);
      const against = (rate: (run: XmlResult) => number): string => ratio(ours.map(rate), runs.map(rate)).toFixed(2);
      const rates = runs.map(megabytesPerSecond);
      return {
        document,
        bytes,
        parser,
        'MB/s': median(rates).toFixed(1),
        'from .. to': `${Math.min(...rates).toFixed(1)} .. ${Math.max(...rates).toFixed(1)}`,
        'MB/cpu s': median(runs.map(megabytesPerCpuSecond)).toFixed(1),
        right: runs.every(({ isRight }) => isRight),
        'our MB/s / its': against(megabytesPerSecond),
        'our MB/cpu s / its': against(megabytesPerCpuSecond),
      };
    });
  });
  console.log(`\nXML to objects, ${pairs} pairs`);
  console.table(rows);
  const isRight = rows.every(({ right }) => right);
  if (!isRight) {
    process.exitCode = 1;
    console.log('FAILED: objects are wrong; these times are of no use');
  }
  return { pairs, isRight, rows };
}

function megabytesPerSecond({ bytes, documents, wallMs }: XmlResult): number {
  return (bytes * documents) / wallMs / 1000;
}

function megabytesPerCpuSecond({ bytes, documents, cpuMs }: XmlResult): number {
  return (bytes * documents) / cpuMs / 1000;
}
