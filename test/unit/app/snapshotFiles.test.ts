import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSnapshot, snapshotFile, writeSnapshot } from '../../../src/app/snapshotFiles';
import { temporaryFolder } from '../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const snapshot = { computer: 'lab-01', nodes: new Map([['motherboard', [{ Manufacturer: 'A' }]]]) };

test.each([
  ['lab-01', 'lab-01.yaml'],
  ['node.mgmt_1', 'node.mgmt_1.yaml'],
  ['ipmi://10.0.0.5:623', 'ipmi%3A%2F%2F10.0.0.5%3A623.yaml'],
  ['..', '%2E..yaml'],
  ['../../fleet', '%2E.%2F..%2Ffleet.yaml'],
])('%s lies in %s', (computer, file) => {
  expect(snapshotFile('/f', computer)).toBe(join('/f', '.sideband', 'snapshots', file));
});

test('what is written is read back, and what is the same is not written again', async () => {
  expect(await readSnapshot(folder.path, 'lab-01')).toBeUndefined();
  expect(await writeSnapshot(folder.path, snapshot)).toBe('written');
  const file = snapshotFile(folder.path, 'lab-01');
  const { mtimeMs } = statSync(file);
  expect(await writeSnapshot(folder.path, snapshot)).toBe('unchanged');
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
  expect(await readSnapshot(folder.path, 'lab-01')).toEqual(snapshot);
  expect(readdirSync(dirname(file))).toEqual(['lab-01.yaml']);
  expect(readFileSync(file, 'utf8')).toContain('- Manufacturer: A');
});

test('a file with a mistake, and a place that cannot be written, are told', async () => {
  const file = snapshotFile(folder.path, 'lab-01');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'version: 3\n');
  await expect(readSnapshot(folder.path, 'lab-01')).rejects.toMatchObject({ code: 'file.invalid' });
  const blocked = join(folder.path, 'file');
  writeFileSync(blocked, '');
  await expect(writeSnapshot(blocked, snapshot)).rejects.toMatchObject({ code: 'file.invalid' });
});
