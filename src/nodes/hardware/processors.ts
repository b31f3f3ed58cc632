import { amt } from '../../technologies/amt/amt';
import { readProcessors } from '../../technologies/amt/inventory';
import { defineNode } from '../node';

export const processors = defineNode(
  {
    id: 'processors',
    title: 'Processors',
    description: 'The processors of the computer: make, clock rates and state.',
    path: ['Hardware'],
    kind: 'information',
    columns: [
      'Processor',
      'Name',
      'Manufacturer',
      'Current speed (MHz)',
      'Maximum speed (MHz)',
      'Bus speed (MHz)',
      'Family',
      'Stepping',
      'Status',
    ],
  },
  (from) => [
    from(amt, async (client, { signal }) =>
      (await readProcessors(client, signal)).map(({ processor, chip }) => [
        processor.DeviceID ?? null,
        chip?.Version?.trim() ?? null,
        chip?.Manufacturer ?? null,
        processor.CurrentClockSpeed ?? null,
        processor.MaxClockSpeed ?? null,
        processor.ExternalBusClockSpeed ?? null,
        processor.Family ?? null,
        processor.Stepping ?? null,
        processor.CPUStatus ?? null,
      ]),
    ),
  ],
);
