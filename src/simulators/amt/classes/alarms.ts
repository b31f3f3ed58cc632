import type { AmtDevice } from '../device';
import { PowerState } from '../machine';
import { type AmtArea, type AmtClass, type Context, type Output, perDevice } from '../model/amtClass';
import { PtStatus } from '../model/ptStatus';
import { keyText } from '../model/selectors';
import type { Sent } from '../model/sent';
import { interval, noReference, serviceKeys, systemKeys } from '../model/values';
import { expectBoot } from './bootReason';

const mostAlarms = 5;
const invalidTime = 34; // PT_STATUS
/** What a timer takes at most, in milliseconds. */
const longestTimer = 0x7fff_ffff;

interface Alarm {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** 0: rings once. */
  readonly everyMinutes: number;
  readonly isDeletedAfter: boolean;
}

interface Alarms {
  readonly all: Map<string, Alarm>;
  timer?: NodeJS.Timeout;
}

const alarmsOf = perDevice((): Alarms => ({ all: new Map() }));

const serviceName = 'Intel(r) AMT Alarm Clock Service';

const service: AmtClass = {
  name: 'AMT_AlarmClockService',
  keys: serviceKeys,
  isDated: true,
  list: () => [
    { ...systemKeys('AMT_AlarmClockService', 'ManagedSystem'), ElementName: serviceName, Name: serviceName },
  ],
  methods: { AddAlarm: addAlarm },
};

const occurrence: AmtClass = {
  name: 'IPS_AlarmClockOccurrence',
  keys: ['InstanceID'],
  isDated: true,
  list: (device) =>
    [...alarmsOf(device).all.values()].map(({ id, name, at, everyMinutes, isDeletedAfter }) => ({
      DeleteOnCompletion: isDeletedAfter,
      ElementName: name,
      InstanceID: id,
      Interval: everyMinutes === 0 ? undefined : interval(everyMinutes),
      StartTime: { datetime: `${new Date(at).toISOString().slice(0, 19)}Z` },
    })),
  delete({ device, instance }) {
    alarmsOf(device).all.delete(keyText(instance, 'InstanceID'));
    arm(device);
  },
};

/** Times at which the computer is switched on. */
export const alarms: AmtArea = {
  classes: [service, occurrence],
  start(device) {
    device.signal.addEventListener('abort', () => {
      clearTimeout(alarmsOf(device).timer);
    });
  },
};

/** Lets ring what is due by the device's clock; happens by itself, except when that clock is put forward. */
export function ringAlarms(device: AmtDevice): void {
  const { all } = alarmsOf(device);
  const now = device.now();
  for (const alarm of [...all.values()].filter(({ at }) => at <= now)) {
    if (!device.machine.isOn) {
      expectBoot(device, 'alarm', alarm.name);
      device.machine.goTo(PowerState.on);
    }
    if (alarm.everyMinutes > 0) all.set(alarm.id, { ...alarm, at: nextAfter(alarm, now) });
    else if (alarm.isDeletedAfter) all.delete(alarm.id);
  }
  arm(device);
}

/** A recorded device answers without a reference to what it has made. */
function addAlarm({ device }: Context, input: Sent): Output {
  const answer = (ReturnValue: number): Output => ({ AlarmClock: noReference, ReturnValue });
  const template = input.inner('AlarmTemplate');
  const id = template?.text('InstanceID');
  const start = template?.text('StartTime');
  if (!template || id === undefined || id === '' || start === undefined) return answer(PtStatus.invalidParameter);
  const everyMinutes = parseInterval(template.text('Interval'));
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?$/.test(start) ? Date.parse(start.replace(/Z?$/, 'Z')) : NaN;
  if (everyMinutes === undefined || Number.isNaN(at)) return answer(PtStatus.invalidParameter);
  const { all } = alarmsOf(device);
  if (at < device.now()) return answer(invalidTime);
  if (all.has(id)) return answer(PtStatus.duplicate);
  if (all.size >= mostAlarms) return answer(PtStatus.maxLimitReached);
  const isDeletedAfter = template.boolean('DeleteOnCompletion') ?? true;
  all.set(id, { id, name: template.text('ElementName') ?? id, at, everyMinutes, isDeletedAfter });
  arm(device);
  return answer(PtStatus.success);
}

/** Minutes of `P1DT2H3M`; seconds may only be 0. */
function parseInterval(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return 0;
  const match = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:0S)?)?$/.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0] = match.slice(1).map((part) => Number(part || 0));
  return days * 1440 + hours * 60 + minutes;
}

function nextAfter({ at, everyMinutes }: Alarm, now: number): number {
  const step = everyMinutes * 60_000;
  return at + (Math.floor((now - at) / step) + 1) * step;
}

function arm(device: AmtDevice): void {
  const own = alarmsOf(device);
  clearTimeout(own.timer);
  const waiting = [...own.all.values()].map(({ at }) => at).filter((at) => at > device.now());
  if (waiting.length === 0 || device.signal.aborted) return;
  const ms = Math.min(Math.min(...waiting) - device.now(), longestTimer);
  own.timer = setTimeout(() => {
    ringAlarms(device);
  }, ms);
  own.timer.unref();
}
