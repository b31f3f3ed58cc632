import { SidebandError } from '../../base/errors';
import type { StopMode } from '../machine/move';
import type { ComputerStops } from './computerTask';

export function stopMode({ stop, windDown, halt }: ComputerStops): StopMode {
  if (stop.aborted) return 'stop';
  if (windDown.aborted) return 'windDown';
  return halt?.aborted ? 'halt' : 'none';
}

/** The signals that keep a step from beginning. */
export function signalsAgainst({ stop, windDown, halt }: ComputerStops, place: 'steps' | 'finally'): AbortSignal {
  if (place === 'finally') return stop;
  return AbortSignal.any([stop, windDown, ...(halt ? [halt] : [])]);
}

/** Why the run stopped early, in a sentence; empty when it did not. */
export function haltedBecause({ halt }: ComputerStops): string {
  return halt?.reason instanceof SidebandError ? halt.reason.message : '';
}
