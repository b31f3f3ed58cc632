import { Emitter } from '../../base/emitter';
import type { AmtDevice } from './device';
import { perDevice } from './model/amtClass';

/** What the event log keeps of an event, apart from the time: the fields of an ASF platform event trap. */
export interface EventRecord {
  readonly deviceAddress?: number;
  readonly sensorType: number;
  /** Absent: 0x6f, sensor specific. */
  readonly eventType?: number;
  readonly eventOffset?: number;
  /** Absent: 0x68, firmware. */
  readonly sourceType?: number;
  /** 1 monitor, 2 information, 4 OK, 8 non-critical, 16 critical, 32 non-recoverable. */
  readonly severity: number;
  readonly sensorNumber?: number;
  /** Absent: 38, the management engine. */
  readonly entity?: number;
  readonly entityInstance?: number;
  /** Up to 8 bytes. */
  readonly data?: readonly number[];
}

/** Something that happens to a device, which it tells in every way that it has been told to. */
export interface Alert {
  /** As Intel's and the DMTF's message registries have it: `iAMT0050`, `PLAT0004`. */
  readonly messageId: string;
  readonly messageArguments?: readonly string[];
  /** Only some messages have a text. */
  readonly message?: string;
  /** PerceivedSeverity; absent: 2, information. */
  readonly perceivedSeverity?: number;
  /** What goes into the event log; absent: nothing. */
  readonly record?: EventRecord;
}

const emitters = perDevice(() => new Emitter<Alert>());

/** Lets something happen: subscribers are told and the event log writes it down. */
export function raise(device: AmtDevice, alert: Alert): void {
  emitters(device).fire(alert);
}

export function onDidRaise(device: AmtDevice, listener: (alert: Alert) => void): void {
  emitters(device).event(listener);
}
