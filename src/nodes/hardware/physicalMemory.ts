import { amt } from '../../technologies/amt/amt';
import { readMemory } from '../../technologies/amt/inventory';
import { defineNode } from '../node';

const mebibyte = 1024 * 1024;

export const physicalMemory = defineNode(
  {
    id: 'physical-memory',
    title: 'Physical Memory',
    description: 'The memory modules of the computer, slot by slot.',
    path: ['Hardware'],
    kind: 'information',
    columns: [
      'Bank',
      'Capacity (MiB)',
      'Type',
      'Form factor',
      'Speed (MHz)',
      'Maximum speed (MHz)',
      'Manufacturer',
      'Part number',
      'Serial number',
      'Tag',
    ],
  },
  (from) => [
    from(amt, async (client, { signal }) =>
      (await readMemory(client, signal)).map((module) => [
        module.BankLabel ?? null,
        typeof module.Capacity === 'number' ? module.Capacity / mebibyte : null,
        module.MemoryType ?? null,
        module.FormFactor ?? null,
        module.ConfiguredMemoryClockSpeed ?? null,
        module.MaxMemorySpeed ?? null,
        module.Manufacturer ?? null,
        module.PartNumber?.trim() ?? null,
        module.SerialNumber ?? null,
        module.Tag ?? null,
      ]),
    ),
  ],
);
