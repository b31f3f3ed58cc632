import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderReader } from '../../../src/app/folderFiles';
import { temporaryFolder } from '../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
let read: (name: string) => Promise<string>;

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, '.sideband', 'certificates'), { recursive: true });
  writeFileSync(join(folder.path, '.sideband', 'ca.pem'), 'authority');
  writeFileSync(join(folder.path, '.sideband', 'certificates', 'client.pem'), 'client');
  writeFileSync(join(folder.path, 'outside.pem'), 'outside');
  read = folderReader(folder.path);
});
afterEach(() => {
  folder[Symbol.dispose]();
});

test('a file of the folder, or one by its whole path', async () => {
  expect(await read('ca.pem')).toBe('authority');
  expect(await read('certificates/client.pem')).toBe('client');
  expect(await read('certificates/../ca.pem')).toBe('authority');
  expect(await read(join(folder.path, 'outside.pem'))).toBe('outside');
});

test.each(['../outside.pem', 'certificates/../../outside.pem', '..', '.', ''])('"%s" leads nowhere', async (name) => {
  await expect(read(name)).rejects.toMatchObject({ code: 'file.invalid' });
});

test('a folder is no file', async () => {
  await expect(read('certificates')).rejects.toMatchObject({ code: 'file.invalid' });
});

test('what is too large is refused before it is read', async () => {
  writeFileSync(join(folder.path, '.sideband', 'large'), Buffer.alloc(4 * 1024 * 1024 + 1));
  await expect(read('large')).rejects.toMatchObject({ code: 'file.invalid' });
});

test.each(['missing.pem', 'ca.pem/missing.pem'])('%s does not exist', async (name) => {
  await expect(read(name)).rejects.toMatchObject({
    code: 'file.missing',
    message: `there is no file ${join(folder.path, '.sideband', name)}`,
  });
});
