import { SidebandError } from '../../base/errors';
import { timeSynchronizationService } from '../../protocols/amt/cim/timeSynchronizationService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import type { AmtClient } from './client';

const { resourceUri } = timeSynchronizationService;
/** The device tells whole seconds, and some time passes on the way. */
const inStepSeconds = 2;

/** The device's clock beside this machine's, both in seconds since 1970. */
export interface ClockReading {
  readonly deviceTime: number;
  /** When the device's answer arrived. */
  readonly ownTime: number;
  /** Positive: the device is ahead. */
  readonly offsetSeconds: number;
  readonly isInStep: boolean;
}

export async function readClock(client: AmtClient, signal: AbortSignal): Promise<ClockReading> {
  const options = { signal, kind: 'read' } as const;
  const output = await client.wsman.invoke(resourceUri, 'GetLowAccuracyTimeSynch', {}, options);
  const ownTime = nowInSeconds();
  const digits = assertCompleted(output, 'GetLowAccuracyTimeSynch').text('Ta0') ?? '';
  if (!/^\d{1,10}$/.test(digits)) throw new SidebandError('protocol.invalid', 'the device gave no time');
  const deviceTime = Number(digits);
  const offsetSeconds = deviceTime - ownTime;
  return { deviceTime, ownTime, offsetSeconds, isInStep: Math.abs(offsetSeconds) <= inStepSeconds };
}

/** Sets the device's clock to this machine's. A lost answer rejects with the effect `unknown`. */
export async function setClock(
  client: AmtClient,
  { deviceTime, ownTime }: ClockReading,
  signal: AbortSignal,
): Promise<void> {
  const times = { Ta0: deviceTime, Tm1: ownTime, Tm2: nowInSeconds() };
  const output = await client.wsman.invoke(resourceUri, 'SetHighAccuracyTimeSynch', times, { signal });
  assertCompleted(output, 'SetHighAccuracyTimeSynch');
}

function nowInSeconds(): number {
  return Math.round(Date.now() / 1000);
}
