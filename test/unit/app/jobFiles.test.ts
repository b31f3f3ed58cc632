import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { compileSource, listJobFiles, readJob } from '../../../src/app/jobFiles';
import { SidebandError } from '../../../src/base/errors';
import { builtInDefinitions } from '../../../src/fleet/definitions';
import { Fleet } from '../../../src/fleet/fleet';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const world = { definitions: builtInDefinitions };
const one = "name: One\ntargets: '*'\nsteps:\n  - uses: power.status\n";
const calls = (file: string): string => one.replace('power.status', `run.job\n    with: { job: ${file} }`);

function folderWith(files: Readonly<Record<string, string>>): Disposable & { readonly path: string } {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder.path, '.sideband', 'jobs', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  return thrown instanceof SidebandError ? `${thrown.code}: ${thrown.message}` : 'nothing was thrown';
}

test('the files of jobs, in order, with those of folders', async () => {
  using folder = folderWith({ 'b.yaml': one, 'a.yaml': one, 'sub/c.yaml': one, 'notes.txt': '', 'd.yml': one });
  expect(await listJobFiles(folder.path)).toEqual([
    '.sideband/jobs/a.yaml',
    '.sideband/jobs/b.yaml',
    '.sideband/jobs/sub/c.yaml',
  ]);
});

test('a folder without jobs', async () => {
  using folder = temporaryFolder();
  expect(await listJobFiles(folder.path)).toEqual([]);
});

test('a job is read with all that it calls, and compiles from its texts alone', async () => {
  const files = { 'a.yaml': calls('sub/b.yaml'), 'sub/b.yaml': calls('c.yaml'), 'sub/c.yaml': one };
  using folder = folderWith(files);
  const relative = await readJob(folder.path, '.sideband/jobs/a.yaml', world);
  const absolute = await readJob(folder.path, join(folder.path, '.sideband', 'jobs', 'a.yaml'), world);
  for (const { file, texts, problems } of [relative, absolute]) {
    expect(problems).toEqual([]);
    expect(file).toBe('.sideband/jobs/a.yaml');
    expect(texts).toEqual({
      '.sideband/jobs/a.yaml': files['a.yaml'],
      '.sideband/jobs/sub/b.yaml': files['sub/b.yaml'],
      '.sideband/jobs/sub/c.yaml': one,
    });
  }
  expect(relative.compiled?.program.steps.map(({ id }) => id)).toEqual(['step-1/step-1/step-1']);
  const source = { file: relative.file, texts: relative.texts, inputs: {} };
  const compiled = compileSource(source, { ...world, fleet: Fleet.empty });
  expect(compiled.program.steps.map(({ id }) => id)).toEqual(['step-1/step-1/step-1']);
  expect(compiled.source).toBe(source);
});

test('a job outside of the folder has its whole path', async () => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const path = join(other.path, 'a.yaml');
  writeFileSync(path, one);
  const { file, texts, problems } = await readJob(folder.path, path, world);
  expect([file, Object.keys(texts), problems]).toEqual([path, [path], []]);
});

test('mistakes have the whole paths of their files', async () => {
  using folder = folderWith({ 'a.yaml': calls('b.yaml'), 'b.yaml': 'name: B\n' });
  const { compiled, problems } = await readJob(folder.path, '.sideband/jobs/a.yaml', world);
  expect(compiled).toBeUndefined();
  const path = join(folder.path, '.sideband', 'jobs', 'b.yaml');
  expect(problems.map(({ file, line, message }) => [file, line, message])).toEqual([
    [path, 1, '"targets" is missing: text is expected'],
    [path, 1, '"steps" is missing: a list is expected'],
  ]);
});

test('a called file that is not there is told where it is called, with the nearest name', async () => {
  using folder = folderWith({ 'a.yaml': calls('pach.yaml'), 'patch.yaml': one });
  const { problems } = await readJob(folder.path, '.sideband/jobs/a.yaml', world);
  expect(problems.map(({ line, column, message }) => [line, column, message])).toEqual([
    [5, 18, 'there is no file .sideband/jobs/pach.yaml. Did you mean "patch.yaml"?'],
  ]);
});

