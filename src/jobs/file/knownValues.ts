import { besideAt } from '../../base/yaml/beside';
import { cursorAt } from '../../base/yaml/cursor';
import type { Definitions } from '../../fleet/definitions';
import type { Fleet } from '../../fleet/fleet';
import { outcomes } from '../result';
import { functions } from './functions';
import { runJobId } from './runJob';
import { operationOf } from './uses';

/** What a folder has that job files can name. */
export interface KnownThings {
  readonly fleet: Fleet;
  readonly definitions: Definitions;
  /** The files of jobs, relative to the folder of the file that is edited. */
  readonly jobFiles: readonly string[];
}

const mostNames = 1000;

/** The values that are known for the key at the end of a path, at an offset of a job file's text; for completion. */
export function knownJobValues(
  path: readonly string[],
  text: string,
  offset: number,
  known: KnownThings,
): readonly string[] {
  const [list, , field] = path;
  const key = path.at(-1) ?? '';
  if (key === 'timezone') return Intl.supportedValuesOf('timeZone');
  const before = text.slice(0, offset);
  const isInside = before.lastIndexOf('${{') > before.lastIndexOf('}}');
  if (path.length === 1 && key === 'targets') return isInside ? inputsIn(text) : targetsOf(known.fleet);
  if (list !== 'steps' && list !== 'finally') return [];
  const own = cursorAt(text, offset).beside[2];
  const steps = stepsBefore(before, own?.get('id'));
  if (field === 'if') return [...namesIn(text, steps, known), ...calls(), ...outcomes.map((outcome) => `'${outcome}'`)];
  if (field !== 'with') return [];
  if (isInside) return namesIn(text, steps, known);
  return path.length === 4 ? parameterValues({ uses: own?.get('uses') ?? '', name: key }, steps, known) : [];
}

/** What expressions can name. */
function namesIn(text: string, steps: readonly string[], { fleet }: KnownThings): readonly string[] {
  return [...inputsIn(text), ...computerNames(fleet), ...steps.flatMap(partsOfStep)];
}

function parameterValues(
  { uses, name }: { readonly uses: string; readonly name: string },
  steps: readonly string[],
  { fleet, definitions, jobFiles }: KnownThings,
): readonly string[] {
  if (uses === runJobId) return name === 'job' ? jobFiles : [];
  const operation = operationOf({ uses });
  if (operation?.followUp?.step({ [name]: name }) === name) return steps;
  // As operations call the profiles whose stored passwords they use.
  if (/(Of|Secret)$/.test(name)) return fleet.profiles;
  return operation?.choices?.(definitions)[name]?.map(({ value }) => value) ?? [];
}

/** Groups, tags and names, as targets have them. */
function targetsOf({ groups, computers }: Fleet): readonly string[] {
  const tags = new Set(computers.flatMap((one) => Object.entries(one.tags).map(([key, value]) => `${key}=${value}`)));
  const names = computers.slice(0, mostNames).map(({ name }) => name);
  return [...[...groups.keys()].map((name) => `@${name}`), ...[...tags].slice(0, mostNames), ...names];
}

/** The inputs that a half-typed text declares, one in a line. */
function inputsIn(text: string): readonly string[] {
  const lines = text.split('\n');
  const line = lines.findIndex((one) => /^inputs:\s*(#|$)/.test(one)) + 1;
  const first = lines.slice(line).findIndex((one) => !/^\s*(#|$)/.test(one)) + line;
  const column = /^\s*/.exec(lines[first] ?? '')?.[0].length ?? 0;
  if (line === 0 || column === 0) return [];
  return [...besideAt(lines, { line: first, column }).keys()].map((name) => `inputs.${name}`);
}

function computerNames({ tagKeys }: Fleet): readonly string[] {
  return [...['name', 'host', 'site'], ...[...tagKeys].map((key) => `tags.${key}`)].map((name) => `computer.${name}`);
}

/** The ids that are given before a place, without that of the step at it. */
function stepsBefore(before: string, own: string | undefined): readonly string[] {
  const ids = [...before.matchAll(/(?:^|[-{,])\s*id:\s*['"]?([A-Za-z_][A-Za-z0-9_-]*)/gm)].map(([, id = '']) => id);
  return [...new Set(ids)].filter((id) => id !== own);
}

function partsOfStep(id: string): readonly string[] {
  return [`steps.${id}.outcome`, `steps.${id}.outputs`];
}

function calls(): readonly string[] {
  return Object.entries(functions).map(([name, { takes }]) => (takes === 0 ? `${name}()` : `${name}(`));
}
