import * as z from 'zod';
import { amt } from '../../technologies/amt/amt';
import { consentPolicies } from '../../technologies/amt/consentPolicy';
import { powerPackages } from '../../technologies/amt/powerPackage';
import { deviceSettings, lacksSettings } from '../../technologies/amt/settings';
import { defineOperation } from '../operation';
import { settingsWay } from './settingsWay';

const parameters = z
  .strictObject({
    sol: z.boolean().optional().describe('Allow serial-over-LAN sessions'),
    ideRedirection: z.boolean().optional().describe('Allow drive redirection sessions: IDE-R, USB-R'),
    kvm: z.boolean().optional().describe('Allow sessions of remote control of the screen'),
    listener: z
      .boolean()
      .optional()
      .describe('Whether the redirection ports listen; while they do not, no session of any kind can be opened'),
    powerPackage: z
      .enum(powerPackages)
      .optional()
      .describe('When the management engine is awake; with on-in-s0 a computer that sleeps or is off cannot be woken'),
    idleTimeout: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe('How many minutes the management engine stays awake after it was last used, in a package with wake'),
    ping: z.boolean().optional().describe('Answer pings (ICMP) in the computer’s stead'),
    rmcpPing: z.boolean().optional().describe('Answer the presence pings of RMCP, by which consoles find the device'),
    hostName: z.string().max(63).optional().describe('The device’s own host name; empty: none'),
    domainName: z.string().max(191).optional().describe('The device’s own domain; empty: none'),
    consentPolicy: z
      .enum(consentPolicies)
      .optional()
      .describe('For which sessions and boots the user in front of the computer must give consent'),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: 'at least one setting is expected',
  });

export const amtSettings = defineOperation(
  {
    id: 'amt.settings',
    title: 'AMT Settings',
    description: 'Changes settings of Intel AMT; those that are not given stay as they are.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { idleTimeout: 5 },
    leavesRest: true,
    then: (wanted) => deviceSettings.describe(wanted).join(', '),
    warnings: ({ powerPackage }) =>
      powerPackage === 'on-in-s0' ? ['Computers that sleep or are off can then no longer be reached, nor woken.'] : [],
  },
  (via) => [
    via(
      amt,
      settingsWay(deviceSettings, { lacks: (client, wanted, { signal }) => lacksSettings(client, wanted, signal) }),
    ),
  ],
);
