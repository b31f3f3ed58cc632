// Writes what follows from the registries: package.json's contributions, the JSON Schemas and the README's tables.
// `--check` writes nothing and fails when something is out of date.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { bundle } from './bundle.mts';
import { root } from './paths.mts';

interface Generated {
  contributions(): object;
  readonly activationEvents: readonly string[];
  readonly capabilities: object;
  fileSchemas(): Readonly<Record<string, object>>;
  operationsTable(): string;
  nodesTable(): string;
}

const at = (...path: readonly string[]): string => join(root, ...path);
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const files = await generate(await load());
const stale = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path.slice(root.length + 1));
if (process.argv.includes('--check')) {
  for (const path of stale) console.error(`${path} is out of date: run \`npm run generate\``);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(at('media', 'schemas'), { recursive: true });
  for (const [path, text] of files) writeFileSync(path, text);
  console.log(stale.length > 0 ? `wrote ${stale.join(', ')}` : 'everything was up to date');
}

async function generate(source: Generated): Promise<ReadonlyMap<string, string>> {
  const manifest = JSON.parse(read(at('package.json'))) as Record<string, unknown>;
  const { activationEvents, capabilities } = source;
  Object.assign(manifest, { activationEvents, capabilities, contributes: source.contributions() });
  const texts = new Map<string, string>([[at('package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`]]);
  for (const [kind, schema] of Object.entries(source.fileSchemas())) {
    texts.set(at('media', 'schemas', `${kind}.schema.json`), await pretty(JSON.stringify(schema), 'json'));
  }
  const readme = ['operations', 'nodes'].reduce(
    (text, name) => {
      const table = name === 'operations' ? source.operationsTable() : source.nodesTable();
      const section = new RegExp(`(<!-- generated: ${name} -->)[^]*?(<!-- end -->)`);
      return text.replace(section, `$1\n\n${table}\n\n$2`);
    },
    read(at('README.md')),
  );
  texts.set(at('README.md'), await pretty(readme, 'markdown'));
  return texts;
}

function pretty(text: string, parser: string): Promise<string> {
  return format(text, { parser, singleQuote: true, printWidth: 120 });
}

async function load(): Promise<Generated> {
  const folder = mkdtempSync(join(tmpdir(), 'sideband-generate-'));
  const outfile = join(folder, 'registries.mjs');
  const contents = `export * from './src/extension/contributions'; export * from './src/app/technologySchemas'; export * from './src/app/tables';`;
  try {
    await bundle(contents, outfile);
    return (await import(pathToFileURL(outfile).href)) as Generated;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
