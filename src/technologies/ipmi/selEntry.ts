import { toHex } from '../../base/bytes';
import { describeOffset, sensorTypeName } from '../../protocols/ipmi/events/describe';
import { firmwareErrors, firmwareStages } from '../../protocols/ipmi/events/firmwareProgress';
import type { EventMessage, SelRecord } from '../../protocols/ipmi/events/selRecord';
import { type Severity, severityOf } from '../../protocols/ipmi/events/severity';
import { manufacturerName } from '../../protocols/ipmi/manufacturers';
import { convert, nonLinear } from '../../protocols/ipmi/sdr/conversion';
import type { SdrRecord } from '../../protocols/ipmi/sdr/record';
import { unitText } from '../../protocols/ipmi/sdr/units';

/** One entry of a log, in words. */
export interface LogEntry {
  readonly id: number;
  /** `2026-11-23 12:00:00` by the controller's clock, `start + 00:01:23` before that is set, or nothing. */
  readonly at: string;
  readonly severity: Severity;
  readonly sensorType: string;
  readonly sensor: string;
  readonly event: string;
  readonly direction: 'asserted' | 'deasserted' | '';
  readonly details: string;
  readonly source: string;
}

const thresholdEvents = 0x01;
const sensorSpecific = 0x6f;
const firmwareProgress = 0x0f;
const firmwareError = 0;
const unspecified = 0xff;
/** Times below count from the start of the controller, IPMI v2.0 section 37.1. */
const firstDate = 0x2000_0000;
const noTime = 0xffff_ffff;

/** What a record says, with the sensor's name and units where its controller has a record of it. */
export function describeSelRecord(record: SelRecord, sensors: readonly SdrRecord[]): LogEntry {
  const { id } = record;
  if (record.kind === 'event') return { id, at: timeText(record.at), ...describeEvent(record.event, sensors) };
  const oem = { severity: 'information', direction: '', sensor: '', source: '' } as const;
  const head = { id, ...oem, sensorType: 'OEM', details: hexText(record.data) };
  const event = `record ${hexByte(record.type)}`;
  if (record.kind === 'oem') return { ...head, at: '', event };
  return { ...head, at: timeText(record.at), event, source: manufacturerName(record.manufacturerId) };
}

function describeEvent(event: EventMessage, sensors: readonly SdrRecord[]): Omit<LogEntry, 'id' | 'at'> {
  const { sensorType, eventType, asserted, data } = event;
  const offset = data[0] & 0x0f;
  const sensor = sensorOf(event, sensors);
  return {
    severity: severityOf(event),
    sensorType: sensorTypeName(sensorType),
    sensor: sensor?.name ?? `sensor ${hexByte(event.sensorNumber)}`,
    event: describeOffset(sensorType, eventType, offset) ?? `event ${hexByte(eventType)} offset ${offset}`,
    direction: asserted ? 'asserted' : 'deasserted',
    details: detailsOf(event, sensor),
    source: sourceName(event.generator),
  };
}

type NamedSensor = Extract<SdrRecord, { readonly kind: 'sensor' | 'eventOnly' }>;

function sensorOf({ generator, lun, sensorNumber }: EventMessage, all: readonly SdrRecord[]): NamedSensor | undefined {
  return all.find(
    (record): record is NamedSensor =>
      (record.kind === 'sensor' || record.kind === 'eventOnly') &&
      record.number === sensorNumber &&
      record.ownerAddress === generator &&
      record.lun === lun,
  );
}

/** Event data 2 and 3, as data 1 tells what they are. IPMI v2.0 table 29-6. */
function detailsOf(event: EventMessage, sensor: NamedSensor | undefined): string {
  const { sensorType, eventType, data } = event;
  const [first, second, third] = data;
  const [secondIs, thirdIs] = [first >> 6, (first >> 4) & 0x03];
  if (eventType === thresholdEvents) {
    const reading = secondIs === 1 ? [`reading ${valueText(second, sensor)}`] : [];
    const limit = thirdIs === 1 ? [`threshold ${valueText(third, sensor)}`] : [];
    return [...reading, ...limit].join(', ');
  }
  if (sensorType === firmwareProgress && eventType === sensorSpecific && secondIs === 3) {
    const words = (first & 0x0f) === firmwareError ? firmwareErrors : firmwareStages;
    return words[second] ?? `data ${hexByte(second)}`;
  }
  const given = [secondIs === 0 ? unspecified : second, thirdIs === 0 ? unspecified : third];
  if (given.every((byte) => byte === unspecified)) return '';
  return `data ${hexText(Uint8Array.from(given))}`;
}

function valueText(raw: number, sensor: NamedSensor | undefined): string {
  if (sensor?.kind !== 'sensor' || !sensor.factors || sensor.factors.linearization >= nonLinear) return hexByte(raw);
  const value = convert(raw, sensor.factors);
  return Number.isFinite(value) ? [value, unitText(sensor.unit)].join(' ').trim() : hexByte(raw);
}

/** Software ids, IPMI v2.0 table 5-4. */
function sourceName(generator: number): string {
  if ((generator & 1) === 0) return `controller ${hexByte(generator)}`;
  const id = generator >> 1;
  if (id < 0x10) return 'BIOS';
  if (id < 0x20) return 'SMI handler';
  if (id < 0x30) return 'system management software';
  if (id < 0x40) return 'OEM software';
  return 'remote console';
}

function timeText(at: number): string {
  if (at === noTime) return '';
  if (at >= firstDate) return new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const [hours, minutes, seconds] = [Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60];
  return `start + ${[hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')}`;
}

function hexText(bytes: Uint8Array): string {
  return (toHex(bytes).match(/../g) ?? []).join(' ');
}

function hexByte(value: number): string {
  return `${value.toString(16).padStart(2, '0')}h`;
}
