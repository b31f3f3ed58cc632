/** The simulated computer behind a BMC. */
export class Machine {
  /** How long the power takes to follow, in milliseconds. */
  readonly #powerDelayMs: number;
  #on: boolean;
  #pending: NodeJS.Timeout | undefined;
  /** System restart cause, IPMI v2.0 section 28.11: 3 is the power button. */
  restartCause = 3;
  /** Chassis Control requests carried out, by their number. */
  readonly acts: number[] = [];
  restorePolicy = 2;

  constructor({ on, powerDelayMs }: { readonly on: boolean; readonly powerDelayMs: number }) {
    this.#on = on;
    this.#powerDelayMs = powerDelayMs;
  }

  get on(): boolean {
    return this.#on;
  }

  /** Carries out Chassis Control; gives the completion code. */
  control(act: number): number {
    switch (act) {
      case 0:
      case 5:
        this.#follow(false);
        break;
      case 1:
        this.#follow(true);
        break;
      case 2:
      case 3:
        if (!this.#on) return 0xd5;
        this.restartCause = 1;
        break;
      case 4:
        if (!this.#on) return 0xd5;
        break;
      default:
        return 0xcc;
    }
    this.acts.push(act);
    return 0x00;
  }

  dispose(): void {
    clearTimeout(this.#pending);
  }

  #follow(on: boolean): void {
    clearTimeout(this.#pending);
    const settle = (): void => {
      if (on && !this.#on) this.restartCause = 1;
      this.#on = on;
    };
    if (this.#powerDelayMs === 0) settle();
    else this.#pending = setTimeout(settle, this.#powerDelayMs);
  }
}
