import { amt } from '../../technologies/amt/amt';
import { whyNoDefense } from '../../technologies/amt/systemDefense/refusal';
import { readStatistics } from '../../technologies/amt/systemDefense/statistics';
import { defineNode } from '../node';

export const networkFilterStatistics = defineNode(
  {
    id: 'network-filter-statistics',
    title: 'Network Filter Statistics',
    description: 'How many packets each filter of the policy in force has matched since the counters were reset.',
    path: ['Network'],
    kind: 'audit',
    columns: ['Policy', 'Filter', 'Direction', 'Packets', 'Matched', 'Active since', 'Reset at'],
    key: ['Policy', 'Filter', 'Direction'],
  },
  (from) => [
    from(
      amt,
      async (client, { signal }) => {
        const all = await readStatistics(client, signal);
        return all.map(({ policy, filter, direction, packets, isMatched, activeSince, resetAt }) => [
          policy,
          filter,
          direction ?? null,
          packets ?? null,
          isMatched ?? null,
          activeSince?.toISOString() ?? null,
          resetAt?.toISOString() ?? null,
        ]);
      },
      (client, { signal }) => whyNoDefense(client, signal),
    ),
  ],
);
