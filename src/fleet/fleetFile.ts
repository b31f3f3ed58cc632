import { toSidebandError } from '../base/errors';
import { didYouMean } from '../base/nearest';
import type { Problem } from '../base/problem';
import { isSecretKey } from '../base/secret';
import { parseYamlFile, type YamlFile } from '../base/yaml/yamlFile';
import { type Access, Computer } from './computer';
import { Fleet, type Group } from './fleet';
import { type FleetFile, fleetSchema, isName } from './fleetSchema';
import { expandNames } from './nameRange';
import { parseTargets } from './targets/parse';
import { selectTargets } from './targets/select';
import type { TechnologySchema } from './technologySchema';

const mostComputers = 100_000;
const mostGroups = 1000;

export interface ParsedFleet {
  /** Absent when there are problems. */
  readonly fleet?: Fleet;
  readonly problems: readonly Problem[];
}

/** Reads `.sideband/fleet.yaml`. Never throws: every mistake is a problem at its place. */
export function parseFleet(text: string, file: string, technologies: readonly TechnologySchema[]): ParsedFleet {
  const yaml = parseYamlFile(text, file, fleetSchema(technologies));
  if (!yaml.value) return { problems: yaml.problems };
  const reader = new FleetReader(yaml.value, yaml, technologies);
  const fleet = reader.read();
  return reader.problems.length > 0 ? { problems: reader.problems } : { fleet, problems: [] };
}

class FleetReader {
  readonly problems: Problem[] = [];
  readonly #file: FleetFile;
  readonly #yaml: YamlFile<FleetFile>;
  readonly #technologies: readonly TechnologySchema[];
  readonly #profileNames: ReadonlySet<string>;

  constructor(file: FleetFile, yaml: YamlFile<FleetFile>, technologies: readonly TechnologySchema[]) {
    this.#file = file;
    this.#yaml = yaml;
    this.#technologies = technologies;
    this.#profileNames = new Set(Object.keys(file.profiles));
  }

  read(): Fleet {
    const { profiles, limits } = this.#file;
    this.#refuseSecrets();
    const fleet = new Fleet({
      computers: this.#computers(),
      profiles: Object.keys(profiles),
      groups: this.#groups(),
      limits: { concurrency: limits.concurrency, perSite: limits.perSite ?? Infinity },
    });
    if (this.problems.length === 0) this.#checkGroups(fleet);
    return fleet;
  }

