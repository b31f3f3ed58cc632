import { holdsTemplate } from '../file/template';
import { checkParameters } from '../parameters';
import { type Block, type Call, isCall, type Program, type ProgramStep } from '../program/program';

type Parameters = Readonly<Record<string, unknown>>;

/** What is looked up in a program again and again, for every computer of a run. */
export class ProgramIndex {
  readonly byId: ReadonlyMap<string, ProgramStep>;
  readonly calls: readonly Call[];
  readonly #constants = new Map<ProgramStep, Parameters>();

  constructor({ steps, root }: Program) {
    this.byId = new Map(steps.map((step) => [step.id, step]));
    this.calls = callsOf(root);
  }

  /** The checked parameters of a step when they are the same for every computer. Throws `usage.invalid`. */
  constantParameters(step: ProgramStep): Parameters | undefined {
    const known = this.#constants.get(step);
    if (known || holdsTemplate(step.with)) return known;
    const parameters = checkParameters(step.operation, step.with);
    this.#constants.set(step, parameters);
    return parameters;
  }
}

const indexes = new WeakMap<Program, ProgramIndex>();

export function indexOf(program: Program): ProgramIndex {
  let index = indexes.get(program);
  if (!index) indexes.set(program, (index = new ProgramIndex(program)));
  return index;
}

/** Those inside others before them. */
function callsOf({ steps, finally: last }: Block): readonly Call[] {
  return [...steps, ...last].flatMap((item) => (isCall(item) ? [...callsOf(item.block), item] : []));
}
