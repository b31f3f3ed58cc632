/** What a device does otherwise than it should, from now on or for the next requests. */
export class Faults {
  /** Before each answer, in milliseconds. */
  delayMs = 0;
  /** Closes the connection after every answer. */
  closeAfterEveryAnswer = false;
  /** Takes requests and answers nothing. */
  isSilent = false;
  readonly #lost: string[] = [];
  readonly #tears: number[] = [];
  #busy = 0;
  #staleNonces = 0;

  /**
   * Carries out the next request of this name and closes the connection instead of answering. The name is an operation (`Get`,
   * `Put`, `Pull` …), a method, or either with the class before it: `AMT_GeneralSettings.Put`.
   */
  loseAnswerTo(what: string): void {
    this.#lost.push(what);
  }

  /** Writes the next answer in pieces of that many bytes, one after the other. */
  tearChunks(bytes = 1): void {
    this.#tears.push(bytes);
  }

  /** Answers the next so many requests with the fault QuotaLimit: service is busy. */
  busy(requests = 1): void {
    this.#busy += requests;
  }

  /** Treats the nonce of the next request as too old. */
  staleNonce(): void {
    this.#staleNonces++;
  }

  /** Whether the answer to this request is to be lost; asked once. */
  takesLoss(className: string, operation: string): boolean {
    const at = this.#lost.findIndex((what) => what === operation || what === `${className}.${operation}`);
    if (at < 0) return false;
    this.#lost.splice(at, 1);
    return true;
  }

  takesTear(): number | undefined {
    return this.#tears.shift();
  }

  takesBusy(): boolean {
    if (this.#busy === 0) return false;
    this.#busy--;
    return true;
  }

  takesStaleNonce(): boolean {
    if (this.#staleNonces === 0) return false;
    this.#staleNonces--;
    return true;
  }
}
