import type { PowerState } from '../fleet/computer';

/** What can be asked of a computer's power. Not every technology offers every one. */
export type PowerAction =
  'on' | 'off' | 'off-graceful' | 'cycle' | 'reset' | 'reset-graceful' | 'nmi' | 'sleep' | 'hibernate';

/** The part of a client that powers computers. */
export interface PowerClient {
  powerState(signal: AbortSignal): Promise<PowerState>;
  /**
   * Resolves when the device has accepted, which is seconds before the state changes. `confirmed` is false when its answer was
   * lost but it is known to have answered. Rejects with the effect `unknown` when it may have happened.
   */
  requestPower(action: PowerAction, signal: AbortSignal): Promise<{ readonly confirmed: boolean }>;
}
