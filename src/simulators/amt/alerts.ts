import { Emitter } from '../../base/emitter';
import { type AmtEvent, eventLog } from './classes/eventLog';
import type { AmtDevice } from './device';
import { perDevice } from './model/amtClass';

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
  readonly record?: AmtEvent;
}

const emitters = perDevice(() => new Emitter<Alert>());

/** Lets something happen: the event log writes it down and subscribers are told. */
export function raise(device: AmtDevice, alert: Alert): void {
  if (alert.record) eventLog(device).add(alert.record);
  emitters(device).fire(alert);
}

export function onDidRaise(device: AmtDevice, listener: (alert: Alert) => void): void {
  emitters(device).event(listener);
}
