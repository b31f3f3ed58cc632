import * as z from 'zod';
import { type SidebandError, toSidebandError } from '../../base/errors';
import { pollUntil } from '../../base/pollUntil';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import {
  type Provisioning,
  readProvisioning,
  unconfigure,
  type UnconfigureMode,
  unconfigureModes,
  watchProvisioning,
} from '../../technologies/amt/provisioning';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const pollEveryMs = 1000;
const unconfigured = 'not provisioned';

const parameters = z.strictObject({
  mode: z
    .enum(unconfigureModes)
    .default('full')
    .describe('Lose everything, or keep what a set-up server needs to configure the device again'),
  timeoutMs: z
    .int()
    .positive()
    .default(30_000)
    .describe('How long to wait until the device has lost its configuration'),
});
type Parameters = z.output<typeof parameters>;

const lost: Readonly<Record<UnconfigureMode, string>> = {
  full: 'All accounts and passwords, certificates and keys, TLS, wireless profiles, remote access, network filters, watchdogs and wake alarms of the devices are lost.',
  partial:
    'All accounts and passwords, TLS, wireless profiles, remote access, network filters, watchdogs and wake alarms of the devices are lost; keys for a set-up server and the power package stay.',
};

export const amtUnconfigure = defineOperation(
  {
    id: 'amt.unconfigure',
    title: 'Unconfigure AMT',
    description:
      'Takes the configuration of Intel AMT away: the device can then no longer be reached over the network.',
    danger: 'destructive',
    kind: 'change',
    repeatable: false,
    parameters,
    then: () => unconfigured,
    lasts: ({ timeoutMs }) => timeoutMs,
    warnings: ({ mode }) => [
      lost[mode],
      'Nobody can undo it from here: the devices must be set up again at the computer, or by its operating system.',
    ],
  },
  (via) => [via(amt, { now: (client, { signal }) => readProvisioning(client, signal), run: takeAway })],
);

async function takeAway(
  client: AmtClient,
  { mode, timeoutMs }: Parameters,
  { signal }: WayContext,
): Promise<StepResult> {
  const before = await readProvisioning(client, signal);
  if (before === unconfigured) return { outcome: 'already', value: { provisioning: before } };
  const doubt = await request(client, mode, signal);
  const options = { everyMs: pollEveryMs, timeoutMs, signal };
  const read = (): Promise<Provisioning> => watchProvisioning(client, signal);
  try {
    const { value } = await pollUntil(read, (state) => state === unconfigured || state === 'gone', options);
    return judge(value, doubt);
  } catch (thrown) {
    if (doubt) throw doubt;
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}

/** The error that leaves open whether it happened: the device may have gone before it answered. */
async function request(
  client: AmtClient,
  mode: UnconfigureMode,
  signal: AbortSignal,
): Promise<SidebandError | undefined> {
  try {
    await unconfigure(client, mode, signal);
    return undefined;
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.effect !== 'unknown' || signal.aborted) throw error;
    return error;
  }
}

/** A device that is gone after it had accepted has done it; without an answer it may be gone for other reasons. */
function judge(provisioning: Provisioning, doubt: SidebandError | undefined): StepResult {
  const value = { provisioning };
  if (provisioning === unconfigured) return { outcome: 'done', value };
  if (provisioning === 'gone') {
    if (!doubt) return { outcome: 'done', value };
    return { outcome: 'unverified', value, note: 'Its answer was lost, and the device no longer answers.' };
  }
  if (doubt) throw doubt;
  return { outcome: 'unverified', value, note: `Accepted, but the device is still ${provisioning}.` };
}