test('a called file that is a folder', async () => {
  using folder = folderWith({ 'a.yaml': calls('b.yaml'), 'b.yaml/c.yaml': one });
  const { problems } = await readJob(folder.path, '.sideband/jobs/a.yaml', world);
  expect(problems.map(({ message }) => message)).toEqual([
    `${join(folder.path, '.sideband', 'jobs', 'b.yaml')} is no file`,
  ]);
});

test.skipIf(process.platform === 'win32')('a called file that is a pipe is not waited for', async () => {
  using folder = folderWith({ 'a.yaml': calls('pipe.yaml') });
  execFileSync('mkfifo', [join(folder.path, '.sideband/jobs/pipe.yaml')]);
  const { problems } = await readJob(folder.path, '.sideband/jobs/a.yaml', world);
  expect(problems.map(({ message }) => message)).toEqual([
    `${join(folder.path, '.sideband/jobs/pipe.yaml')} is no file`,
  ]);
});

test.skipIf(process.platform === 'win32')('a called file is in the folder of the job, also by links', async () => {
  using folder = folderWith({ 'a.yaml': calls('in.yaml'), 'b.yaml': calls('out.yaml'), 'sub/c.yaml': one });
  using elsewhere = folderWith({ 'secret.yaml': 'password: abc' });
  const jobs = join(folder.path, '.sideband/jobs');
  symlinkSync('sub/c.yaml', join(jobs, 'in.yaml'));
  symlinkSync(join(elsewhere.path, '.sideband/jobs/secret.yaml'), join(jobs, 'out.yaml'));
  expect((await readJob(folder.path, '.sideband/jobs/a.yaml', world)).problems).toEqual([]);
  const { problems, texts } = await readJob(folder.path, '.sideband/jobs/b.yaml', world);
  expect(problems.map(({ message }) => message)).toEqual([
    '.sideband/jobs/out.yaml is a link that leads out of the folder of the job',
  ]);
  expect(Object.keys(texts)).toEqual(['.sideband/jobs/b.yaml']);
});

test('a job has at most 50 files', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `job-${index}.yaml`);
  const many = names.map((name) => `  - { uses: run.job, with: { job: ${name} } }\n`).join('');
  using folder = folderWith({
    'a.yaml': `name: A\ntargets: '*'\nsteps:\n${many}`,
    ...Object.fromEntries(names.map((name) => [name, one])),
  });
  const { problems, texts } = await readJob(folder.path, '.sideband/jobs/a.yaml', world);
  expect(problems.map(({ line, message }) => [line, message])).toEqual([[53, 'a job has at most 50 files']]);
  expect(Object.keys(texts)).toHaveLength(50);
});

test('what cannot be read at all', async () => {
  using folder = folderWith({ 'large.yaml': `#${' '.repeat(5 * 1024 * 1024)}` });
  const jobs = join(folder.path, '.sideband', 'jobs');
  expect(await codeOf(readJob(folder.path, 'none.yaml', world))).toBe(
    `file.missing: there is no file ${join(folder.path, 'none.yaml')}`,
  );
  expect(await codeOf(readJob(folder.path, jobs, world))).toBe(`file.invalid: ${jobs} is no file`);
  expect(await codeOf(readJob(folder.path, '.sideband/jobs/large.yaml', world))).toBe(
    `file.invalid: ${join(jobs, 'large.yaml')} is larger than 5 MiB`,
  );
});

test('recorded texts that do not hold any more', () => {
  const compile = (texts: Readonly<Record<string, string>>) => (): unknown =>
    compileSource({ file: 'a.yaml', texts, inputs: {} }, world);
  expect(compile({ 'a.yaml': 'name: A\n' })).toThrow(
    'a.yaml:1:1: "targets" is missing: text is expected; a.yaml:1:1: "steps" is missing: a list is expected',
  );
  expect(compile({ 'a.yaml': calls('b.yaml') })).toThrow('the text of b.yaml is not there');
});
