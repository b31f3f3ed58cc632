import type { Computer } from '../fleet/computer';
import type { Operation, Way } from '../operations/operation';

/** How a computer would do an operation. */
export interface ChosenWays {
  /** In the order in which they would be tried; empty: impossible. */
  readonly ways: readonly Way[];
  /** Why these, in words. */
  readonly why: string;
  readonly impossible?: string;
}

export interface WayChoice {
  /** Checked; absent: not known yet, so that any way may serve. */
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
  /** Only ways of this technology. */
  readonly technology: string | undefined;
}

/** The ways of an operation that serve the parameters, by what the computer’s profile has. Contacts nobody. */
export function chooseWays(
  { title, ways: all }: Pick<Operation, 'title' | 'ways'>,
  computer: Computer,
  { parameters, technology }: WayChoice,
): ChosenWays {
  const serving = parameters ? all.filter((way) => way.serves(parameters)) : all.filter(isFirstOfItsTechnology);
  const allowed = technology === undefined ? serving : serving.filter((way) => way.technology === technology);
  const reachable = allowed.filter((way) => computer.access(way.technology));
  const reasons = reachable.map((way) => (parameters ? way.cannot?.(parameters) : undefined));
  const ways = reachable.filter((_, index) => reasons[index] === undefined);
  if (ways.length > 0) return taking(ways);
  if (reachable.length > 0) return impossible(reasons.join('; '));
  const offering = [...new Set(allowed.map((way) => way.technologyTitle))].join(', ') || 'no technology';
  const has = computer.accesses.map((access) => access.technology).join(', ') || 'none';
  return impossible(`${title} is offered by ${offering}; the computer’s profile has: ${has}`);
}

function isFirstOfItsTechnology({ technology }: Way, index: number, ways: readonly Way[]): boolean {
  return ways.findIndex((other) => other.technology === technology) === index;
}

/** The ways and why they are taken, in words. */
export function taking(ways: readonly Way[]): ChosenWays {
  const titles = ways.map(({ technologyTitle }) => technologyTitle);
  return { ways, why: titles.length > 1 ? titles.join(', then ') : `by ${titles[0] ?? ''}` };
}

export function impossible(reason: string): ChosenWays & { readonly impossible: string } {
  return { ways: [], why: 'impossible', impossible: reason };
}
