import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { SidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import { formatProblem, type Problem } from '../base/problem';
import { builtInDefinitions, type Definitions } from '../fleet/definitions';
import type { Fleet } from '../fleet/fleet';
import type { Engine } from '../jobs/engine';
import { compileJob, type CompileResult } from '../jobs/file/compileJob';
import type { CompiledJob, JobSource } from '../jobs/program/program';
import { technologies } from '../technologies';
import { folderName } from './folder';
import { readBounded } from './readBounded';

export const jobsFolderName = 'jobs';

/** What jobs are checked against. */
export interface JobFileWorld {
  readonly definitions: Definitions;
  /** Absent: names of computers and groups are not looked up. */
  readonly fleet?: Fleet | undefined;
  /** By their whole paths, texts in place of the files’: what is open in an editor. */
  readonly unsaved?: ReadonlyMap<string, string>;
}

/** What an engine's jobs are checked against. */
export function jobWorldOf({
  fleet,
  definitions = builtInDefinitions,
}: Pick<Engine, 'fleet' | 'definitions'>): JobFileWorld {
  return { fleet, definitions };
}

export interface JobFileContents {
  /** Absent when there are problems. */
  readonly compiled?: Omit<CompiledJob, 'source'>;
  /** Of the file and of those that it calls, as `JobSource` has them. */
  readonly texts: Readonly<Record<string, string>>;
  /** As `JobSource` has it. */
  readonly file: string;
  /** With the whole paths of files. */
  readonly problems: readonly Problem[];
}

const bounds = { largest: 5 * 1024 * 1024, hint: 'Jobs are files of .sideband/jobs: `sideband job list` shows them.' };
const mostFiles = 50;

/** The `.yaml` files of `.sideband/jobs` and the folders in it, relative to the folder with `/` between, in order. Rejects with `file.invalid`. */
export async function listJobFiles(folder: string): Promise<readonly string[]> {
  const home = join(folder, folderName, jobsFolderName);
  try {
    const entries = await readdir(home, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => nameOf(folder, join(entry.parentPath, entry.name)))
      .toSorted();
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new SidebandError('file.invalid', `${home} cannot be read: ${message}`, {}, thrown);
  }
}

/**
 * Reads a job and those that it calls; the file is relative to the folder, or absolute. Mistakes come as problems; rejects with
 * `file.missing` when there is no such file, and with `file.invalid` when it exists and cannot be read.
 */
export async function readJob(folder: string, file: string, world: JobFileWorld): Promise<JobFileContents> {
  const name = nameOf(folder, resolve(folder, file));
  const texts = new Map([[name, await readText(resolve(folder, file), world)]]);
  const { compiled, problems } = await compileWithCalled(folder, name, texts, world);
  return {
    ...(compiled && { compiled }),
    texts: Object.fromEntries(texts),
    file: name,
    problems: problems.map((problem) => ({ ...problem, file: resolve(folder, problem.file) })),
  };
}

/** A job from the texts that a run was made of: its computers are known, so the fleet is not asked. Throws `file.invalid`. */
export function compileSource(source: JobSource, { definitions }: JobFileWorld): CompiledJob {
  const texts = new Map(Object.entries(source.texts));
  const { compiled, problems, missing } = compileJob(source.file, texts, { definitions });
  if (compiled) return { ...compiled, source };
  const mistakes = [...problems.map(formatProblem), ...missing.map((file) => `the text of ${file} is not there`)];
  throw new SidebandError('file.invalid', mistakes.join('; '));
}

/** Adds the texts of called jobs until none is missing. */
async function compileWithCalled(
  folder: string,
  name: string,
  texts: Map<string, string>,
  world: JobFileWorld,
): Promise<CompileResult> {
  const unreadable = new Map<string, string>();
  for (;;) {
    const result = compileJob(name, texts, { ...world, technologies, unreadable });
    if (result.missing.length === 0) return result;
    for (const called of result.missing) {
      const read =
        texts.size < mostFiles
          ? await tryToRead({ path: resolve(folder, called), called, home: dirname(resolve(folder, name)) }, world)
          : { why: `a job has at most ${mostFiles} files` };
      if ('why' in read) unreadable.set(called, read.why);
      else texts.set(called, read.text);
    }
  }
}

interface CalledFile {
  readonly path: string;
  /** As the job names it, relative to the folder. */
  readonly called: string;
  /** The folder of the job that is run: what it calls lies in it. */
  readonly home: string;
}

async function tryToRead(
  { path, called, home }: CalledFile,
  world: JobFileWorld,
): Promise<{ readonly text: string } | { readonly why: string }> {
  try {
    // A link in a repository would have us show what stands in files elsewhere.
    if (await leadsOut(path, home)) return { why: `${called} is a link that leads out of the folder of the job` };
    return { text: await readText(path, world) };
  } catch (thrown) {
    if (!(thrown instanceof SidebandError)) throw thrown;
    if (thrown.code !== 'file.missing') return { why: thrown.message };
    const hint = didYouMean(basename(path), await neighboursOf(path));
    return { why: `there is no file ${called}.${hint}` };
  }
}

async function leadsOut(path: string, home: string): Promise<boolean> {
  const real = await realpath(path).catch(() => path);
  return real !== path && !isInside(await realpath(home), real);
}

async function readText(path: string, { unsaved }: JobFileWorld): Promise<string> {
  return unsaved?.get(path) ?? (await readBounded(path, bounds));
}

async function neighboursOf(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(dirname(path))).filter((name) => name.endsWith('.yaml'));
  } catch {
    return [];
  }
}

/** As sources and ledgers have it, on every system alike. */
function nameOf(folder: string, path: string): string {
  return (isInside(folder, path) ? relative(folder, path) : path).replaceAll(sep, '/');
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
