import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { environmentSettings, inOrder, longestDomain, mostDomains } from '../../technologies/amt/environment';
import { listOf } from '../listOf';
import { defineOperation } from '../operation';
import { settingsWay } from './settingsWay';

const domain = z
  .string()
  .max(longestDomain)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, 'a DNS domain such as corp.example is expected');

const parameters = z.strictObject({
  domains: listOf(domain)
    .transform(inOrder)
    .pipe(z.array(z.string()).max(mostDomains, `at most ${mostDomains} domains are expected`).readonly())
    .describe('The DNS domains in which the device keeps its ports open; none: everywhere'),
});

export const amtEnvironment = defineOperation(
  {
    id: 'amt.environment',
    title: 'AMT Environment Detection',
    description:
      'Sets the networks in which a device is at home. Outside them it closes its ports, and only remote access reaches it.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { domains: 'corp.example' },
    then: (wanted) => environmentSettings.describe(wanted).join(', '),
    warnings: ({ domains }) =>
      domains.length === 0
        ? []
        : [
            `In networks whose DNS domain is not ${domains.join(' or ')} the device can no longer be reached, except by its own connection to a management presence server.`,
          ],
  },
  (via) => [via(amt, settingsWay(environmentSettings, { answers: 'may be lost' }))],
);
