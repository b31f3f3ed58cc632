// Nothing that the test tools start may outlive them, whatever ends them.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from './run.mts';

const limitMs = 15_000;
const tools = JSON.stringify(join(import.meta.dirname, 'run.mts'));

/** Prints its temporary folder, its pid and the pid of a process that it moved into a group of its own. */
const daemonMaker = `
  const daemon = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  });
  console.log(process.env.TMPDIR, process.pid, daemon.pid);
  setInterval(() => {}, 1000);`;
const user = `
  const { start } = await import(${tools});
  start(process.execPath, ['-e', ${JSON.stringify(daemonMaker)}], { output: 'inherit' });`;

/** A zombie counts as gone: some containers' first process does not reap. */
function isGone(pid: string): boolean {
  if (!existsSync(`/proc/${pid}`)) return true;
  return readFileSync(`/proc/${pid}/stat`, 'latin1').includes(' Z ');
}

async function started(child: ChildProcess): Promise<readonly string[]> {
  assert.ok(child.stdout);
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return line.trim().split(' ');
}

const options = { timeout: limitMs, skip: process.platform !== 'linux' && 'reads /proc' };

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  void test(`after ${signal} nothing is left`, options, async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', user], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [folder = '', ...pids] = await started(child);
    assert.equal(pids.length, 2);
    assert.deepEqual(pids.map(isGone), [false, false]);
    assert.ok(existsSync(folder));
    child.kill(signal);
    while (existsSync(folder) || !pids.every(isGone)) await delay(20); // the test's own limit ends it
  });
}

void test(
  'a program that ends by itself leaves nothing behind, not even what ignores a request to end',
  options,
  async () => {
    const stubborn = `process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000);`;
    const program = `
    const { spawn } = require('node:child_process');
    const daemon = spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    daemon.stdout.once('data', (text) => { console.log(String(text).trim()); process.exit(0); });`;
    const { ok, output } = await run(process.execPath, ['-e', program], { timeoutMs: limitMs });
    assert.deepEqual([ok, isGone(output.trim())], [true, true]);
  },
);

void test('a program that takes too long is ended and said to have failed', async () => {
  const { ok, output } = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 200 });
  assert.equal(ok, false);
  assert.match(output, /not finished after 0\.2 s/);
});

void test('the exit code decides, and the output is kept', async () => {
  const good = await run(process.execPath, ['-e', 'console.log("fine")'], { timeoutMs: limitMs });
  assert.deepEqual([good.ok, good.output], [true, 'fine\n']);
  const bad = await run(process.execPath, ['-e', 'process.exit(3)'], { timeoutMs: limitMs });
  assert.equal(bad.ok, false);
  const missing = await run('no-such-program-here', [], { timeoutMs: limitMs });
  assert.deepEqual([missing.ok, missing.output.includes('no-such-program-here')], [false, true]);
});
