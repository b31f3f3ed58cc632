import { amt } from '../../technologies/amt/amt';
import { actionsText } from '../../technologies/amt/watchdogChanges';
import { readWatchdogs } from '../../technologies/amt/watchdogs';
import { defineNode } from '../node';

export const agentWatchdogs = defineNode(
  {
    id: 'agent-watchdogs',
    title: 'Agent Watchdogs',
    description: 'The programs that Intel AMT watches, and what it does when one of them stops showing itself.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Program', 'Agent', 'State', 'Start (s)', 'Interval (s)', 'Actions'],
    key: ['Agent'],
    volatile: ['State'],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const watchdogs = await readWatchdogs(client, signal);
      return watchdogs.map((one) => [
        ...[one.name, one.agent || one.deviceId, one.state, one.startupSeconds, one.intervalSeconds],
        actionsText(one),
      ]);
    }),
  ],
);
