import { type Block, type Call, isCall, type ProgramStep } from '../program/program';
import { mayRetry } from './mayRetry';
import type { Closing, Move, Situation, Standing } from './move';
import { hasBegun, isBrokenOff, openSteps, wasPassed } from './states';
import { judgeBlock, judgeItem } from './verdict';

type Items = readonly (ProgramStep | Call)[];

/** What is to be done next on a computer, by its records alone; see the README beside this file. */
export function nextMove(situation: Situation): Move {
  const { program, states } = situation;
  const move = new Walk(situation).block(program.root, { inFinally: false });
  return move ?? { kind: 'end', verdict: judgeBlock(program.root, states) };
}

/** Where the walk is: in a list of steps of a block. */
interface Place {
  readonly block: Block;
  readonly inFinally: boolean;
  /** Why nothing may begin here any more. */
  brokenOff?: 'cancelled' | 'halted' | undefined;
  failed: boolean;
}

/** Told of an item that was not begun and must not be: nor are those after it in its list. */
const breakOff = 'break off';

/** Goes over what has ended, in the program’s order, up to the first that has not. */
class Walk {
  readonly #situation: Situation;

  constructor(situation: Situation) {
    this.#situation = situation;
  }

  /** Nothing when all of it has ended. */
  block(block: Block, { inFinally }: Pick<Place, 'inFinally'>): Move | undefined {
    const { states } = this.#situation;
    const steps: Place = { block, inFinally, brokenOff: this.#stopsAt(inFinally), failed: false };
    const move = this.#items(block.steps, steps);
    if (move || block.finally.length === 0) return move;
    if (!hasBegun(block.steps, states)) return this.#close(block.finally, { as: 'not-begun' });
    return this.#items(block.finally, { ...steps, inFinally: true, brokenOff: this.#stopsAt(true) });
  }

  #stopsAt(inFinally: boolean): Place['brokenOff'] {
    const { stop } = this.#situation;
    if (stop === 'none' || (inFinally && stop !== 'stop')) return undefined;
    return stop === 'halt' ? 'halted' : 'cancelled';
  }

  #items(items: Items, place: Place): Move | undefined {
    const { states } = this.#situation;
    for (const [at, item] of items.entries()) {
      const move = isCall(item) ? this.#call(item, place) : this.#step(item, place);
      if (move === breakOff) return this.#close(items.slice(at), { as: place.brokenOff ?? 'cancelled' });
      if (move) return move;
      if (judgeItem(item, states)?.ok === false) place.failed = true;
      // An earlier process was told to: it had no time to write that down for those after it.
      place.brokenOff ??= isBrokenOff(item, states);
    }
    return undefined;
  }

  #call(call: Call, place: Place): Move | typeof breakOff | undefined {
    const { states } = this.#situation;
    if (!hasBegun([call], states)) {
      if (openSteps([call], states).length === 0) return undefined;
      if (place.brokenOff) return breakOff;
      if (!this.#holds(call, place)) return this.#close([call], { as: 'left-out', because: call });
    }
    return this.block(call.block, place);
  }

  #step(step: ProgramStep, place: Place): Move | typeof breakOff | undefined {
    const { states } = this.#situation;
    const state = states[step.index];
    if (!state) {
      if (place.brokenOff) return breakOff;
      if (!this.#holds(step, place)) return this.#close([step], { as: 'left-out', because: step });
      return this.#try(step, place, { attempt: 1, delayMs: 0 });
    }
    if (state.outcome === 'running') {
      const isTriedAgain = step.operation.repeatable && !place.brokenOff;
      if (!isTriedAgain) return { kind: 'close', steps: [step], closing: { as: 'interrupted' } };
      return this.#try(step, place, { attempt: Math.max(1, state.attempts), delayMs: 0 });
    }
    if (place.brokenOff || !mayRetry(step, state) || wasPassed(step, states)) return undefined;
    return this.#try(step, place, { attempt: state.attempts + 1, delayMs: step.retryDelayMs });
  }

  #try(step: ProgramStep, place: Place, how: { readonly attempt: number; readonly delayMs: number }): Move {
    return { kind: 'try', step, ...how, inFinally: place.inFinally, standing: this.#standing(place) };
  }

  #holds(item: ProgramStep | Call, place: Place): boolean {
    if (item.condition) return this.#situation.holds(item, this.#standing(place));
    return item.role === 'finally' || !place.failed;
  }

  #standing({ block, failed }: Place): Standing {
    const { states } = this.#situation;
    return { failed, cancelled: block.steps.some((item) => isBrokenOff(item, states) !== undefined) };
  }

  #close(items: Items, closing: Closing): Move | undefined {
    const steps = openSteps(items, this.#situation.states);
    return steps.length === 0 ? undefined : { kind: 'close', steps, closing };
  }
}
