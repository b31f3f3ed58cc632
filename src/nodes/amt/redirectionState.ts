import { amt } from '../../technologies/amt/amt';
import { readRedirectionFacts } from '../../technologies/amt/redirectionFacts';
import { defineNode } from '../node';

export const redirectionState = defineNode(
  {
    id: 'redirection-state',
    title: 'Redirection State',
    description: 'Which redirection sessions Intel AMT allows, whether its ports listen for them, and which are open.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Redirection', 'Allowed', 'Listening', 'Session open', 'Settings'],
    volatile: ['Session open'],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const facts = await readRedirectionFacts(client, signal);
      return facts.map(({ kind, isAllowed, isListening, isOpen, settings }) => [
        ...[kind, isAllowed, isListening, isOpen, settings || null],
      ]);
    }),
  ],
);
