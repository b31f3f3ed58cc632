import { ipmi } from '../../technologies/ipmi/ipmi';
import { readSel } from '../../technologies/ipmi/sel';
import { defineNode } from '../node';

export const systemEventLog = defineNode(
  {
    id: 'system-event-log',
    title: 'System Event Log',
    description: 'What the controller recorded about the hardware, the oldest first, by the controller’s clock.',
    path: ['Logs'],
    kind: 'audit',
    columns: ['Record', 'Time', 'Severity', 'Type', 'Sensor', 'Event', 'Direction', 'Details', 'Source'],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const entries = await readSel(client, signal);
      return entries.map(({ id, at, severity, sensorType, sensor, event, direction, details, source }) => [
        ...[id, at, severity, sensorType, sensor, event, direction, details, source],
      ]);
    }),
  ],
);
