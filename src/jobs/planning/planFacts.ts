import { isSecretKey } from '../../base/secret';
import { shortenNames } from '../../fleet/shortenNames';
import { holdsTemplate } from '../file/template';
import type { StoredPlan } from '../ledger';
import type { JobPlan, StepPlan } from './jobPlan';
import { digestOfTexts } from './planHash';
import { shownInputs, stepLine } from './planLines';

const mostLines = 20;
const mostNames = 3;

/**
 * What a plan said, for what it was when somebody asks about it again. Facts of the whole have names without a space: `text`,
 * `waves`, `inputs.image`. Those of a computer are `lab-01 @host` and, for each step, `lab-01 wake`.
 */
export function storedPlan(plan: JobPlan): StoredPlan {
  const { hash, job, source, waves, computers } = plan;
  const known = new Map<StepPlan, string>();
  const factOf = (step: StepPlan): string => {
    let fact = known.get(step);
    if (fact === undefined) known.set(step, (fact = describe(step)));
    return fact;
  };
  const inputs = Object.entries(shownInputs(source.inputs));
  const facts: (readonly [string, string])[] = [
    ['text', digestOfTexts(plan)],
    ...(waves.length > 1 ? [['waves', waves.join(', ')] as const] : []),
    ...inputs.map(([name, value]) => [`inputs.${name}`, String(value)] as const),
  ];
  for (const { computer, steps } of computers) {
    facts.push([`${computer.name} @host`, computer.host]);
    for (const step of steps) facts.push([`${computer.name} ${step.step.id}`, factOf(step)]);
  }
  return { hash, title: job.name, facts: Object.fromEntries(facts) };
}

/** What has moved between a plan that somebody has seen and a new one, in words: at most 20 lines. Nothing when they are the same. */
export function comparePlans(was: StoredPlan, plan: JobPlan): readonly string[] {
  if (was.hash === plan.hash) return [];
  const before = new Map(Object.entries(was.facts));
  const after = new Map(Object.entries(storedPlan(plan).facts));
  const lines = [...compareWhole(before, after), ...compareComputers(before, after)];
  if (lines.length === 0) return ['something that is not shown has changed'];
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), `and ${lines.length - mostLines + 1} more`];
}

type Facts = ReadonlyMap<string, string>;

function compareWhole(before: Facts, after: Facts): readonly string[] {
  return changedKeys(before, after)
    .filter((key) => !key.includes(' '))
    .map((key) => (key === 'text' ? 'the job’s text has changed' : `${key}: ${wasAndIs(key, before, after)}`));
}

/** The same of several computers is one line. */
function compareComputers(before: Facts, after: Facts): readonly string[] {
  const names = { before: computersOf(before), after: computersOf(after) };
  const added = [...names.after].filter((name) => !names.before.has(name));
  const gone = [...names.before].filter((name) => !names.after.has(name));
  const moved = new Map<string, string[]>();
  for (const key of changedKeys(before, after)) {
    const end = key.lastIndexOf(' ');
    const name = key.slice(0, Math.max(0, end));
    if (end < 0 || !names.before.has(name) || !names.after.has(name)) continue;
    const what = key.slice(end + 1);
    const change = `${what === '@host' ? 'address' : what}: ${wasAndIs(key, before, after)}`;
    const own = moved.get(change);
    if (own) own.push(name);
    else moved.set(change, [name]);
  }
  return [
    ...standing(added, 'new'),
    ...standing(gone, 'gone'),
    ...[...moved].map(([change, own]) => `${shortenNames(own, mostNames)} ${change}`),
  ];
}

function changedKeys(before: Facts, after: Facts): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
}

function wasAndIs(key: string, before: Facts, after: Facts): string {
  return `was ${before.get(key) ?? 'nothing'}, is ${after.get(key) ?? 'nothing'}`;
}

function computersOf(facts: Facts): ReadonlySet<string> {
  return new Set(
    [...facts.keys()].filter((key) => key.endsWith(' @host')).map((key) => key.slice(0, -' @host'.length)),
  );
}

function standing(names: readonly string[], word: string): readonly string[] {
  if (names.length === 0) return [];
  return [`${shortenNames(names, mostNames)} ${names.length > 1 ? 'are' : 'is'} ${word}`];
}

/** What the hash is made of, in words: that it could not be read is not among it. */
function describe(plan: StepPlan): string {
  if (plan.ways.length === 0) return stepLine(plan).how;
  const { unread: _, ...known } = plan;
  const open = plan.depends.length > 0 ? ` (${plan.depends.join('; ')})` : '';
  return `${stepLine(known).change} ${plan.why}${given(plan)}${open}`;
}

/** The parameters that the file leaves to inputs and computers, with what they are on this computer. */
function given({ step, parameters = {} }: StepPlan): string {
  const names = Object.keys(step.with).filter((name) => holdsTemplate(step.with[name]) && name in parameters);
  return names.map((name) => `, ${name}: ${isSecretKey(name) ? '***' : JSON.stringify(parameters[name])}`).join('');
}
