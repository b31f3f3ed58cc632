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

const mostNames = 1_000_000;
const mostShown = 5;
/** A fleet never changes, so neither do its groups. */
const groupsOfFleets = new WeakMap<Fleet, Map<string, ReadonlySet<Computer>>>();

/**
 * The computers that targets mean, in the fleet's order, ad-hoc ones last. Empty when nothing fits; throws `targets.invalid` for
 * a name, group or tag that does not exist.
 */
export function selectTargets(
  { terms }: Targets,
  fleet: Fleet,
  technologies: readonly TechnologySchema[],
): readonly Computer[] {
  const included = new Selection(fleet);
  const excluded = new Selection(fleet);
  const adHoc = new Map<string, Computer>();
  const adHocUrls = new Map<string, string>();
  for (const term of terms) {
    if (term.kind === 'tests') {
      (term.excluded ? excluded : included).add(term.tests);
      continue;
    }
    const computer = adHocComputer(term.url, technologies);
    const { name } = computer;
    if (adHoc.has(name) && term.url !== adHocUrls.get(name)) throw invalid(`${name} is given twice, in different ways`);
    adHoc.set(name, computer);
    adHocUrls.set(name, term.url);
  }
  const onlyExclusions = included.isEmpty && adHoc.size === 0;
  included.assertNamesExist();
  excluded.assertNamesExist();
  const selected = fleet.computers.filter(
    (computer) => (onlyExclusions || included.has(computer)) && !excluded.has(computer),
  );
  return [...selected, ...adHoc.values()];
}

/** What some words mean together. Names are gathered in one set, so that ten thousand of them cost no more than one. */
class Selection {
  readonly #fleet: Fleet;
  readonly #names = new Set<string>();
  readonly #unknown = new Set<string>();
  readonly #predicates: Predicate[] = [];

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  get isEmpty(): boolean {
    return this.#names.size === 0 && this.#predicates.length === 0;
  }

  add(tests: readonly Test[]): void {
    const [only] = tests;
    if (tests.length === 1 && (only?.kind === 'name' || only?.kind === 'range')) {
      for (const name of this.#namesOf(only)) this.#names.add(name);
      if (this.#names.size > mostNames) throw invalid(`the targets name more than ${mostNames} computers`);
      return;
    }
    const all = tests.map((test) => this.#predicateOf(test));
    this.#predicates.push((computer) => all.every((fits) => fits(computer)));
  }

  has(computer: Computer): boolean {
    return this.#names.has(computer.name) || this.#predicates.some((fits) => fits(computer));
  }

  assertNamesExist(): void {
    const [first] = this.#unknown;
    if (first === undefined) return;
    const shown = [...this.#unknown].slice(0, mostShown).map((name) => `"${name}"`);
    const others = this.#unknown.size > mostShown ? ` and ${this.#unknown.size - mostShown} more` : '';
    const hint = this.#unknown.size > 1 ? '' : didYouMean(first, this.#fleet.byName.keys());
    throw invalid(`no computer ${shown.join(', ')}${others} is in the fleet.${hint}`);
  }

  #predicateOf(test: Test): Predicate {
    switch (test.kind) {
      case 'name':
      case 'range': {
        const names = new Set(this.#namesOf(test));
        return ({ name }) => names.has(name);
      }
      case 'glob':
        return ({ name }) => fitsGlob(test.pattern, name);
      case 'group': {
        const members = membersOf(test.group, this.#fleet);
        return (computer) => members.has(computer);
      }
      case 'tag':
        return tagged(test, this.#fleet);
    }
  }

  #namesOf(test: Extract<Test, { kind: 'name' | 'range' }>): readonly string[] {
    const names = test.kind === 'name' ? [test.name] : expandNames(test.pattern).map(({ name }) => name);
    for (const name of names) if (!this.#fleet.byName.has(name)) this.#unknown.add(name);
    return names;
  }
}

function membersOf(name: string, fleet: Fleet): ReadonlySet<Computer> {
  const groups = groupsOfFleets.get(fleet) ?? new Map<string, ReadonlySet<Computer>>();
  groupsOfFleets.set(fleet, groups);
  const known = groups.get(name);
  if (known) return known;
  const group = fleet.groups.get(name);
  if (!group) throw invalid(`no group "@${name}" is in the fleet.${didYouMean(name, fleet.groups.keys())}`);
  const wanted = Object.entries(group.tags ?? {});
  const candidates = group.targets ? selectTargets(group.targets, fleet, []) : fleet.computers;
  const members = new Set(candidates.filter(({ tags }) => wanted.every(([key, value]) => tags[key] === value)));
  groups.set(name, members);
  return members;
}

function tagged({ key, value, negated }: Extract<Test, { kind: 'tag' }>, fleet: Fleet): Predicate {
  if (!fleet.tagKeys.has(key)) throw invalid(`no computer has a tag "${key}".${didYouMean(key, fleet.tagKeys)}`);
  return ({ tags }) => fitsGlob(value, Object.hasOwn(tags, key) ? (tags[key] ?? '') : '') !== negated;
}

function invalid(message: string): SidebandError {
  return new SidebandError('targets.invalid', message);
}
