import { amt } from '../../technologies/amt/amt';
import { readBatteries } from '../../technologies/amt/inventory';
import { defineNode } from '../node';

export const battery = defineNode(
  {
    id: 'battery',
    title: 'Battery',
    description: 'The batteries of the computer: make, design and state. None where there is none.',
    path: ['Hardware'],
    kind: 'audit',
    columns: ['Battery', 'Name', 'Chemistry', 'Design capacity (mWh)', 'Design voltage (mV)', 'Status'],
  },
  (from) => [
    from(amt, async (client, { signal }) =>
      (await readBatteries(client, signal)).map((one) => [
        one.DeviceID ?? null,
        one.ElementName ?? null,
        one.Chemistry ?? null,
        one.DesignCapacity ?? null,
        one.DesignVoltage ?? null,
        one.BatteryStatus ?? null,
      ]),
    ),
  ],
);
