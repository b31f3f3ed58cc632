import type { EventMessage } from './selRecord';

/** The severities of IPMI v2.0 table 17-9, from the best. */
export const severities = ['ok', 'information', 'non-critical', 'critical', 'non-recoverable'] as const;
export type Severity = (typeof severities)[number];

const thresholdEvents = 0x01;
const sensorSpecific = 0x6f;
const thresholdSeverities: readonly Severity[] = ['ok', 'non-critical', 'critical', 'non-recoverable'];
const letters: Readonly<Record<string, Severity>> = {
  o: 'ok',
  i: 'information',
  n: 'non-critical',
  c: 'critical',
  r: 'non-recoverable',
};

/** By event type, then one letter an offset. */
const generic: Readonly<Record<number, string>> = {
  0x04: 'in',
  0x05: 'in',
  0x06: 'in',
  0x07: 'oncrncrii',
  0x0a: 'iiiiiinic',
  0x0b: 'icnnncnn',
};

/** By sensor type, then one letter an offset. */
const specific: Readonly<Record<number, string>> = {
  0x05: 'ccccnnc',
  0x06: 'nnnnnn',
  0x07: 'crcccccinincn',
  0x08: 'icnccnni',
  0x09: 'iicccccn',
  0x0c: 'ncccnnicinc',
  0x0d: 'icniincnn',
  0x0f: 'cci',
  0x10: 'nninnnn',
  0x12: 'iiciii',
  0x13: 'cccccccncrrn',
  0x14: 'iiini',
  0x1e: 'cnnnn',
  0x20: 'cciiin',
  0x23: 'ncccxxxxn',
  0x25: 'inn',
  0x29: 'nci',
  0x2a: 'iinn',
};

/** How bad an event is. The standard fixes it for thresholds and for event type 07h; the rest is what the words mean to an operator. */
export function severityOf({ sensorType, eventType, asserted, data }: EventMessage): Severity {
  const offset = data[0] & 0x0f;
  if (eventType === thresholdEvents) return ofThreshold(offset, asserted);
  const severity = ofState(sensorType, eventType, offset);
  return asserted || severity === 'information' ? severity : 'ok';
}

/** A limit that is passed outwards, down for lower and up for upper ones, is as bad as it says; on the way back the one before it still holds. */
function ofThreshold(offset: number, asserted: boolean): Severity {
  const limit = (offset >> 1) % 3;
  const isUpper = offset >= 6;
  const goesHigh = (offset & 1) === 1;
  const isPassed = asserted && isUpper === goesHigh;
  return thresholdSeverities[isPassed ? limit + 1 : limit] ?? 'information';
}

function ofState(sensorType: number, eventType: number, offset: number): Severity {
  const row = eventType === sensorSpecific ? specific[sensorType] : generic[eventType];
  return letters[row?.[offset] ?? 'i'] ?? 'information';
}
