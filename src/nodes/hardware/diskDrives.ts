import { amt } from '../../technologies/amt/amt';
import { readDrives } from '../../technologies/amt/inventory';
import { defineNode } from '../node';

const kilobytesOfGigabyte = 1_000_000;

export const diskDrives = defineNode(
  {
    id: 'disk-drives',
    title: 'Disk Drives',
    description: 'The drives that the firmware found at the last start.',
    path: ['Hardware'],
    kind: 'information',
    columns: ['Drive', 'Model', 'Serial number', 'Capacity (GB)', 'Security', 'Abilities'],
  },
  (from) => [
    from(amt, async (client, { signal }) =>
      (await readDrives(client, signal)).map(({ drive, medium }) => [
        drive.DeviceID ?? null,
        medium?.Model?.trim() ?? null,
        medium?.SerialNumber?.trim() ?? null,
        gigabytes(drive.MaxMediaSize),
        drive.Security ?? null,
        drive.Capabilities.join(', ') || null,
      ]),
    ),
  ],
);

function gigabytes(kilobytes: unknown): number | null {
  return typeof kilobytes === 'number' ? Math.round((10 * kilobytes) / kilobytesOfGigabyte) / 10 : null;
}
