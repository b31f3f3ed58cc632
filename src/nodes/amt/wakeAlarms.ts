import { formatDuration } from '../../base/duration';
import { readAlarms } from '../../technologies/amt/alarms';
import { amt } from '../../technologies/amt/amt';
import { timeText } from '../../technologies/amt/timeText';
import { defineNode } from '../node';

export const wakeAlarms = defineNode(
  {
    id: 'wake-alarms',
    title: 'Wake Alarms',
    description: 'When Intel AMT wakes or starts the computer, in UTC by its own clock.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Alarm', 'Next time', 'Every', 'Forgotten afterwards'],
    volatile: ['Next time'],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const alarms = await readAlarms(client, signal);
      return alarms.map(({ id, at, intervalMs, deleteOnCompletion }) => [
        ...[id, timeText(new Date(at)), intervalMs > 0 ? formatDuration(intervalMs) : 'once', deleteOnCompletion],
      ]);
    }),
  ],
);
