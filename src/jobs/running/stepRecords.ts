import type { Computer } from '../../fleet/computer';
import type { EarlierStep } from '../../operations/operation';
import type { InputValues } from '../file/job';
import type { RecordedStep } from '../ledger';
import type { Standing, StepStates } from '../machine/move';
import { judgeBlock } from '../machine/verdict';
import type { Facts, StepFacts } from '../program/facts';
import type { Program, ProgramStep } from '../program/program';
import { indexOf, type ProgramIndex } from './programIndex';

/** What is recorded of one computer's steps, as the machine and the expressions see it. */
export class StepRecords {
  readonly index: ProgramIndex;
  readonly #program: Program;
  readonly #records: (RecordedStep | undefined)[];
  readonly #facts = new Map<string, StepFacts>();

  constructor(program: Program, records: readonly RecordedStep[]) {
    this.index = indexOf(program);
    this.#program = program;
    this.#records = program.steps.map(() => undefined);
    for (const record of records) this.keep(record);
  }

  get states(): StepStates {
    return this.#records;
  }

  of({ index }: ProgramStep): RecordedStep | undefined {
    return this.#records[index];
  }

  keep(record: RecordedStep): void {
    const step = this.#program.steps[record.step];
    if (!step) return;
    this.#records[record.step] = record;
    this.#facts.set(step.id, record);
  }

  facts(computer: Computer, inputs: InputValues, standing: Standing): Facts {
    for (const { id, block } of this.index.calls) this.#facts.set(id, judgeBlock(block, this.states));
    return { inputs, computer, steps: this.#facts, ...standing, at: 'run' };
  }

  /** What another step of the same file came to. */
  earlier(id: string, later: ProgramStep): EarlierStep {
    const step = this.index.byId.get(later.scope.prefix + id);
    const record = step && this.of(step);
    if (!record || (record.outcome === 'skipped' && !record.error)) return { id, outcome: 'not-begun' };
    const { outcome, before } = record;
    return {
      id,
      outcome: outcome === 'running' ? 'unknown' : outcome,
      ...(before !== undefined && { before }),
      ...(this.#restartedBetween(step, later) && { restarted: true }),
    };
  }

  #restartedBetween(first: ProgramStep, last: ProgramStep): boolean {
    return this.#program.steps.slice(first.index + 1, last.index).some((step) => {
      const mayHaveHappened = (this.of(step)?.attempts ?? 0) > 0;
      return mayHaveHappened && step.operation.restarts?.(step.with) === true;
    });
  }
}
