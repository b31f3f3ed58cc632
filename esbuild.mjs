// Builds dist/: extension.js and cli.js, an engine for each, and one bundle per webview page.
//   node esbuild.mjs            minified, without source maps: what is packaged
//   node esbuild.mjs --dev      readable, with source maps
//   node esbuild.mjs --watch    the same, and again after every change
import { chmod, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { build, context } from 'esbuild';

const root = import.meta.dirname;
const watch = process.argv.includes('--watch');
const production = !watch && !process.argv.includes('--dev');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  define: { SIDEBAND_VERSION: JSON.stringify(version) },
  legalComments: 'none', // the licences of what is bundled go to dist/licences.txt
  logLevel: 'info',
  metafile: true,
};

// What the entry imports as './engine' is a bundle of its own beside it, read and compiled only when it is asked for.
const engineApart = (name) => ({
  name: 'engine-apart',
  setup: (plugin) => {
    plugin.onResolve({ filter: /^\.\/engine$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: `./${name}.engine.js`, external: true } : undefined,
    );
  },
});

// The package `pg` asks for a driver of native code, `pg-native`, where NODE_PG_FORCE_NATIVE is set: it gets its own one again.
const withoutNativeDriver = {
  name: 'without-native-driver',
  setup: (plugin) => {
    plugin.onResolve({ filter: /^\.\/native$/ }, ({ importer }) =>
      /[\\/]pg[\\/]lib[\\/]index\.js$/.test(importer) ? { path: join(dirname(importer), 'client.js') } : undefined,
    );
  },
};

// Modules behind `import()` stay unevaluated until they are asked for.
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // An import() of a CommonJS file makes Node read the whole of it for its exports; a require() does not.
  supported: { 'dynamic-import': false },
  logOverride: { 'empty-import-meta': 'error' },
};

function bundlePair(name, entry, engine, external) {
  const banner = name === 'cli' ? { banner: { js: '#!/usr/bin/env node' } } : {};
  return [
    { ...node, ...banner, entryPoints: [entry], outfile: `dist/${name}.js`, external, plugins: [engineApart(name)] },
    { ...node, entryPoints: [engine], outfile: `dist/${name}.engine.js`, external, plugins: [withoutNativeDriver] },
  ];
}

const pages = await Array.fromAsync(glob('webviews/*/main.ts', { cwd: root }));
const targets = [
  // Only in the extension is `vscode` external: whatever else imports it does not build.
  ...bundlePair('extension', 'src/extension/extension.ts', 'src/extension/engine.ts', ['vscode']),
  ...bundlePair('cli', 'src/cli/main.ts', 'src/cli/engine.ts', ['@napi-rs/keyring']),
  ...pages.map((page) => ({
    ...common,
    entryPoints: [page],
    outfile: join('dist', dirname(page), 'main.js'),
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  })),
];

/** What is evaluated at start: reached from the entry without passing an `import()`. */
function eagerBytes(output, inputs) {
  const seen = new Set();
  const queue = [output.entryPoint];
  for (let path = queue.pop(); path; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const imported of inputs[path]?.imports ?? []) {
      if (!imported.external && imported.kind !== 'dynamic-import') queue.push(imported.path);
    }
  }
  return Object.entries(output.inputs).reduce(
    (sum, [path, { bytesInOutput }]) => sum + (seen.has(path) ? bytesInOutput : 0),
    0,
  );
}

/** @returns {{ file: string, bytes: number, eagerBytes: number }[]} */
function sizes({ inputs, outputs }) {
  return Object.entries(outputs)
    .filter(([file]) => !file.endsWith('.map'))
    .map(([file, output]) => ({
      file,
      bytes: output.bytes,
      eagerBytes: output.entryPoint ? eagerBytes(output, inputs) : 0,
    }));
}

/** The packages that are inside the bundles, with the licence text that each asks to be kept. */
async function writeLicences({ inputs }) {
  const folders = new Set();
  for (const path of Object.keys(inputs)) {
    const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.split(sep).join('/'));
    if (found) folders.add(found[0]);
  }
  const texts = [];
  for (const folder of [...folders].sort()) {
    const about = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const files = await Array.fromAsync(
      glob('{LICENSE,LICENCE,License,license}{,.md,.txt}', { cwd: join(root, folder) }),
    );
    const text = files[0] ? await readFile(join(root, folder, files[0]), 'utf8') : `Licence: ${about.license}\n`;
    texts.push(`${about.name} ${about.version}\n\n${text.trim()}\n`);
  }
  await writeFile(join(root, 'dist/licences.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

async function finish(results) {
  const metafile = { inputs: {}, outputs: {} };
  for (const result of results) {
    Object.assign(metafile.inputs, result.metafile.inputs);
    Object.assign(metafile.outputs, result.metafile.outputs);
  }
  await mkdir(join(root, 'out'), { recursive: true });
  // Every bundle keeps its own graph: the same module may import less in another one.
  const report = results.flatMap((result) => sizes(result.metafile));
  await writeFile(join(root, 'out/meta.json'), JSON.stringify(metafile));
  await writeFile(join(root, 'out/sizes.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeLicences(metafile);
  await chmod(join(root, 'dist/cli.js'), 0o755);
  const kib = (bytes) => `${(bytes / 1024).toFixed(1).padStart(8)} KiB`;
  for (const { file, bytes, eagerBytes: eager } of report) {
    console.log(`${kib(bytes)}  ${relative('dist', file).padEnd(28)}${eager ? `${kib(eager)} loaded at start` : ''}`);
  }
}

if (watch) {
  for (const target of targets) await (await context(target)).watch();
  console.log('watching; Ctrl-C ends');
} else {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await finish(await Promise.all(targets.map((target) => build({ ...target, logLevel: 'warning' }))));
}
