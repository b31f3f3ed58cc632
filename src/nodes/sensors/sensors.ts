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
  ],
);
