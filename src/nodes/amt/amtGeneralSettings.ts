import { amt } from '../../technologies/amt/amt';
import { readGeneralFacts } from '../../technologies/amt/generalFacts';
import { defineNode } from '../node';

export const amtGeneralSettings = defineNode(
  {
    id: 'amt-general-settings',
    title: 'AMT General Settings',
    description: 'Names, pings, power package, home networks and other settings of Intel AMT as a whole.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Setting', 'Value'],
    volatile: [],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const facts = await readGeneralFacts(client, signal);
      return facts.map(({ setting, value }) => [setting, value ?? null]);
    }),
  ],
);
