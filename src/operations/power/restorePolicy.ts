import * as z from 'zod';
import { SidebandError, toSidebandError } from '../../base/errors';
import type { IpmiClient } from '../../technologies/ipmi/client';
import { ipmi } from '../../technologies/ipmi/ipmi';
import {
  powerRestorePolicies,
  type PowerRestorePolicy,
  supportedRestorePolicies,
  writeRestorePolicy,
} from '../../technologies/ipmi/restorePolicy';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const parameters = z.strictObject({
  policy: z.enum(powerRestorePolicies).describe('Whether the computer starts when the mains power comes back'),
});

export const powerRestorePolicy = defineOperation(
  {
    id: 'power.restorePolicy',
    title: 'Power Restore Policy',
    description: 'Sets what the computer does when the mains power comes back.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    then: ({ policy }) => policy,
  },
  (via) => [
    via(ipmi, {
      now: readPolicy,
      run: (client, { policy }, context) => bringTo(client, policy, context),
    }),
  ],
);

async function readPolicy(client: IpmiClient, { signal }: WayContext): Promise<string> {
  return (await client.chassisStatus(signal)).restorePolicy;
}

async function bringTo(client: IpmiClient, policy: PowerRestorePolicy, context: WayContext): Promise<StepResult> {
  const { computer, signal } = context;
  if ((await readPolicy(client, context)) === policy) return { outcome: 'already', value: { policy } };
  const supported = await supportedRestorePolicies(client, signal);
  if (!supported.includes(policy)) {
    const hint = `It supports: ${supported.join(', ') || 'none'}.`;
    throw new SidebandError('device.unsupported', `${computer.name} does not support the policy ${policy}`, { hint });
  }
  await writeRestorePolicy(client, policy, signal);
  try {
    const held = await readPolicy(client, context);
    if (held === policy) return { outcome: 'done', value: { policy } };
    return { outcome: 'unverified', value: { policy: held }, note: `Accepted, but the policy is still ${held}.` };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}