  /** The computers and tags that groups name must be there. */
  #checkGroups(fleet: Fleet): void {
    for (const [name, { targets }] of fleet.groups) {
      try {
        if (targets) selectTargets(targets, fleet, []);
      } catch (thrown) {
        this.#problem(['groups', name, 'targets'], toSidebandError(thrown).message);
      }
    }
  }

  /** Sections that no schema checks yet may still not hold a secret. */
  #refuseSecrets(): void {
    for (const [profile, sections] of Object.entries(this.#file.profiles)) {
      for (const [technology, section] of Object.entries(sections)) {
        const advice = `store it with \`sideband secret set ${profile} ${technology}\``;
        for (const path of secretsIn(section)) {
          const message = `"${path.at(-1) ?? ''}": secrets are never in this file; ${advice}`;
          this.#problem(['profiles', profile, technology, ...path], message, 'key');
        }
      }
    }
  }

  #computers(): readonly Computer[] {
    const computers = new Map<string, Computer>();
    for (const [pattern, definition] of Object.entries(this.#file.computers)) {
      const path = ['computers', pattern];
      const { profile, host } = definition;
      if (profile !== undefined && !this.#profileNames.has(profile)) {
        const message = `no profile "${profile}" is defined.${didYouMean(profile, this.#profileNames)}`;
        this.#problem([...path, 'profile'], message);
      }
      const expanded = this.#expand(pattern, path);
      const empty = /\{[^}]*\}?|\}/.exec(fillIn(host ?? '', expanded[0]?.values ?? []));
      if (empty) this.#problem([...path, 'host'], `${empty[0]} stands for nothing: the name has no such range`);
      if (host !== undefined && expanded.length > 1 && fillIn(host, ['', '', '', '']) === host) {
        const message = `all ${expanded.length} computers of the range would have this address: put {} where they differ`;
        this.#problem([...path, 'host'], message);
      }
      for (const { name, values } of expanded) {
        if (!isName(name)) {
          this.#problem(
            path,
            `"${name}" is not a name: letters, digits, dots, dashes and underscores are expected`,
            'key',
          );
          break;
        }
        if (computers.has(name)) {
          this.#problem(path, `the computer "${name}" is defined twice`, 'key');
          break;
        }
        if (computers.size >= mostComputers) {
          this.#problem(path, `a fleet has at most ${mostComputers} computers`, 'key');
          return [];
        }
        computers.set(name, this.#computer(name, values, definition));
      }
    }
    return [...computers.values()];
  }

  #computer(name: string, values: readonly string[], definition: FleetFile['computers'][string]): Computer {
    const { mac, profile, ports, tags } = definition;
    const host = fillIn(definition.host ?? name, values);
    return new Computer({
      name,
      host,
      tags,
      ...(mac !== undefined && { mac }),
      ...(profile !== undefined && { profile }),
      accesses: this.#accesses(profile, host, ports),
    });
  }

  #accesses(
    profile: string | undefined,
    host: string,
    ports: FleetFile['computers'][string]['ports'],
  ): readonly Access[] {
    const sections = this.#file.profiles[profile ?? ''] ?? {};
    return this.#technologies.flatMap(({ name }) => {
      const options: unknown = sections[name];
      if (options === undefined) return [];
      const port = ports[name] ?? (options as { readonly port?: number }).port;
      return [{ technology: name, host, options, ...(port !== undefined && { port }) }];
    });
  }

  #expand(pattern: string, path: readonly string[]): ReturnType<typeof expandNames> {
    try {
      return expandNames(pattern);
    } catch (thrown) {
      this.#problem(path, toSidebandError(thrown).message, 'key');
      return [];
    }
  }

  #groups(): ReadonlyMap<string, Group> {
    const groups = new Map<string, Group>();
    if (Object.keys(this.#file.groups).length > mostGroups) {
      this.#problem(['groups'], `a fleet has at most ${mostGroups} groups`, 'key');
      return groups;
    }
    for (const [name, { tags, targets }] of Object.entries(this.#file.groups)) {
      const path = ['groups', name];
      if (!tags && targets === undefined) this.#problem(path, 'a group needs `tags`, `targets` or both', 'key');
      const parsed = targets === undefined ? undefined : this.#parseTargets(targets, [...path, 'targets']);
      groups.set(name, { ...(tags && { tags }), ...(parsed && { targets: parsed }) });
    }
    for (const name of groups.keys()) {
      if (reaches(name, name, groups)) this.#problem(['groups', name], `the group "@${name}" contains itself`, 'key');
    }
    return groups;
  }

  #parseTargets(targets: string, path: readonly string[]): Group['targets'] {
    try {
      const parsed = parseTargets(targets);
      if (parsed.terms.some(({ kind }) => kind === 'url')) this.#problem(path, 'a group holds no ad-hoc URLs');
      for (const group of groupsIn(parsed)) {
        if (Object.hasOwn(this.#file.groups, group)) continue;
        this.#problem(path, `no group "@${group}" is defined.${didYouMean(group, Object.keys(this.#file.groups))}`);
      }
      return parsed;
    } catch (thrown) {
      this.#problem(path, toSidebandError(thrown).message);
      return undefined;
    }
  }

  #problem(path: readonly string[], message: string, part: 'key' | 'value' = 'value'): void {
    this.problems.push(this.#yaml.problemAt(path, message, part));
  }
}

/** `{}` is the range's value, `{1}`, `{2}` … those of several. */
function fillIn(template: string, values: readonly string[]): string {
  return template.replace(
    /\{(\d*)\}/g,
    (whole, index: string) => values[index === '' ? 0 : Number(index) - 1] ?? whole,
  );
}

/** The paths of keys that look like secrets, however deep. */
function secretsIn(section: unknown): readonly (readonly string[])[] {
  if (typeof section !== 'object' || section === null) return [];
  return Object.entries(section).flatMap(([key, value]) =>
    isSecretKey(key) ? [[key]] : secretsIn(value).map((path) => [key, ...path]),
  );
}

function groupsIn(targets: Group['targets'] & object): readonly string[] {
  return targets.terms.flatMap((term) =>
    term.kind === 'url' ? [] : term.tests.flatMap((test) => (test.kind === 'group' ? [test.group] : [])),
  );
}

function reaches(from: string, to: string, groups: ReadonlyMap<string, Group>, visited = new Set<string>()): boolean {
  const targets = groups.get(from)?.targets;
  if (!targets || visited.has(from)) return false;
  visited.add(from);
  return groupsIn(targets).some((group) => group === to || reaches(group, to, groups, visited));
}
