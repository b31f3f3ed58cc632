// What is built and packaged: what is inside, what it needs, how large it is.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { inOut, root, vsixFile } from './paths.mts';
import { run, runTool } from './run.mts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const about = JSON.parse(read('package.json')) as { version: string; main: string; bin: { sideband: string } };

/** Packages that a bundle asks for when it runs. */
function outside(bundle: string): readonly string[] {
  const names = [...read(bundle).matchAll(/\b(?:require|import)\((["'`])([^"'`$]+)\1\)/g)].map(
    (found) => found[2] ?? '',
  );
  return [...new Set(names.filter((name) => !isBuiltin(name)))].sort();
}

void test('package.json points at the bundles', () => {
  assert.equal(join(about.main), join('dist/extension.js'));
  assert.equal(join(about.bin.sideband), join('dist/cli.js'));
});

void test('the command line is a program that tells its version', async () => {
  assert.match(read('dist/cli.js'), /^#!\/usr\/bin\/env node\n/);
  if (process.platform !== 'win32') assert.equal(statSync(join(root, 'dist/cli.js')).mode & 0o111, 0o111);
  const { ok, output } = await run(process.execPath, ['dist/cli.js', '--version'], { timeoutMs: 20_000 });
  assert.ok(ok, output);
  assert.ok(output.includes(about.version), output);
});

void test('the bundles ask for nothing that is not there', () => {
  assert.deepEqual(outside('dist/extension.js'), ['./extension.engine.js', 'vscode']);
  assert.deepEqual(outside('dist/extension.engine.js'), ['vscode']);
  assert.deepEqual(outside('dist/cli.js'), ['./cli.engine.js']);
  assert.deepEqual(
    outside('dist/cli.engine.js').filter((name) => name !== '@napi-rs/keyring'),
    [],
  );
});

void test('what is loaded at start stays under 400 KB', () => {
  const sizes = JSON.parse(readFileSync(inOut('sizes.json'), 'utf8')) as readonly {
    file: string;
    eagerBytes: number;
  }[];
  const eager = Object.fromEntries(sizes.map(({ file, eagerBytes }) => [file, eagerBytes]));
  for (const bundle of ['dist/extension.js', 'dist/cli.js']) {
    const bytes = eager[bundle] ?? Infinity;
    assert.ok(bytes < 400_000, `${bundle} loads ${bytes} bytes`);
  }
});

void test('the VSIX is under 2 MB and holds what a user needs, and nothing else', async () => {
  assert.ok(statSync(vsixFile).size < 2_000_000, `${statSync(vsixFile).size} bytes`);
  const { ok, output } = await runTool('@vscode/vsce/vsce', ['ls', '--no-dependencies'], { timeoutMs: 60_000 });
  assert.ok(ok, output);
  const files = output
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  const allowed =
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(extension|cli)(\.engine)?\.js|dist\/licences\.txt|dist\/webviews\/.*|media\/.*)$/;
  assert.deepEqual(
    files.filter((file) => !allowed.test(file)),
    [],
  );
  for (const file of [
    'package.json',
    'README.md',
    'LICENSE',
    'dist/extension.js',
    'dist/extension.engine.js',
    'dist/cli.js',
    'dist/cli.engine.js',
  ])
    assert.ok(files.includes(file), `${file} is missing`);
});
