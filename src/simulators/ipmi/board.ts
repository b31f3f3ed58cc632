import { EventLog } from './eventLog';
import { fruImage, type FruTexts } from './fru';

/** What a controller knows of its board besides the power: log, inventory, boot options. Made when it is first asked for. */
export class Board {
  readonly #texts: FruTexts;
  readonly #startedAt = Math.floor(Date.now() / 1000);
  #eventLog: EventLog | undefined;
  #fru: Buffer | undefined;
  /** By parameter, IPMI v2.0 table 28-14. */
  readonly bootOptions = new Map<number, Buffer>();
  sdrReservation = 0;

  constructor(texts: FruTexts) {
    this.#texts = texts;
  }

  get eventLog(): EventLog {
    return (this.#eventLog ??= new EventLog(this.#startedAt));
  }

  get fru(): Buffer {
    return (this.#fru ??= fruImage(this.#texts));
  }
}
