import { type Call, isCall, type ProgramStep } from '../program/program';
import type { StepStates } from './move';

/** Whether any step of them was tried. */
export function hasBegun(items: readonly (ProgramStep | Call)[], states: StepStates): boolean {
  return items.some((item) => {
    if (isCall(item)) return hasBegun(item.block.steps, states) || hasBegun(item.block.finally, states);
    const state = states[item.index];
    return state !== undefined && (state.outcome === 'running' || state.attempts > 0);
  });
}

/** Those of which nothing has become yet. */
export function openSteps(items: readonly (ProgramStep | Call)[], states: StepStates): readonly ProgramStep[] {
  return items.flatMap((item) => {
    if (isCall(item)) return [...openSteps(item.block.steps, states), ...openSteps(item.block.finally, states)];
    return states[item.index] ? [] : [item];
  });
}

/** Whether a step, or one of a called job, was closed untried because the computer’s way ended early. */
export function isBrokenOff(item: ProgramStep | Call, states: StepStates): 'cancelled' | 'halted' | undefined {
  if (isCall(item)) {
    for (const inner of [...item.block.steps, ...item.block.finally]) {
      const how = isBrokenOff(inner, states);
      if (how) return how;
    }
    return undefined;
  }
  const state = states[item.index];
  if (state?.attempts !== 0) return undefined;
  if (state.outcome === 'cancelled') return 'cancelled';
  return state.error?.code === 'run.halted' ? 'halted' : undefined;
}

/** Whether later steps have records, so that the step is not gone back to. */
export function wasPassed({ index }: ProgramStep, states: StepStates): boolean {
  for (let later = states.length - 1; later > index; later--) if (states[later]) return true;
  return false;
}
