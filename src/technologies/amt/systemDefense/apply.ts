import { SidebandError, toSidebandError } from '../../../base/errors';
import type { EndpointReference } from '../../../protocols/wsman/values';
import type { AmtClient } from '../client';
import { disable, enable } from './activation';
import { leftoversOf, namesOf, remove, without } from './leftovers';
import { makePolicy } from './makePolicy';
import type { DefensePolicy } from './policy';
import { describeForeign } from './refusal';
import {
  type Activation,
  type DefenseState,
  doesTheSame,
  type HeldPolicy,
  onWiredPort,
  readDefense,
  wiredPort,
} from './state';
import { Transaction, unknown } from './transaction';

/** What is to be in force. */
export interface Wanted {
  readonly set: string;
  readonly policy: DefensePolicy;
  /** Whether the policy of another console may be taken out of force. It stays on the device. */
  readonly replaceForeign: boolean;
}

/** What became of it; `note` is what the outcome leaves open. */
export interface DefenseResult {
  readonly outcome: 'done' | 'already' | 'unverified';
  readonly note?: string;
}

const outranked = 'It is enabled, but a policy of an agent or of network detection has a higher precedence.';

/**
 * Puts a policy in force on the wired port: new filters and the new policy first, then one policy for the other, then what is not
 * needed any more goes. What fails until then is taken back. Rejects with `device.state` when another console has a policy in force
 * that may not be replaced.
 */
export async function applyPolicy(client: AmtClient, wanted: Wanted, signal: AbortSignal): Promise<DefenseResult> {
  const held = await readDefense(client, signal);
  const foreign = describeForeign(held);
  if (foreign !== undefined && !wanted.replaceForeign) throw new SidebandError('device.state', foreign);
  const kept = held.policies.find((one) => isWanted(one, wanted));
  const current = onWiredPort(held);
  const unused = leftoversOf(held, kept);
  const isInForce = kept !== undefined && current?.policyId === kept.id;
  if (isInForce && namesOf(unused).length === 0) return judge(current, 'already');

  // What does nothing to any packet is no change worth taking back, and its place may be needed.
  await remove(client, unused, signal);
  const before = without(held, unused);
  if (!isInForce) await replace(client, { wanted, before, kept, current }, signal);
  const note = isInForce ? undefined : await removeReplaced(client, { before, kept, current }, signal);
  return verify(client, { wanted, note }, signal);
}

interface Change {
  readonly before: DefenseState;
  /** A policy that is there already and does what is wanted. */
  readonly kept: HeldPolicy | undefined;
  /** What is enabled on the wired port. */
  readonly current: Activation | undefined;
}

async function replace(
  client: AmtClient,
  { wanted, before, kept, current }: Change & { readonly wanted: Wanted },
  signal: AbortSignal,
): Promise<void> {
  const transaction = new Transaction();
  try {
    const making = { ...wanted, transaction, state: before };
    const target = kept?.reference ?? (await makePolicy(client, making, signal));
    await swap(client, { transaction, current, target }, signal);
  } catch (thrown) {
    throw await transaction.fail(thrown);
  }
}

interface Swap {
  readonly transaction: Transaction;
  readonly current: Activation | undefined;
  readonly target: EndpointReference;
}

/** A port takes one policy at a time, so for a moment there is none. */
async function swap(client: AmtClient, { transaction, current, target }: Swap, signal: AbortSignal): Promise<void> {
  if (current) {
    await transaction.step(
      `policy ${current.policy?.name ?? current.policyId} taken out of force`,
      () => disable(client, current, signal),
      (_, stop) => enable(client, current, stop),
    );
  }
  await enable(client, { port: wiredPort, target }, signal);
}

/** Takes away what was in force, when it was ours. What the device refuses to give up is only told: the new policy is in force. */
async function removeReplaced(
  client: AmtClient,
  { before, kept, current }: Change,
  signal: AbortSignal,
): Promise<string | undefined> {
  const activations = before.activations.filter((one) => one !== current);
  const replaced = leftoversOf({ ...before, activations }, kept);
  try {
    await remove(client, replaced, signal);
    return undefined;
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.effect === 'unknown') throw unknown(error, 'the new policy is in force');
    return `In force, but the old ${namesOf(replaced)[0] ?? ''} was not removed: ${error.message}.`;
  }
}

async function verify(
  client: AmtClient,
  { wanted, note }: { readonly wanted: Wanted; readonly note: string | undefined },
  signal: AbortSignal,
): Promise<DefenseResult> {
  try {
    const current = onWiredPort(await readDefense(client, signal));
    if (current?.policy && isWanted(current.policy, wanted)) {
      return note === undefined ? judge(current, 'done') : { outcome: 'unverified', note };
    }
    const found = current ? `the policy "${current.policy?.name ?? current.policyId}", which differs` : 'no policy';
    return { outcome: 'unverified', note: `Accepted, but the device has ${found} in force.` };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}

function judge({ isActive }: Activation, outcome: 'done' | 'already'): DefenseResult {
  return isActive === false ? { outcome: 'unverified', note: outranked } : { outcome };
}

function isWanted(held: HeldPolicy, { set, policy }: Wanted): boolean {
  return held.own?.set === set && doesTheSame(held, policy);
}
