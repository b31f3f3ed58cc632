import { toSidebandError } from '../../base/errors';
import type { Definitions } from '../../fleet/definitions';
import type { Fleet } from '../../fleet/fleet';
import { parseTargets } from '../../fleet/targets/parse';
import { selectTargets } from '../../fleet/targets/select';
import type { TechnologySchema } from '../../fleet/technologySchema';
import { resolveTargets } from '../program/facts';
import { namedIn } from '../program/resolve';
import type { Job, Step } from './job';
import type { Mistake } from './mistake';
import { holdsTemplate } from './template';
import { operationOf } from './uses';

/** What a job is checked against. */
export interface JobWorld {
  readonly definitions: Definitions;
  /** Absent: names of computers and groups are not looked up. */
  readonly fleet?: Fleet | undefined;
  /** Absent: ad-hoc URLs are not looked into. */
  readonly technologies?: readonly TechnologySchema[];
  /** The files of called jobs that cannot be read, and why. */
  readonly unreadable?: ReadonlyMap<string, string>;
}

/** What is wrong with the targets of a job in a fleet, as far as its inputs have defaults. */
export function* targetsMistakes(job: Job, { fleet, technologies }: JobWorld): Generator<Mistake> {
  const presets = new Map(
    job.inputs.flatMap(({ name, default: preset }) => (preset === undefined ? [] : [[name, preset]])),
  );
  const named = namedIn(job.targets, 'inputs').map((name) => name.slice('inputs.'.length));
  if (!named.every((name) => presets.has(name))) return;
  try {
    const { terms } = parseTargets(resolveTargets(job, Object.fromEntries(presets)));
    const readable = technologies ? terms : terms.filter(({ kind }) => kind !== 'url');
    if (fleet) selectTargets({ terms: readable }, fleet, technologies ?? []);
  } catch (thrown) {
    yield { path: ['targets'], message: toSidebandError(thrown).message };
  }
}

/** What is wrong with names of what a folder defines, such as filter sets. */
export function* definitionMistakes(step: Step, definitions: Definitions, path: Mistake['path']): Generator<Mistake> {
  const operation = operationOf(step);
  const checked = operation?.choices && !holdsTemplate(step.with) && operation.parameters.safeParse(step.with);
  if (!checked || !checked.success) return;
  try {
    operation.then?.(checked.data, definitions);
  } catch (thrown) {
    const offered = Object.entries(operation.choices?.(definitions) ?? {});
    const strange = offered.find(([name, known]) => !known.some(({ value }) => value === checked.data[name]))?.[0];
    const where = strange !== undefined && Object.hasOwn(step.with, strange) ? ['with', strange] : ['with'];
    yield { path: [...path, ...where], message: toSidebandError(thrown).message };
  }
}
