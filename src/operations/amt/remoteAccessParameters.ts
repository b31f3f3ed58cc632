import * as z from 'zod';
import { parseDuration } from '../../base/duration';
import { occasions, userConnections } from '../../technologies/amt/remoteAccess';
import { listOf } from '../listOf';

/** Intel AMT takes no longer user and password. */
const longestUser = 16;
const mostSeconds = 0xffff_ffff;

const ipAddress = z.union([z.ipv4(), z.ipv6()]);
const hostName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,253}[a-z0-9])?$/i, 'a host name or an address is expected');

export const remoteAccessParameters = z
  .strictObject({
    server: z.union([ipAddress, hostName]).describe('The host name or address of the management presence server'),
    port: z.int().min(1).max(65_535).default(4433).describe('The port on which the server takes devices'),
    action: z
      .enum(['add', 'remove'])
      .default('add')
      .describe('Make the server and its policies known, or take them away; policies stay for other servers'),
    commonName: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('The name in the server’s certificate, where the server is given by its address'),
    user: z.string().min(1).max(longestUser).optional().describe('As whom the device logs in to the server'),
    passwordOf: z
      .string()
      .min(1)
      .optional()
      .describe('The profile under whose name that password is stored; at most 16 characters'),
    policies: listOf(z.enum(occasions))
      .transform((given) => occasions.filter((occasion) => given.includes(occasion)))
      .default(['user-initiated'])
      .describe(
        'When the device connects: on the user’s wish, on an alert, from time to time; left out: user-initiated',
      ),
    every: z
      .string()
      .refine(isPeriod, 'a time such as 30s, 10m or 1d is expected')
      .default('1h')
      .describe('Of the periodic policy: the time between two connections'),
    dailyAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 23:05 is expected')
      .optional()
      .describe('Of the periodic policy: a time of day, by the device’s clock, in place of `every`'),
    tunnelSeconds: z
      .int()
      .min(0)
      .max(mostSeconds)
      .default(0)
      .describe('How long a connection stays; 0: until it is closed')
      .meta({ advanced: true }),
    userConnection: z
      .enum(userConnections)
      .optional()
      .describe('From where the user may wish for a connection: nowhere, the firmware, the operating system, both'),
    rootCertificate: z
      .string()
      .max(16_384)
      .regex(/-----BEGIN CERTIFICATE-----/, 'a certificate in PEM is expected')
      .optional()
      .describe('The certificate (PEM) of the authority that has signed the server’s, for the device to trust'),
    anew: z
      .boolean()
      .default(false)
      .describe('Give the password again even when all that can be read is right: a password cannot be read'),
  })
  .superRefine(({ server, action, commonName, user, passwordOf }, context) => {
    const mistake = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (action === 'remove') return;
    if (user === undefined) mistake('user', 'a user is expected');
    if (passwordOf === undefined) mistake('passwordOf', 'the profile of the stored password is expected');
    if (commonName === undefined && ipAddress.safeParse(server).success) {
      mistake('commonName', 'the name in the certificate is expected for a server that is given by its address');
    }
  });

export type RemoteAccessParameters = z.output<typeof remoteAccessParameters>;

/** When the periodic policy connects. */
export function periodOf({
  every,
  dailyAt,
}: Pick<RemoteAccessParameters, 'every' | 'dailyAt'>): { everySeconds: number } | { hour: number; minute: number } {
  if (dailyAt === undefined) return { everySeconds: (parseDuration(every) ?? 0) / 1000 };
  const [hour = 0, minute = 0] = dailyAt.split(':').map(Number);
  return { hour, minute };
}

function isPeriod(text: string): boolean {
  const seconds = (parseDuration(text) ?? 0) / 1000;
  return Number.isInteger(seconds) && seconds > 0 && seconds <= mostSeconds;
}
