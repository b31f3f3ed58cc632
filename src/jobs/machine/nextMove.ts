import { type Block, type Call, isCall, type ProgramStep } from '../program/program';
import { mayRetry } from './mayRetry';
import type { Closing, Move, Situation, Standing, StepState, StepStates } from './move';
import { judgeBlock, judgeItem } from './verdict';

/** What is to be done next on a computer, by its records alone; see the README beside this file. */
export function nextMove(situation: Situation): Move {
  const { program, states } = situation;
  return new Walk(situation).block(program.root, false) ?? { kind: 'end', verdict: judgeBlock(program.root, states) };
}

/** Where the walk is in a list of steps. */
interface Place {
  readonly inFinally: boolean;
  /** Whether nothing may begin here any more. */
  readonly brokenOff: boolean;
  failed: boolean;
}

/** Told of an item that was not begun and must not be: nor are those after it in its list. */
const breakOff = 'break off';

/** Goes over what has ended, in the program’s order, up to the first that has not. */
class Walk {
  readonly #situation: Situation;
  readonly #states: StepStates;

  constructor(situation: Situation) {
    this.#situation = situation;
    this.#states = situation.states;
  }

  /** Nothing when all of it has ended. */
  block({ steps, finally: last }: Block, inFinally: boolean): Move | undefined {
    const place = this.#place(inFinally);
    const move = this.#items(steps, place);
    if (move || last.length === 0) return move;
    if (!hasBegun(steps, this.#states)) return this.#close(last, { as: 'not-begun' });
    return this.#items(last, { ...this.#place(true), failed: place.failed });
  }

  #place(inFinally: boolean): Place {
    const { stop } = this.#situation;
    return { inFinally, brokenOff: stop === 'stop' || (stop !== 'none' && !inFinally), failed: false };
  }

  #items(items: readonly (ProgramStep | Call)[], place: Place): Move | undefined {
    for (const [at, item] of items.entries()) {
      const move = isCall(item) ? this.#call(item, place) : this.#step(item, place);
      if (move === breakOff) {
        return this.#close(items.slice(at), { as: this.#situation.stop === 'halt' ? 'halted' : 'cancelled' });
      }
      if (move) return move;
      if (judgeItem(item, this.#states)?.ok === false) place.failed = true;
    }
    return undefined;
  }

  #call(call: Call, place: Place): Move | typeof breakOff | undefined {
    if (!hasBegun([call], this.#states)) {
      if (openSteps([call], this.#states).length === 0) return undefined;
      if (place.brokenOff) return breakOff;
      if (!this.#holds(call, place)) return this.#close([call], { as: 'left-out', because: call });
    }
    return this.block(call.block, place.inFinally);
  }

  #step(step: ProgramStep, place: Place): Move | typeof breakOff | undefined {
    const state = this.#states[step.index];
    if (!state) {
      if (place.brokenOff) return breakOff;
      if (this.#holds(step, place)) return this.#try(step, place, { attempt: 1, delayMs: 0 });
      return { kind: 'close', steps: [step], closing: { as: 'left-out', because: step } };
    }
    if (state.outcome === 'running') {
      if (step.operation.repeatable && !place.brokenOff) {
        return this.#try(step, place, { attempt: Math.max(1, state.attempts), delayMs: 0 });
      }
      return { kind: 'close', steps: [step], closing: { as: 'interrupted' } };
    }
    if (place.brokenOff || !mayRetry(step, state) || this.#wasPassed(step)) return undefined;
    return this.#try(step, place, { attempt: state.attempts + 1, delayMs: step.retryDelayMs });
  }

  #try(step: ProgramStep, place: Place, how: { readonly attempt: number; readonly delayMs: number }): Move {
    return { kind: 'try', step, ...how, inFinally: place.inFinally, standing: this.#standing(place) };
  }

  #holds(item: ProgramStep | Call, place: Place): boolean {
    if (item.condition) return this.#situation.holds(item, this.#standing(place));
    return item.role === 'finally' || !place.failed;
  }

  #standing({ failed }: Place): Standing {
    return { failed, cancelled: this.#situation.stop !== 'none' || this.#states.some(wasBrokenOff) };
  }

  #close(items: readonly (ProgramStep | Call)[], closing: Closing): Move | undefined {
    const steps = openSteps(items, this.#states);
    return steps.length === 0 ? undefined : { kind: 'close', steps, closing };
  }

  /** Whether an earlier process has gone on to later steps, so that it is not gone back to. */
  #wasPassed({ index }: ProgramStep): boolean {
    for (let later = this.#states.length - 1; later > index; later--) if (this.#states[later]) return true;
    return false;
  }
}

/** Whether any step of them was tried. */
function hasBegun(items: readonly (ProgramStep | Call)[], states: StepStates): boolean {
  return items.some((item) => {
    if (isCall(item)) return hasBegun(item.block.steps, states) || hasBegun(item.block.finally, states);
    const state = states[item.index];
    return state !== undefined && (state.outcome === 'running' || state.attempts > 0);
  });
}

/** Those of which nothing has become yet. */
function openSteps(items: readonly (ProgramStep | Call)[], states: StepStates): readonly ProgramStep[] {
  return items.flatMap((item) => {
    if (isCall(item)) return [...openSteps(item.block.steps, states), ...openSteps(item.block.finally, states)];
    return states[item.index] ? [] : [item];
  });
}

function wasBrokenOff(state: StepState | undefined): boolean {
  return state?.outcome === 'cancelled' || state?.error?.code === 'run.halted';
}
