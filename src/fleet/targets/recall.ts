import type { Computer } from '../computer';
import type { Fleet } from '../fleet';
import type { TechnologySchema } from '../technologySchema';
import { adHocComputer } from './adHoc';
import { urlsIn } from './parse';

/** The computers of an earlier run. */
export interface Recalled {
  readonly computers: readonly Computer[];
  /** Targets that mean these computers. */
  readonly targets: string;
  /** What is in the fleet no more. */
  readonly gone: readonly string[];
}

/** Finds the computers of an earlier run: those of the fleet by name, ad-hoc ones as the run's targets wrote them. */
export function recallComputers(
  run: { readonly names: readonly string[]; readonly targets: string },
  { byName }: Fleet,
  technologies: readonly TechnologySchema[],
): Recalled {
  const adHoc = new Map<string, { readonly computer: Computer; readonly url: string }>();
  for (const url of urlsIn(run.targets)) {
    const computer = adHocComputer(url, technologies);
    adHoc.set(computer.name, { computer, url });
  }
  const computers = run.names.flatMap((name) => byName.get(name) ?? adHoc.get(name)?.computer ?? []);
  return {
    computers,
    targets: computers.map(({ name }) => adHoc.get(name)?.url ?? name).join(' '),
    gone: run.names.filter((name) => !byName.has(name) && !adHoc.has(name)),
  };
}
