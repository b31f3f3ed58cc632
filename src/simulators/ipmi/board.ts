import { EventLog } from './eventLog';
import { fruImage, type FruTexts } from './fru';
import { type SensorBoard, sensorBoard } from './sensors';

/** What a controller knows of its board besides the power: log, inventory, boot options. Made when it is first asked for. */
export class Board {
  readonly #texts: FruTexts;
  readonly #startedAt = Math.floor(Date.now() / 1000);
  #eventLog: EventLog | undefined;
  #fru: Buffer | undefined;
  /** By parameter, IPMI v2.0 table 28-14. */
  readonly bootOptions = new Map<number, Buffer>();
  /** What was set of LAN channels and of event filtering, by parameter and set. */
  readonly settings = new Map<string, Buffer>();
  readonly sensors: SensorBoard;
  sdrReservation = 0;

  constructor(texts: FruTexts, sensors: number) {
    this.#texts = texts;
    this.sensors = sensorBoard(sensors);
  }

  get eventLog(): EventLog {
    return (this.#eventLog ??= new EventLog(this.#startedAt));
  }

  get fru(): Buffer {
    return (this.#fru ??= fruImage(this.#texts));
  }
}
