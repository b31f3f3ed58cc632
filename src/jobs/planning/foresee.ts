import type { Computer } from '../../fleet/computer';
import type { InputValues } from '../file/job';
import { evaluateCondition, type Facts, type StepFacts } from '../program/facts';
import { type Block, type Call, isCall, type ProgramStep } from '../program/program';
import type { StepPlan } from './jobPlan';
import { describeFalse, leftOut } from './leftOut';
import { withPlannedPower } from './plannedPower';

/** Plans one step by what is known when its turn comes; `depends`: on what the jobs that call it depend. */
export type Foresight = (step: ProgramStep, facts: Facts, depends: readonly string[]) => StepPlan;

/**
 * Goes through a job as the run of one computer will, as far as that can be foreseen: after a step that is impossible, what needs
 * success is left out. The plans are by the steps' index.
 */
export function foresee(
  { root }: { readonly root: Block },
  { computer, inputs }: { readonly computer: Computer; readonly inputs: InputValues },
  planStep: Foresight,
): readonly StepPlan[] {
  const walk = new Walk({ inputs, computer, steps: nothing, failed: false, cancelled: false, at: 'plan' }, planStep);
  walk.block(root, { depends: [] });
  return withPlannedPower(walk.plans);
}

/** What is said of all steps of a called job. */
interface Standing {
  readonly depends: readonly string[];
  readonly leftOut?: string;
}

/** What is certain of a step or a called job: that it fails, or that it begins unless something fails before. */
interface Foreseen {
  readonly fails: boolean;
  readonly begins: boolean;
}

interface ForeseenItem extends Foreseen {
  readonly isLeftOut: boolean;
}

const nothing: ReadonlyMap<string, StepFacts> = new Map();
const nothingBegins = 'nothing is begun before it';

class Walk {
  readonly plans: StepPlan[] = [];
  readonly #known: Facts;
  readonly #planStep: Foresight;

  constructor(known: Facts, planStep: Foresight) {
    this.#known = known;
    this.#planStep = planStep;
  }

  block({ steps, finally: last }: Block, standing: Standing): Foreseen {
    const done = this.#items(steps, standing, false);
    const standingOfLast =
      done.begins || standing.leftOut !== undefined ? standing : { ...standing, leftOut: nothingBegins };
    const ended = this.#items(last, standingOfLast, done.fails);
    return { fails: ended.fails, begins: done.begins };
  }

  #items(items: readonly (ProgramStep | Call)[], standing: Standing, failed: boolean): Foreseen {
    let fails = failed;
    let begins = false;
    // `finally` knows nothing of the steps: a run that is cancelled or halted ends them in another way.
    const steps = new Map<string, StepFacts>();
    for (const item of items) {
      const facts = { ...this.#known, failed: fails, steps };
      const foreseen = isCall(item) ? this.#call(item, standing, facts) : this.#step(item, standing, facts);
      if (foreseen.isLeftOut) steps.set(item.id, { outcome: 'skipped' });
      fails ||= foreseen.fails && !item.continueOnError;
      begins ||= foreseen.begins;
    }
    return { fails, begins };
  }

  #step(step: ProgramStep, standing: Standing, facts: Facts): ForeseenItem {
    const plan =
      standing.leftOut === undefined ? this.#planStep(step, facts, standing.depends) : leftOut(step, standing.leftOut);
    this.plans[step.index] = plan;
    const begins = plan.ways.length > 0;
    // What may be left out by its condition does not fail for certain.
    return { fails: plan.impossible !== undefined && plan.depends.length === 0, begins, isLeftOut: !begins };
  }

  #call(call: Call, standing: Standing, facts: Facts): ForeseenItem {
    const condition = standing.leftOut === undefined ? evaluateCondition(call, facts) : true;
    if (condition === false) {
      this.block(call.block, { ...standing, leftOut: describeFalse(call, facts) });
      return { fails: false, begins: false, isLeftOut: true };
    }
    const depends = condition === true ? standing.depends : [...standing.depends, condition.depends];
    const foreseen = this.block(call.block, { ...standing, depends });
    return { ...foreseen, ...(depends.length > 0 && { fails: false }), isLeftOut: false };
  }
}
