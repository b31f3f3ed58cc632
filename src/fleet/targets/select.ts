import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import type { Computer } from '../computer';
import type { Fleet } from '../fleet';
import { expandNames } from '../nameRange';
import type { TechnologySchema } from '../technologySchema';
import { adHocComputer } from './adHoc';
import { fitsGlob } from './glob';
import type { Targets, Test } from './parse';

type Predicate = (computer: Computer) => boolean;

/**
 * The computers that targets mean, in the fleet's order, ad-hoc ones last. Empty when nothing fits; throws `targets.invalid` for
 * a name, group or tag that does not exist.
 */
export function selectTargets(
  { terms }: Targets,
  fleet: Fleet,
  technologies: readonly TechnologySchema[],
): readonly Computer[] {
  const included: Predicate[] = [];
  const excluded: Predicate[] = [];
  const adHoc = new Map<string, Computer>();
  for (const term of terms) {
    if (term.kind === 'url') {
      const computer = adHocComputer(term.url, technologies);
      adHoc.set(computer.name, computer);
      continue;
    }
    const tests = term.tests.map((test) => predicateOf(test, fleet));
    (term.excluded ? excluded : included).push((computer) => tests.every((fits) => fits(computer)));
  }
  const onlyExclusions = included.length === 0 && adHoc.size === 0;
  const selected = fleet.computers.filter(
    (computer) =>
      (onlyExclusions || included.some((fits) => fits(computer))) && !excluded.some((fits) => fits(computer)),
  );
  return [...selected, ...adHoc.values()];
}

function predicateOf(test: Test, fleet: Fleet): Predicate {
  switch (test.kind) {
    case 'name':
      return named([test.name], fleet);
    case 'range':
      return named(
        expandNames(test.pattern).map(({ name }) => name),
        fleet,
      );
    case 'glob':
      return ({ name }) => fitsGlob(test.pattern, name);
    case 'group':
      return memberOf(test.group, fleet);
    case 'tag':
      return tagged(test, fleet);
  }
}

function named(names: readonly string[], fleet: Fleet): Predicate {
  const unknown = names.filter((name) => !fleet.byName.has(name));
  const [first] = unknown;
  if (first !== undefined) {
    const others = unknown.length > 1 ? ` and ${unknown.length - 1} more` : '';
    const hint = unknown.length > 1 ? '' : didYouMean(first, fleet.byName.keys());
    throw new SidebandError('targets.invalid', `no computer "${first}"${others} is in the fleet.${hint}`);
  }
  const wanted = new Set(names);
  return ({ name }) => wanted.has(name);
}

function memberOf(name: string, fleet: Fleet): Predicate {
  const group = fleet.groups.get(name);
  if (!group) {
    throw new SidebandError('targets.invalid', `no group "@${name}" is in the fleet.${didYouMean(name, fleet.groups.keys())}`);
  }
  const { tags, targets } = group;
  const members = targets && new Set(selectTargets(targets, fleet, []));
  return (computer) =>
    Object.entries(tags ?? {}).every(([key, value]) => computer.tags[key] === value) &&
    (members?.has(computer) ?? true);
}

function tagged({ key, value, negated }: Extract<Test, { kind: 'tag' }>, fleet: Fleet): Predicate {
  if (!fleet.tagKeys.has(key)) {
    throw new SidebandError('targets.invalid', `no computer has a tag "${key}".${didYouMean(key, fleet.tagKeys)}`);
  }
  return ({ tags }) => fitsGlob(value, tags[key] ?? '') !== negated;
}
