import * as z from 'zod';
import { SidebandError } from '../../base/errors';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import {
  cancelConsent,
  type Consent,
  ensureConsent,
  isGiven,
  readConsent,
  sendConsentCode,
  startConsent,
} from '../../technologies/amt/consent';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const parameters = z.strictObject({
  action: z
    .enum(['status', 'start', 'code', 'cancel'])
    .default('status')
    .describe(
      'What to do: read it, show a code on the computer’s screen, tell the device that code, or take consent back',
    ),
  code: z
    .string()
    .regex(/^\d{6}$/, 'six digits are expected')
    .optional()
    .describe('The six digits on the computer’s screen, for the action code; without it they are asked for'),
});
type Parameters = z.output<typeof parameters>;

const notAsked = 'The device asks for no consent.';

const goals = { status: 'as it is', start: 'displayed', code: 'received', cancel: 'not started' } as const;

export const amtConsent = defineOperation(
  {
    id: 'amt.consent',
    title: 'User Consent',
    description:
      'Asks whoever sits at the computer for consent to boot options and redirection, by a code on its screen.',
    danger: 'safe',
    kind: 'change',
    repeatable: true,
    parameters,
    then: ({ action }) => goals[action],
  },
  (via) => [
    via(amt, {
      now: async (client, context) => (await read(client, context)).state,
      run: (client, given, context) => actions[given.action](client, given, context),
    }),
  ],
);

type Action = (client: AmtClient, given: Parameters, context: WayContext) => Promise<StepResult>;

const actions: Readonly<Record<Parameters['action'], Action>> = {
  async status(client, _, context) {
    const { state, required } = await read(client, context);
    return { outcome: 'done', value: { consent: state, required } };
  },
  async start(client, _, context) {
    const before = await read(client, context);
    if (before.required === 'none') return { ...already(before), note: notAsked };
    if (before.state !== 'not started') return already(before);
    await startConsent(client, context.signal);
    return verify(client, context, ({ state }) => state !== 'not started');
  },
  async code(client, { code }, context) {
    const { signal, asks } = context;
    const before = await read(client, context);
    if (isGiven(before)) return already(before);
    if (code === undefined) {
      await ensureConsent(client, { asks, signal });
      const after = await read(client, context);
      if (after.state === 'not started') return { ...already(after), note: notAsked };
      return verify(client, context, isGiven);
    }
    if (before.state === 'not started') {
      const hint = 'Start it first, so that the computer shows a code.';
      throw new SidebandError('device.state', 'the device shows no code', { hint });
    }
    const verdict = await sendConsentCode(client, code, signal);
    if (verdict === 'accepted') return verify(client, context, isGiven);
    const more = verdict === 'wrong' ? 'it still shows it' : 'it shows it no more';
    throw new SidebandError('consent.rejected', `the device did not take the code, and ${more}`);
  },
  async cancel(client, _, context) {
    const before = await read(client, context);
    if (before.state === 'not started') return already(before);
    await cancelConsent(client, context.signal);
    return verify(client, context, ({ state }) => state === 'not started');
  },
};

/** Rejects with `device.unsupported` where the device knows no consent. */
async function read(client: AmtClient, { signal }: WayContext): Promise<Consent> {
  const consent = await readConsent(client, signal);
  if (!consent) throw new SidebandError('device.unsupported', 'the device knows no user consent');
  return consent;
}

function already({ state }: Consent): StepResult {
  return { outcome: 'already', value: { consent: state } };
}

async function verify(
  client: AmtClient,
  context: WayContext,
  isSo: (consent: Consent) => boolean,
): Promise<StepResult> {
  const consent = await read(client, context);
  const value = { consent: consent.state };
  if (isSo(consent)) return { outcome: 'done', value };
  return { outcome: 'unverified', value, note: `Accepted, but consent is still ${consent.state}.` };
}
