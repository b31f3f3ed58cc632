import { toSidebandError } from '../../../base/errors';
import type { AmtClient } from '../client';
import { disable } from './activation';
import type { DefenseResult } from './apply';
import { type Leftovers, leftoversOf, namesOf, remove } from './leftovers';
import { describeForeign } from './refusal';
import { type Activation, type DefenseState, onWiredPort, readDefense } from './state';
import { unknown } from './transaction';

/**
 * Takes everything of ours off the device, and nothing of other consoles. With `replaceForeign` another console’s policy is taken out
 * of force, and stays on the device.
 */
export async function allowAll(
  client: AmtClient,
  { replaceForeign }: { readonly replaceForeign: boolean },
  signal: AbortSignal,
): Promise<DefenseResult> {
  const held = await readDefense(client, signal);
  const wired = onWiredPort(held);
  const ours = held.activations.filter(({ policy }) => policy?.own);
  const activations = replaceForeign && wired && !ours.includes(wired) ? [...ours, wired] : ours;
  const stays = held.activations.filter((one) => !activations.includes(one));
  const unused = leftoversOf({ ...held, activations: stays });
  if (activations.length === 0 && namesOf(unused).length === 0) return judge(held, 'already');
  await take(client, { activations, unused }, signal);
  try {
    const after = await readDefense(client, signal);
    const left = [...after.policies, ...after.filters].filter(({ own }) => own).map(({ name }) => name);
    if (left.length === 0) return judge(after, 'done');
    return { outcome: 'unverified', note: `Accepted, but the device still holds: ${left.join(', ')}.` };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}

async function take(
  client: AmtClient,
  { activations, unused }: { readonly activations: readonly Activation[]; readonly unused: Leftovers },
  signal: AbortSignal,
): Promise<void> {
  let last: string | undefined;
  try {
    for (const activation of activations) {
      await disable(client, activation, signal);
      last = `policy ${activation.policy?.name ?? activation.policyId} taken out of force`;
    }
    await remove(client, unused, signal, (name) => {
      last = `${name} removed`;
    });
  } catch (thrown) {
    const error = toSidebandError(thrown);
    throw last === undefined ? error : unknown(error, `the last thing done before: ${last}`);
  }
}

/** What is not ours is told: the computer may still be cut off. */
function judge(state: DefenseState, outcome: 'done' | 'already'): DefenseResult {
  const foreign = describeForeign(state);
  return foreign === undefined ? { outcome } : { outcome, note: `Nothing of Sideband is left, but ${foreign}.` };
}
