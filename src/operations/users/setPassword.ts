import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { Secret } from '../../base/secret';
import type { IpmiClient } from '../../technologies/ipmi/client';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { ifRefused } from '../../technologies/ipmi/refused';
import { findUser, hasPassword, writePassword } from '../../technologies/ipmi/userPassword';
import { defineOperation, type StepResult } from '../operation';

const parameters = z.strictObject({
  user: z.string().min(1).describe('The user’s name on the controller, or its number'),
  passwordOf: z
    .string()
    .min(1)
    .describe('The profile under whose name the new password is stored; the password itself is never given here'),
});

export const userSetPassword = defineOperation(
  {
    id: 'user.setPassword',
    title: 'Set Password',
    description: 'Gives a user of the controller the password that is stored for a profile. Needs an administrator.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    example: { user: 'operator', passwordOf: 'bmc' },
    secrets: ({ passwordOf }) => [passwordOf],
  },
  (via) => [
    via(ipmi, {
      async run(client, { user, passwordOf }, { signal, secret }) {
        const password = await secret(passwordOf);
        return bringTo(client, { user: await findUser(client, user, signal), password }, signal);
      },
    }),
  ],
);

/** Some controllers do not test passwords, and some find every password right: what they say counts only when they refuse a wrong one. */
async function bringTo(
  client: IpmiClient,
  { user, password }: { readonly user: number; readonly password: Secret },
  signal: AbortSignal,
): Promise<StepResult> {
  const wrong = new Secret(randomBytes(8).toString('hex'));
  const isHonest = !(await ifRefused(hasPassword(client, { user, password: wrong }, signal), true));
  if (isHonest && (await hasPassword(client, { user, password }, signal))) return { outcome: 'already' };
  await writePassword(client, { user, password }, signal);
  if (isHonest && (await hasPassword(client, { user, password }, signal))) return { outcome: 'done' };
  const why = isHonest ? 'the user still has another one' : 'does not tell whether it is in force';
  return { outcome: 'unverified', note: `The controller accepted the password, but ${why}.` };
}
