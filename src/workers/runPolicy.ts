import type { Computer } from '../fleet/computer';
import type { Fleet } from '../fleet/fleet';
import type { Engine } from '../jobs/engine';
import { planJob } from '../jobs/planning/planJob';
import { evaluatePolicy, type Policy, type Refusal } from '../jobs/policy';
import type { CompiledJob } from '../jobs/program/program';

/** What a worker's own policy says against its part in a run, whatever the policy of those who began it. */
export class RunPolicy {
  readonly #compiled: CompiledJob;
  readonly #computers: readonly string[];
  readonly #technology: string | undefined;
  #counted: { readonly fleet: Fleet; readonly policy: Policy; readonly refusal: Refusal | undefined } | undefined;

  /** `computers` are all of the run, for that is how many the policy counts. */
  constructor(compiled: CompiledJob, computers: readonly string[], technology: string | undefined) {
    this.#compiled = compiled;
    this.#computers = computers;
    this.#technology = technology;
  }

  /** The first rule that forbids what is to be done to a computer at this moment, in words. */
  against(computer: Computer, engine: Engine): string | undefined {
    const { policy, fleet } = engine;
    if (!policy) return undefined;
    for (const { operation } of this.#compiled.program.steps) {
      const [refusal] = evaluatePolicy(policy, { operation, computers: [computer], fleet, now: new Date() });
      if (refusal) return `${operation.id}: ${refusal.message} (${refusal.rule})`;
    }
    const counted = this.#againstAll(policy, engine);
    return counted && `the run: ${counted.message} (${counted.rule})`;
  }

  /** Planned once, until the folder is another. */
  #againstAll(policy: Policy, engine: Engine): Refusal | undefined {
    const { fleet } = engine;
    if (this.#counted?.policy === policy && this.#counted.fleet === fleet) return this.#counted.refusal;
    const computers = this.#computers.flatMap((name) => fleet.byName.get(name) ?? []);
    const job = { ...this.#compiled.job, windows: [] };
    const counting = { ...engine, policy: countsOf(policy) };
    const plan = planJob(
      { ...this.#compiled, job },
      { computers, targets: '', technology: this.#technology },
      counting,
    );
    const [refusal] = plan.refusals;
    this.#counted = { policy, fleet, refusal };
    return refusal;
  }
}

/** Without what is asked of each computer anew. */
function countsOf({ operations, maxTargets, maxShare, sites }: Policy): Policy {
  const ofSites = Object.entries(sites).map(([site, own]) => {
    return [site, { maxTargets: own.maxTargets, maxShare: own.maxShare }] as const;
  });
  return { operations, maxTargets, maxShare, sites: Object.fromEntries(ofSites) };
}
