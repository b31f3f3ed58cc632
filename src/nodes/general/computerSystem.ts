import { amt } from '../../technologies/amt/amt';
import { readSystem } from '../../technologies/amt/inventory';
import { ipmi } from '../../technologies/ipmi/ipmi';
import type { ChassisStatus } from '../../technologies/ipmi/client';
import { defineNode } from '../node';

export const computerSystem = defineNode(
  {
    id: 'computer-system',
    title: 'Computer System',
    description: 'Who made the computer or its controller, what the controller runs, and the state of the power.',
    path: ['General'],
    kind: 'audit',
    columns: [
      'Manufacturer',
      'Product',
      'Firmware',
      'GUID',
      'Power',
      'Restore policy',
      'Faults',
      'Serial number',
      'Chassis',
    ],
    volatile: ['Power', 'Faults'],
  },
  (from) => [
    from(ipmi, async (client, { computer, signal }) => {
      const device = await client.deviceId(signal);
      const guid = await client.systemGuid(signal);
      const status = await client.chassisStatus(signal);
      const power = status.poweredOn ? 'on' : 'off';
      computer.see({ power, at: Date.now(), technology: 'ipmi' });
      return [
        [
          device.manufacturer,
          device.productId,
          device.firmware,
          guid,
          power,
          status.restorePolicy,
          describeFaults(status),
          null,
          null,
        ],
      ];
    }),
    from(amt, async (client, { computer, signal }) => {
      const { chassis, guid } = await readSystem(client, signal);
      const { state: power } = await client.readPower(signal);
      computer.see({ power, at: Date.now(), technology: 'amt' });
      const { Manufacturer, Model, SerialNumber, ChassisPackageType } = chassis ?? {};
      return [
        [
          Manufacturer ?? null,
          Model ?? null,
          client.version ?? null,
          guid ?? null,
          power,
          null,
          null,
          SerialNumber ?? null,
          ChassisPackageType ?? null,
        ],
      ];
    }),
  ],
);

function describeFaults(status: ChassisStatus): string {
  const faults = {
    'power overload': status.powerOverload,
    'power fault': status.powerFault,
    intrusion: status.intrusion,
    'drive fault': status.driveFault,
    'cooling fault': status.coolingFault,
  };
  const present = Object.entries(faults).filter(([, isPresent]) => isPresent);
  return present.map(([name]) => name).join(', ') || 'none';
}
