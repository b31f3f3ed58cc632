import { amt } from '../../technologies/amt/amt';
import { readSoftware } from '../../technologies/amt/inventory';
import { defineNode } from '../node';

export const firmware = defineNode(
  {
    id: 'firmware',
    title: 'Firmware',
    description: 'The parts of the management firmware and their versions.',
    path: ['General'],
    kind: 'information',
    columns: ['Part', 'Version'],
  },
  (from) => [
    from(amt, async (client, { signal }) =>
      (await readSoftware(client, signal)).map(({ InstanceID, VersionString }) => [
        InstanceID ?? null,
        VersionString ?? null,
      ]),
    ),
  ],
);
