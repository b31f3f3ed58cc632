import type { AmtClient } from '../client';
import type { DefenseState, HeldFilter, HeldPolicy } from './state';

/** Objects of ours that nothing needs: they do nothing to any packet. */
export interface Leftovers {
  readonly policies: readonly HeldPolicy[];
  readonly filters: readonly HeldFilter[];
}

/** Policies of ours that are on no port, except one that is to be kept, and filters of ours that no other policy has. */
export function leftoversOf(state: DefenseState, kept?: HeldPolicy): Leftovers {
  const onPorts = new Set(state.activations.map(({ policyId }) => policyId));
  const policies = state.policies.filter((one) => one.own && one.id !== kept?.id && !onPorts.has(one.id));
  const staying = state.policies.filter((one) => !policies.includes(one));
  const needed = new Set(staying.flatMap(({ filters }) => filters.map(({ handle }) => handle)));
  return { policies, filters: state.filters.filter((one) => one.own && !needed.has(one.handle)) };
}

export function namesOf({ policies, filters }: Leftovers): readonly string[] {
  return [...policies, ...filters].map(({ name }) => name);
}

/** The state once those are gone. */
export function without(state: DefenseState, { policies, filters }: Leftovers): DefenseState {
  return {
    ...state,
    policies: state.policies.filter((one) => !policies.includes(one)),
    filters: state.filters.filter((one) => !filters.includes(one)),
  };
}

/** Policies before their filters, which cannot go while a policy has them. */
export async function remove(
  client: AmtClient,
  { policies, filters }: Leftovers,
  signal: AbortSignal,
  onRemoved: (name: string) => void = () => undefined,
): Promise<void> {
  for (const { name, reference } of [...policies, ...filters]) {
    const { resourceUri, selectors } = reference;
    await client.wsman.delete(resourceUri, { selectors, signal });
    onRemoved(name);
  }
}
