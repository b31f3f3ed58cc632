import { getSensorReading, type SensorReading } from '../../protocols/ipmi/commands/getSensorReading';
import { getSensorReadingFactors } from '../../protocols/ipmi/commands/getSensorReadingFactors';
import { getSensorThresholds } from '../../protocols/ipmi/commands/getSensorThresholds';
import { describeOffset, entityName, sensorTypeName } from '../../protocols/ipmi/events/describe';
import { convert, type Factors, nonLinear } from '../../protocols/ipmi/sdr/conversion';
import type { SensorRecord } from '../../protocols/ipmi/sdr/record';
import { unitText } from '../../protocols/ipmi/sdr/units';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';
import { readSdrRepository } from './sdr';

/** The controller itself; sensors of satellites behind it are not asked. */
const controllerAddress = 0x20;
const thresholdEvents = 0x01;
const comparisons = [
  'below lower non-critical',
  'below lower critical',
  'below lower non-recoverable',
  'above upper non-critical',
  'above upper critical',
  'above upper non-recoverable',
];
/** The more severe first. */
const bySeverity = [5, 2, 4, 1, 3, 0];
const mostStates = 15;

/** A sensor as it is now. */
export interface Sensor {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly entity: string;
  /** Absent: a discrete sensor, or none at the moment. */
  readonly value?: number;
  readonly unit: string;
  /** `ok`, what is wrong, or the states of a discrete sensor. */
  readonly state: string;
  /** Lower non-critical, critical, non-recoverable, upper non-critical, critical, non-recoverable. */
  readonly thresholds: readonly (number | undefined)[];
}

/** All sensors of a controller with reading, state and thresholds, in the order of its records. */
export async function readSensors(client: IpmiClient, signal: AbortSignal): Promise<readonly Sensor[]> {
  const records = await readSdrRepository(client, signal);
  const sensors: Sensor[] = [];
  for (const record of records) {
    if (record.kind !== 'sensor' || record.ownerAddress !== controllerAddress || record.lun !== 0) continue;
    sensors.push(await readSensor(client, record, signal));
  }
  return sensors;
}

/** A sensor may go while the list is read. */
async function readSensor(client: IpmiClient, record: SensorRecord, signal: AbortSignal): Promise<Sensor> {
  const { number, name, sensorType, entityId, entityInstance, factors } = record;
  const head = {
    number,
    name,
    type: sensorTypeName(sensorType),
    entity: entityName(entityId, entityInstance),
    unit: factors ? unitText(record.unit) : '',
  };
  const reading = await ifRefused(client.run(getSensorReading, number, signal), undefined);
  const thresholds =
    factors && record.readableThresholds !== 0
      ? await ifRefused(client.run(getSensorThresholds, number, signal), undefined)
      : undefined;
  const toValue = async (raw: number): Promise<number | undefined> =>
    factors && convert(raw, await factorsAt(client, { number, raw, factors }, signal));
  const values: (number | undefined)[] = [];
  for (const raw of thresholds ?? []) values.push(raw === undefined ? undefined : await toValue(raw));
  const value = reading?.available ? await toValue(reading.raw) : undefined;
  return {
    ...head,
    ...(value !== undefined && Number.isFinite(value) && { value }),
    state: reading ? describeState(record, reading) : 'no answer',
    thresholds: values,
  };
}

async function factorsAt(
  client: IpmiClient,
  { number, raw, factors }: { readonly number: number; readonly raw: number; readonly factors: Factors },
  signal: AbortSignal,
): Promise<Factors> {
  if (factors.linearization < nonLinear) return factors;
  const own = await ifRefused(client.run(getSensorReadingFactors, { number, raw }, signal), undefined);
  return { ...factors, ...own, linearization: 0 };
}

function describeState({ sensorType, eventType }: SensorRecord, { available, states }: SensorReading): string {
  if (!available) return 'no reading';
  if (eventType === thresholdEvents) {
    const worst = bySeverity.find((bit) => (states & (1 << bit)) !== 0);
    return worst === undefined ? 'ok' : (comparisons[worst] ?? '');
  }
  const offsets = Array.from({ length: mostStates }, (_, offset) => offset).filter((offset) => states & (1 << offset));
  return offsets.map((offset) => describeOffset(sensorType, eventType, offset) ?? `state ${offset}`).join(', ');
}
