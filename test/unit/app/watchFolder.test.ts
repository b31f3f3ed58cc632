import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFolder } from '../../../src/app/watchFolder';
import { temporaryFolder } from '../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const place = (...names: readonly string[]): string => join(folder.path, '.sideband', ...names);

/** Counts changes, and waits for the next one. */
async function watched(options: { readonly pollMs: number }) {
  let count = 0;
  let told: (() => void) | undefined;
  const watch = await watchFolder({
    folder: folder.path,
    settleMs: 20,
    ...options,
    onChange: () => {
      count++;
      told?.();
      return Promise.resolve();
    },
  });
  return {
    get count() {
      return count;
    },
    /** After the act, a change is told. */
    async changes(act: () => void): Promise<void> {
      const next = new Promise<void>((done) => {
        told = done;
      });
      act();
      await next;
    },
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}

test.each([
  ['told by the system', 600_000],
  ['found by looking', 20],
])('files that change, come, move and go: %s', async (_, pollMs) => {
  mkdirSync(place('jobs', 'nightly'), { recursive: true });
  writeFileSync(place('fleet.yaml'), 'version: 1\n');
  await using watch = await watched({ pollMs });
  await watch.changes(() => {
    writeFileSync(place('fleet.yaml'), 'version: 1\ncomputers: {}\n');
  });
  await watch.changes(() => {
    writeFileSync(place('jobs', 'nightly', 'patch.yaml'), 'name: Patch\n');
  });
  await watch.changes(() => {
    renameSync(place('jobs', 'nightly', 'patch.yaml'), place('jobs', 'patch.yaml'));
  });
  await watch.changes(() => {
    rmSync(place('jobs', 'patch.yaml'));
  });
});

test('a folder that comes, goes and comes again', async () => {
  await using watch = await watched({ pollMs: 20 });
  const make = (): void => {
    mkdirSync(place('jobs'), { recursive: true });
    writeFileSync(place('jobs', 'patch.yaml'), 'name: Patch\n');
  };
  await watch.changes(make);
  await watch.changes(() => {
    rmSync(place(), { recursive: true });
  });
  await watch.changes(make);
});

test('snapshots are no change, and its end tells nothing any more', async () => {
  mkdirSync(place('snapshots'), { recursive: true });
  const watch = await watched({ pollMs: 20 });
  writeFileSync(place('snapshots', 'lab-01.yaml'), 'computer: lab-01\n');
  await watch.changes(() => {
    writeFileSync(place('fleet.yaml'), 'version: 1\n');
  });
  await watch[Symbol.asyncDispose]();
  expect(watch.count).toBe(1);
});
