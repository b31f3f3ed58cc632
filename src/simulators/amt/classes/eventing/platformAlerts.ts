import type { Alert } from '../../alerts';
import type { AmtEvent } from '../eventLog';

/** Sensor types of ASF. */
const chassis = 5;
const firmware = 15;

/** What DSP8007 calls an event of the platform that the log takes down; nothing for what only the log has, such as a hang. */
export function platformAlert({ sensorType, offset }: AmtEvent): Alert | undefined {
  if (sensorType === chassis && (offset & 0x7f) === 0) return { messageId: offset === 0 ? 'PLAT0004' : 'PLAT0005' };
  if (sensorType === firmware && offset === 0) return { messageId: 'PLAT0184', perceivedSeverity: 6 };
  if (sensorType === firmware && (offset === 2 || offset === 5)) return { messageId: 'PLAT0188' };
  return undefined;
}
