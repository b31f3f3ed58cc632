import type { PowerState } from '../fleet/computer';

/** What can be asked of a computer's power. Not every technology offers every one. */
export type PowerAction =
  'on' | 'off' | 'off-graceful' | 'cycle' | 'reset' | 'reset-graceful' | 'nmi' | 'sleep' | 'hibernate';

/** What a device says of a computer's power. */
export interface PowerReading {
  readonly state: PowerState;
  /** How it sleeps. Absent: it does not, or the device does not say. */
  readonly sleep?: 'sleep' | 'hibernate';
  /** What may be asked for in this state. Absent: the device does not say. */
  readonly offered?: readonly PowerAction[];
  /** What would make it offer more, in a sentence. */
  readonly advice?: string;
}

/** The part of a client that powers computers. */
export interface PowerClient<Action extends PowerAction = PowerAction> {
  readPower(signal: AbortSignal): Promise<PowerReading>;
  /**
   * Resolves when the device has accepted, which is seconds before the state changes. `confirmed` is false when its answer was
   * lost but it is known to have answered. Rejects with the effect `unknown` when it may have happened.
   */
  readonly requestPower: (action: Action, signal: AbortSignal) => Promise<{ readonly confirmed: boolean }>;
}
