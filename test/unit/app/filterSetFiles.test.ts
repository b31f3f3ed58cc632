import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { App } from '../../../src/app/app';
import { readFilterSets } from '../../../src/app/filterSetFiles';
import { readFolder } from '../../../src/app/folder';
import { silentLog } from '../../../src/base/log';
import { fakeSecrets } from '../../fakes/technology';
import { temporaryFolder } from '../../fakes/temporaryFolder';

function write(home: string, name: string, text: string): void {
  mkdirSync(join(home, 'filters'), { recursive: true });
  writeFileSync(join(home, 'filters', name), text);
}

test('the sets of a folder stand beside the built-in one', async () => {
  using folder = temporaryFolder();
  write(folder.path, 'b.yaml', 'version: 1\nname: second\n');
  write(folder.path, 'a.yaml', 'version: 1\nname: first\n');
  write(folder.path, 'notes.txt', 'no set');
  const { sets, problems } = await readFilterSets(folder.path);
  expect(problems).toEqual([]);
  expect(sets.all.map(({ name }) => name)).toEqual(['open-ports', 'first', 'second']);
});

test('without a folder there is the built-in set', async () => {
  using folder = temporaryFolder();
  const { sets, problems } = await readFilterSets(folder.path);
  expect([sets.all.map(({ name }) => name), problems]).toEqual([['open-ports'], []]);
});

test('a name belongs to one file, and not to one of a user when it is built in', async () => {
  using folder = temporaryFolder();
  write(folder.path, 'a.yaml', 'version: 1\nname: strict\n');
  write(folder.path, 'b.yaml', 'version: 1\nname: strict\n');
  write(folder.path, 'c.yaml', 'version: 1\nname: open-ports\n');
  const { sets, problems } = await readFilterSets(folder.path);
  expect(problems.map(({ file, line, column, message }) => ({ file, line, column, message }))).toEqual([
    {
      file: join(folder.path, 'filters', 'b.yaml'),
      line: 2,
      column: 7,
      message: 'the name "strict" is that of a.yaml already',
    },
    {
      file: join(folder.path, 'filters', 'c.yaml'),
      line: 2,
      column: 7,
      message: 'the name "open-ports" is that of the built-in set already',
    },
  ]);
  expect(sets.all.map(({ name }) => name)).toEqual(['open-ports', 'strict']);
});

test('mistakes in a set are among the folder’s', async () => {
  using folder = temporaryFolder();
  write(join(folder.path, '.sideband'), 'a.yaml', 'version: 1\nname: strict\npingLimt: 3\n');
  const { problems } = await readFolder(folder.path);
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [3, '"pingLimt" is not known here. Did you mean "pingLimit"?'],
  ]);
});

test('operations find the sets of the folder, and the last good ones while a file has a mistake', async () => {
  using folder = temporaryFolder();
  const home = join(folder.path, '.sideband');
  write(home, 'a.yaml', 'version: 1\nname: strict\ntitle: first\n');
  const options = {
    folder: folder.path,
    stateFolder: join(folder.path, 'state'),
    secrets: fakeSecrets,
    log: silentLog,
  };
  await using app = new App({ ...options, idleMs: 0 });
  const titleOf = (): string | undefined => app.engine.definitions?.filterSets.get('strict').title;
  await app.reload();
  expect(titleOf()).toBe('first');
  write(home, 'a.yaml', 'version: 1\nname: strict\ntitle: second\npingLimt: 3\n');
  await app.reload();
  expect(titleOf()).toBe('first');
  write(home, 'a.yaml', 'version: 1\nname: strict\ntitle: second\n');
  await app.reload();
  expect(titleOf()).toBe('second');
});
