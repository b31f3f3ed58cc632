import { amt } from '../../technologies/amt/amt';
import { readConsent } from '../../technologies/amt/consent';
import { defineNode } from '../node';

export const userConsent = defineNode(
  {
    id: 'user-consent',
    title: 'User Consent',
    description:
      'Whether whoever sits at the computer must consent to redirection and boot options, and whether they have.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Needed for', 'State', 'Holds for (s)', 'Code shown for (s)', 'Can be changed'],
    volatile: ['State'],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const consent = await readConsent(client, signal);
      if (!consent) return [];
      const { required, state, codeSeconds, displaySeconds, isChangeable } = consent;
      return [[required, state, codeSeconds ?? null, displaySeconds ?? null, isChangeable]];
    }),
  ],
);
