import { alarmClockOccurrence } from '../../protocols/amt/cim/alarmClockOccurrence';
import { alarmClockService } from '../../protocols/amt/cim/alarmClockService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import type { Difference } from '../difference';
import type { AmtClient } from './client';

const minuteMs = 60_000;

/** What wakes the computer at a time. Since AMT 8. */
export interface Alarm {
  /** The key, chosen by who sets it. */
  readonly id: string;
  /** The next time, in milliseconds since 1970. */
  readonly at: number;
  /** Between two times, in milliseconds; 0: once. */
  readonly intervalMs: number;
  /** The device forgets it after the last time. */
  readonly deleteOnCompletion: boolean;
}

/** The alarms in the device's order. */
export async function readAlarms(client: AmtClient, signal: AbortSignal): Promise<readonly Alarm[]> {
  const alarms = await client.list(alarmClockOccurrence, signal);
  return alarms.map(({ InstanceID, StartTime, Interval, DeleteOnCompletion }) => ({
    id: InstanceID ?? '',
    at: StartTime?.getTime() ?? 0,
    intervalMs: Interval ?? 0,
    deleteOnCompletion: DeleteOnCompletion ?? false,
  }));
}

/** What is to be done so that the device has this alarm: an alarm of the same name that is otherwise has to go first. */
export async function alarmDifferences(
  client: AmtClient,
  wanted: Alarm,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const held = (await readAlarms(client, signal)).find(({ id }) => id === wanted.id);
  if (held && isSame(held, wanted)) return [];
  return [
    ...(held ? [removal(client, held.id)] : []),
    { name: `alarm ${wanted.id}`, write: (stop) => addAlarm(client, wanted, stop) },
  ];
}

/** What is to be done so that the device does not have an alarm of this name. */
export async function alarmRemovals(
  client: AmtClient,
  id: string,
  signal: AbortSignal,
): Promise<readonly Difference[]> {
  const held = await readAlarms(client, signal);
  return held.filter((alarm) => alarm.id === id).map((alarm) => removal(client, alarm.id));
}

function removal(client: AmtClient, id: string): Difference {
  const { resourceUri } = alarmClockOccurrence;
  return {
    name: `alarm ${id} removed`,
    write: (signal) => client.wsman.delete(resourceUri, { selectors: { InstanceID: id }, signal }),
  };
}

async function addAlarm(
  client: AmtClient,
  { id, at, intervalMs, deleteOnCompletion }: Alarm,
  signal: AbortSignal,
): Promise<void> {
  const properties = {
    InstanceID: id,
    ElementName: id,
    StartTime: new Date(at),
    Interval: intervalMs > 0 ? { intervalMs } : undefined,
    DeleteOnCompletion: deleteOnCompletion,
  };
  const AlarmTemplate = { resourceUri: alarmClockOccurrence.resourceUri, properties };
  const { resourceUri } = alarmClockService;
  assertCompleted(await client.wsman.invoke(resourceUri, 'AddAlarm', { AlarmTemplate }, { signal }), 'AddAlarm');
}

/** To the minute, for devices ignore the seconds. One that has gone off and comes again stands at its next time. */
function isSame(held: Alarm, wanted: Alarm): boolean {
  const apart = Math.floor(held.at / minuteMs) - Math.floor(wanted.at / minuteMs);
  const period = wanted.intervalMs / minuteMs;
  return (
    held.intervalMs === wanted.intervalMs &&
    held.deleteOnCompletion === wanted.deleteOnCompletion &&
    (apart === 0 || (period > 0 && apart > 0 && apart % period === 0))
  );
}
