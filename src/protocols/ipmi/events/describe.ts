import { genericOffsets, specificOffsets } from './offsets';
import { entities, sensorTypes } from './sensorTypes';

const sensorSpecific = 0x6f;

/** `temperature`; for a number that the standard does not name, `sensor type 4fh`. */
export function sensorTypeName(sensorType: number): string {
  return sensorTypes[sensorType] ?? `${sensorType >= 0xc0 ? 'OEM' : 'sensor type'} ${hex(sensorType)}`;
}

/** What an offset of an event or a state means, IPMI v2.0 tables 42-2 and 42-3; nothing for what the standard does not name. */
export function describeOffset(sensorType: number, eventType: number, offset: number): string | undefined {
  return eventType === sensorSpecific ? specificOffsets[sensorType]?.[offset] : genericOffsets[eventType]?.[offset];
}

/** `power supply 2`, IPMI v2.0 table 43-13. */
export function entityName(entityId: number, instance: number): string {
  return `${entities[entityId] ?? `entity ${hex(entityId)}`} ${instance & 0x7f}`;
}

function hex(value: number): string {
  return `${value.toString(16).padStart(2, '0')}h`;
}
