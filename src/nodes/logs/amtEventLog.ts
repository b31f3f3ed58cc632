import { amt } from '../../technologies/amt/amt';
import { readEventLog } from '../../technologies/amt/eventLog';
import { defineNode } from '../node';

export const amtEventLog = defineNode(
  {
    id: 'amt-event-log',
    title: 'AMT Event Log',
    description: 'What Intel AMT recorded about the computer and itself, the oldest first, by its own clock.',
    path: ['Logs'],
    kind: 'audit',
    columns: ['Time', 'Severity', 'Entity', 'Sensor type', 'Event', 'Raw data'],
    key: ['Raw data'],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const entries = await readEventLog(client, signal);
      return entries.map(({ at, severity, entity, sensorType, event, raw }) => [
        ...[at, severity, entity, sensorType, event, raw],
      ]);
    }),
  ],
);
