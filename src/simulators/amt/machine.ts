import { Emitter } from '../../base/emitter';

/** PowerState of CIM_AssociatedPowerManagementService. */
export const PowerState = { on: 2, sleep: 4, offHard: 6, hibernate: 7, off: 8 } as const;
export type PowerState = (typeof PowerState)[keyof typeof PowerState];

export interface MachineOptions {
  readonly power: PowerState;
  /** How long the power takes to follow, in milliseconds. */
  readonly delayMs: number;
  /** Whether the operating system runs Intel's local management service: without it no request reaches the system. */
  readonly hasLms: boolean;
  readonly hasModernStandby: boolean;
}

/** The simulated computer beside the management engine. */
export class Machine {
  readonly #delayMs: number;
  readonly #booted = new Emitter<void>();
  readonly #changed = new Emitter<PowerState>();
  #power: PowerState;
  #pending: NodeJS.Timeout | undefined;
  readonly hasModernStandby: boolean;
  hasLms: boolean;
  /** Whether the operating system saves power while the state stays `on`: modern standby. */
  isSavingPower = false;

  constructor({ power, delayMs, hasLms, hasModernStandby }: MachineOptions) {
    this.#power = power;
    this.#delayMs = delayMs;
    this.hasLms = hasLms;
    this.hasModernStandby = hasModernStandby;
  }

  get power(): PowerState {
    return this.#power;
  }

  get isOn(): boolean {
    return this.#power === PowerState.on;
  }

  /** Fires when the firmware starts, before the power is seen on. */
  readonly onDidBoot = this.#booted.event;
  readonly onDidChange = this.#changed.event;

  /** Goes to a state after the delay; to `on` through a boot, except out of sleep. */
  goTo(power: PowerState): void {
    this.#later(() => {
      const boots = power === PowerState.on && this.#power !== PowerState.on && this.#power !== PowerState.sleep;
      this.#settle(power, boots);
    });
  }

  /** Starts anew after the delay. */
  restart(): void {
    this.#later(() => {
      this.#settle(PowerState.on, true);
    });
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#booted.dispose();
    this.#changed.dispose();
  }

  #settle(power: PowerState, boots: boolean): void {
    this.isSavingPower = false;
    this.#power = power;
    if (boots) this.#booted.fire();
    this.#changed.fire(power);
  }

  #later(run: () => void): void {
    clearTimeout(this.#pending);
    if (this.#delayMs === 0) run();
    else this.#pending = setTimeout(run, this.#delayMs);
  }
}
