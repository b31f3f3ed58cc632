import { amt } from '../../technologies/amt/amt';
import { readFans, readSensors as readAmtSensors } from '../../technologies/amt/inventory';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { readSensors } from '../../technologies/ipmi/sensors';
import { defineNode } from '../node';

export const sensors = defineNode(
  {
    id: 'sensors',
    title: 'Sensors',
    description: 'Readings, states and thresholds of the controller’s sensors.',
    path: ['Sensors'],
    kind: 'audit',
    columns: [
      'Number',
      'Name',
      'Type',
      'Entity',
      'Reading',
      'Unit',
      'State',
      'Lower non-recoverable',
      'Lower critical',
      'Lower non-critical',
      'Upper non-critical',
      'Upper critical',
      'Upper non-recoverable',
    ],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const all = await readSensors(client, signal);
      return all.map(({ number, name, type, entity, value, unit, state, thresholds }) => {
        const [lnc, lc, lnr, unc, uc, unr] = thresholds;
        const limits = [lnr, lc, lnc, unc, uc, unr].map((limit) => limit ?? null);
        return [number, name, type, entity, value ?? null, unit, state, ...limits];
      });
    }),
    from(amt, async (client, { signal }) => {
      const found = await readAmtSensors(client, signal);
      const fans = await readFans(client, signal);
      const noLimits = [null, null, null, null, null, null];
      return [
        ...found.map(({ DeviceID, ElementName, SensorType, CurrentState }, index) => [
          ...[index, ElementName ?? DeviceID ?? null, SensorType ?? null, null, null, null, CurrentState ?? null],
          ...noLimits,
        ]),
        ...fans.map(({ DeviceID, ElementName, DesiredSpeed, OperationalStatus, EnabledState }, index) => [
          ...[found.length + index, ElementName ?? DeviceID ?? null, 'fan', null, DesiredSpeed ?? null, 'RPM'],
          OperationalStatus.join(', ') || (EnabledState ?? null),
          ...noLimits,
        ]),
      ];
    }),
  ],
);
