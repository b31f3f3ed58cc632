import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { lacksTls, tlsSettings } from '../../technologies/amt/tlsSettings';
import { listOf } from '../listOf';
import { defineOperation } from '../operation';
import { settingsWay } from './settingsWay';

const parameters = z
  .strictObject({
    acceptNonSecure: z
      .boolean()
      .optional()
      .describe('Whether the device takes connections in clear beside those with TLS'),
    mutual: z
      .boolean()
      .optional()
      .describe('Whether consoles must show a certificate that one of the device’s trusted roots has signed'),
    trustedNames: listOf(z.string().min(1).max(255))
      .transform((names) => [...new Set(names)].sort())
      .optional()
      .describe('The common names of consoles that are let in by mutual TLS; none: all'),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: 'at least one setting is expected',
  });

export const amtTls = defineOperation(
  {
    id: 'amt.tls',
    title: 'AMT TLS',
    description:
      'Changes which connections a device takes: in clear or only with TLS, with a console’s certificate or without.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { acceptNonSecure: false },
    leavesRest: true,
    then: (wanted) => tlsSettings.describe(wanted).join(', '),
    warnings: ({ acceptNonSecure, mutual, trustedNames }) => [
      ...(acceptNonSecure === false ? ['Whoever reaches the devices in clear is locked out, this console too.'] : []),
      ...(mutual === true || trustedNames?.length
        ? [
            'Consoles without a certificate that the devices trust are locked out: check `certificate` and `key` in the profile.',
          ]
        : []),
    ],
  },
  (via) => [
    via(
      amt,
      settingsWay(tlsSettings, {
        lacks: (client, wanted, { signal }) => lacksTls(client, wanted, signal),
      }),
    ),
  ],
);
