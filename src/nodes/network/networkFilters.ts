import { amt } from '../../technologies/amt/amt';
import { whyNoDefense } from '../../technologies/amt/systemDefense/refusal';
import { defenseRows } from '../../technologies/amt/systemDefense/rows';
import { readDefense } from '../../technologies/amt/systemDefense/state';
import { defineNode } from '../node';

export const networkFilters = defineNode(
  {
    id: 'network-filters',
    title: 'Network Filters',
    description:
      'What the network adapter lets through: the policies of System Defense that the device holds, with their filters.',
    path: ['Network'],
    kind: 'audit',
    columns: [
      'Policy',
      'In force',
      'Owner',
      'Filter',
      'Direction',
      'Action',
      'Packets a second',
      'Protocol',
      'Remote ports',
      'Local ports',
      'Remote addresses',
      'Local addresses',
      'Also',
    ],
    key: ['Policy', 'Filter', 'Direction'],
    volatile: [],
  },
  (from) => [
    from(
      amt,
      async (client, { signal }) => {
        const rows = defenseRows(await readDefense(client, signal));
        return rows.map((row) => [
          row.policy,
          row.inForce,
          row.owner,
          row.filter,
          row.direction,
          row.action,
          row.limit,
          row.protocol,
          row.remotePorts,
          row.localPorts,
          row.remoteAddresses,
          row.localAddresses,
          row.also,
        ]);
      },
      (client, { signal }) => whyNoDefense(client, signal),
    ),
  ],
);
