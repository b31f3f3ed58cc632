import { type SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import { attempt, type AttemptResult } from '../attempt';
import { timeLimitMs } from '../engine';
import type { Intent } from '../ledger';
import type { CloseMove, Standing, TryMove } from '../machine/move';
import { nextMove } from '../machine/nextMove';
import { judgeBlock } from '../machine/verdict';
import { evaluateCondition, type Facts } from '../program/facts';
import type { ProgramStep } from '../program/program';
import { type ComputerResult, isSuccess } from '../result';
import { act } from '../act';
import type { ComputerTask, RunSetting } from './computerTask';
import { withEarlierDoubt } from '../doubt';
import { type Preparation, prepareStep } from './prepareStep';
import { StepRecords } from './stepRecords';
import { computerResult, untriedResult } from './stepResults';
import { haltedBecause, signalsAgainst, stopMode } from './stopMode';

const resumeHint =
  'Free disk space or the lock, then `sideband job run --resume RUN`: what may have happened is not done again.';

type Ready = Extract<Preparation, { ways: unknown }>;

/** One computer on its way through a job: does the machine’s moves, and records what came of them. */
export class Course {
  readonly #task: ComputerTask;
  readonly #setting: RunSetting;
  readonly #records: StepRecords;
  /** Why nothing more may be done: what is not recorded would be done twice one day. */
  #ledgerError: SidebandError | undefined;
  #hasPlace = true;

  constructor(task: ComputerTask, setting: RunSetting) {
    this.#task = task;
    this.#setting = setting;
    this.#records = new StepRecords(setting.program, task.records);
  }

  /** A rejection is a defect. */
  async run(): Promise<ComputerResult> {
    const { program, stops } = this.#setting;
    const { states } = this.#records;
    const holds = (item: Parameters<typeof evaluateCondition>[0], standing: Standing): boolean =>
      evaluateCondition(item, this.#facts(standing)) === true;
    for (;;) {
      const move = nextMove({ program, states, stop: stopMode(stops), holds });
      if (move.kind === 'end') return computerResult(this.#task.computer.name, move.verdict, this.#records);
      await (move.kind === 'close' ? this.#close(move) : this.#try(move));
      if (this.#ledgerError) return this.#unrecorded(this.#ledgerError);
    }
  }

  async #close({ steps, closing }: CloseMove): Promise<void> {
    const result = untriedResult(this.#task.computer.name, closing, haltedBecause(this.#setting.stops));
    await Promise.all(steps.map((step) => this.#record(step, result)));
  }

  async #try(move: TryMove): Promise<void> {
    // From the machine’s move to the step's first message nothing waits, so that no stop comes between them.
    if ((move.delayMs > 0 || !this.#hasPlace) && !(await this.#takesTurn(move))) return;
    const { step, standing } = move;
    const { computer, planned } = this.#task;
    const { technology } = this.#setting;
    const startedAt = performance.now();
    const preparation = prepareStep(step, {
      computer,
      records: this.#records,
      planned: planned?.[step.index],
      technology,
      facts: () => this.#facts(standing),
    });
    const isTried = 'ways' in preparation;
    let before: string | undefined;
    const came = isTried ? await this.#attempt(step, preparation, (found) => (before ??= found)) : preparation.untried;
    const answer = step.operation.kind === 'change' ? withEarlierDoubt(came, this.#records.of(step)) : came;
    const durationMs = Math.round(performance.now() - startedAt);
    const result = { computer: computer.name, ok: isSuccess(answer.outcome), durationMs, ...answer };
    await this.#record(step, result, { before, ...(isTried && { attempts: move.attempt }) });
  }

  /** Waits for the step’s turn. Whether it has come: else the machine is to look again. */
  async #takesTurn({ delayMs, inFinally }: TryMove): Promise<boolean> {
    const against = signalsAgainst(this.#setting.stops, inFinally ? 'finally' : 'steps');
    // Whoever is woken early looks at why.
    if (delayMs > 0) await sleep(delayMs, against).catch(() => undefined);
    if (!this.#hasPlace) await this.#task.place?.retake();
    this.#hasPlace = true;
    return !against.aborted;
  }

  #attempt(step: ProgramStep, { parameters, ways }: Ready, onBefore: (found?: string) => void): Promise<AttemptResult> {
    const { computer, place } = this.#task;
    const { engine, frontend, guard, timeoutMs, stops } = this.#setting;
    const { sessions, definitions } = engine;
    const { operation } = step;
    return attempt(
      { computer, ways },
      (way, turn) =>
        act({
          operation,
          way,
          parameters,
          request: { sessions, definitions, computer, log: frontend.log, ...turn },
          intend: async (technology, before) => {
            const found = before !== undefined && { before };
            await this.#intend({ computer: computer.name, technology, step: step.index, ...found });
            onBefore(before);
          },
        }),
      {
        guard,
        timeoutMs: step.timeoutMs ?? timeLimitMs(operation, parameters, timeoutMs),
        asks: frontend.asks,
        onSilence: () => {
          this.#hasPlace = false;
          place?.release();
        },
        signal: stops.stop,
      },
    );
  }

  async #intend(intent: Intent): Promise<void> {
    try {
      await this.#setting.writer.intend(intent);
    } catch (thrown) {
      throw (this.#ledgerError ??= toSidebandError(thrown));
    }
  }

  /** Without `attempts` it was not tried again. */
  async #record(
    step: ProgramStep,
    result: ComputerResult,
    news: { readonly attempts?: number; readonly before?: string | undefined } = {},
  ): Promise<void> {
    const earlier = this.#records.of(step);
    const attempts = news.attempts ?? earlier?.attempts ?? 0;
    const before = earlier?.before ?? news.before;
    this.#records.keep({ ...result, step: step.index, attempts, ...(before !== undefined && { before }) });
    try {
      await this.#setting.writer.closeStep({ step: step.index, attempts, result });
    } catch (thrown) {
      this.#ledgerError ??= toSidebandError(thrown);
    }
  }

  /** What is known to be worse than that the ledger failed stays so. */
  #unrecorded(error: SidebandError): ComputerResult {
    const verdict = judgeBlock(this.#setting.program.root, this.#records.states);
    const soFar = computerResult(this.#task.computer.name, verdict, this.#records);
    if (soFar.outcome === 'unknown') return soFar;
    const { code, hint, message } = {
      code: error.code,
      hint: error.details.hint ?? resumeHint,
      message: `nothing more was done: ${error.message}`,
    };
    return { ...soFar, ok: false, outcome: 'failed', error: { code, hint, message } };
  }

  #facts(standing: Standing): Facts {
    return this.#records.facts(this.#task.computer, this.#setting.inputs, standing);
  }
}
