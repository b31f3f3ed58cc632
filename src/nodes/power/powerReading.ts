import { ipmi } from '../../technologies/ipmi/ipmi';
import { readPower } from '../../technologies/ipmi/powerReading';
import { defineNode } from '../node';

export const powerReading = defineNode(
  {
    id: 'power-reading',
    title: 'Power Reading',
    description: 'Watts that the computer draws, now and over a period, and the limit that the controller keeps.',
    path: ['Sensors'],
    kind: 'audit',
    columns: ['Now', 'Minimum', 'Maximum', 'Average', 'Period (s)', 'Time', 'Measuring', 'Limit', 'Limit action'],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const { reading, limit } = await readPower(client, signal);
      const { now, minimum, maximum, average, periodMs, at, active } = reading;
      const time = new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ');
      return [
        [now, minimum, maximum, average, periodMs / 1000, time, active, limit?.watts ?? null, limit?.action ?? null],
      ];
    }),
  ],
);
