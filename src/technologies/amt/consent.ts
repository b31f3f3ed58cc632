import { SidebandError, toSidebandError } from '../../base/errors';
import type { Asks } from '../../base/frontend';
import { optInService } from '../../protocols/amt/cim/optInService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { optInValues } from '../../protocols/amt/returnValues';
import type { InstanceOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';

const usualDisplaySeconds = 300;
/** The device allows three; what is more is asked in vain. */
const mostCodes = 5;
const cancelMs = 5000;

/** Of the user in front of the computer: IPS_OptInService. */
export interface Consent {
  /** For which sessions and boots it is needed. */
  readonly required: 'none' | 'kvm' | 'all' | 'unknown';
  /** `received`: given, and of use for the next minutes. */
  readonly state: 'not started' | 'requested' | 'displayed' | 'received' | 'in session' | 'unknown';
  /** How long it stays given while it is not used. */
  readonly codeSeconds: number | undefined;
  /** How long the code stays on the screen. */
  readonly displaySeconds: number | undefined;
  /** Whether `required` can be changed from afar. */
  readonly isChangeable: boolean;
}

/** Nothing where the device knows no consent: before generation 6. */
export async function readConsent(client: AmtClient, signal: AbortSignal): Promise<Consent | undefined> {
  const held = await client.find(optInService, signal);
  return held && decodeConsent(held);
}

/** Has the device show a code to the person in front of it. */
export async function startConsent(client: AmtClient, signal: AbortSignal): Promise<void> {
  const output = await client.wsman.invoke(optInService.resourceUri, 'StartOptIn', {}, { signal });
  try {
    assertCompleted(output, 'ask for consent', optInValues);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    // Nobody sees a code on a computer that is off.
    const hint = 'The computer must be on, with a screen; after too many wrong codes wait a minute.';
    throw new SidebandError(error.code, error.message, { ...error.details, hint }, error);
  }
}

/** Tells the device the code. `wrong`: it still shows it; `over`: it does not any more, for there were too many wrong ones or it was late. */
export async function sendConsentCode(
  client: AmtClient,
  code: string,
  signal: AbortSignal,
): Promise<'accepted' | 'wrong' | 'over'> {
  const parameters = { OptInCode: Number(code) };
  const output = await client.wsman.invoke(optInService.resourceUri, 'SendOptInCode', parameters, { signal });
  if (output.text('ReturnValue') === '0') return 'accepted';
  const { state } = (await readConsent(client, signal)) ?? {};
  if (state === 'received' || state === 'in session') return 'accepted';
  return state === 'displayed' || state === 'requested' ? 'wrong' : 'over';
}

/** Takes the code off the screen, or consent back. */
export async function cancelConsent(client: AmtClient, signal: AbortSignal): Promise<void> {
  const output = await client.wsman.invoke(optInService.resourceUri, 'CancelOptIn', {}, { signal });
  assertCompleted(output, 'take consent back', optInValues);
}

export interface ConsentNeed {
  readonly asks: Asks | undefined;
  readonly signal: AbortSignal;
}

/**
 * Returns when whoever sits at the computer has consented to boot options and redirection, or need not. Rejects with
 * `consent.required` when there is nobody to ask for the code, and with `consent.rejected` when the device took no code.
 */
export async function ensureConsent(client: AmtClient, { asks, signal }: ConsentNeed): Promise<void> {
  const consent = await readConsent(client, signal);
  if (!consent || !(await isNeeded(client, consent, signal)) || isGiven(consent)) return;
  const ask = asks?.consentCode;
  if (!ask) throw new SidebandError('consent.required', 'the user at the computer must consent');
  if (consent.state === 'not started' || consent.state === 'unknown') await startConsent(client, signal);
  try {
    await sendCodes(client, { ask, consent, signal });
  } catch (thrown) {
    await withdraw(client, signal);
    throw withoutEffect(toSidebandError(thrown));
  }
}

/** Whether boots and redirection wait for whoever sits at the computer. */
export async function awaitsConsent(client: AmtClient, signal: AbortSignal): Promise<boolean> {
  const consent = await readConsent(client, signal);
  return consent !== undefined && !isGiven(consent) && (await isNeeded(client, consent, signal));
}

export function isGiven({ state }: Consent): boolean {
  return state === 'received' || state === 'in session';
}

/** In client control mode boots need it whatever the policy says. */
async function isNeeded(client: AmtClient, { required }: Consent, signal: AbortSignal): Promise<boolean> {
  return required === 'all' || (await client.capabilities(signal)).controlMode === 'client';
}

interface Conversation {
  readonly ask: NonNullable<Asks['consentCode']>;
  readonly consent: Consent;
  readonly signal: AbortSignal;
}

async function sendCodes(client: AmtClient, { ask, consent, signal }: Conversation): Promise<void> {
  const question = { computer: client.computer, waitsSeconds: consent.displaySeconds ?? usualDisplaySeconds };
  for (let tries = 0; tries < mostCodes; tries++) {
    const code = await ask({ ...question, wasWrong: tries > 0 }, signal);
    if (code === undefined) throw new SidebandError('consent.required', 'nobody gave the code that the device shows');
    // What is no code must not use up a try.
    const verdict = isConsentCode(code) ? await sendConsentCode(client, code, signal) : 'wrong';
    if (verdict === 'accepted') return;
    if (verdict === 'over') break;
  }
  throw new SidebandError('consent.rejected', 'the device did not take the code');
}

export function isConsentCode(code: string): boolean {
  return /^\d{6}$/.test(code);
}

/** Of all that was asked of the device only a code on the screen is left over, unless an answer was lost. */
function withoutEffect(error: SidebandError): SidebandError {
  const { code, message, details, effect } = error;
  return new SidebandError(code, message, { ...details, effect }, error);
}

/** The code must not stay on the screen when nobody waits for it any more. */
async function withdraw(client: AmtClient, signal: AbortSignal): Promise<void> {
  const stop = signal.aborted ? AbortSignal.timeout(cancelMs) : signal;
  await cancelConsent(client, stop).catch(() => undefined);
}

function decodeConsent(held: InstanceOf<typeof optInService>): Consent {
  const { OptInRequired: required = 'unknown', OptInState: state = 'unknown' } = held;
  return {
    required: isUnknown(required) ? 'unknown' : required,
    state: isUnknown(state) ? 'unknown' : state,
    codeSeconds: held.OptInCodeTimeout,
    displaySeconds: held.OptInDisplayTimeout,
    isChangeable: held.CanModifyOptInPolicy === 'yes',
  };
}

function isUnknown(word: string): word is 'unknown' | `unknown ${number}` {
  return word.startsWith('unknown');
}
