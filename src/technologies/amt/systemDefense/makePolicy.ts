import { SidebandError } from '../../../base/errors';
import { systemDefensePolicy } from '../../../protocols/amt/cim/systemDefensePolicy';
import type { EndpointReference } from '../../../protocols/wsman/values';
import type { AmtClient } from '../client';
import { filterInstance } from './filterProperties';
import { filterName, policyName } from './ownNames';
import { type DefensePolicy, tagOf } from './policy';
import { policyProperties } from './policyProperties';
import { type DefenseState, policyReference, readFilters } from './state';
import type { Transaction } from './transaction';

export interface Making {
  readonly transaction: Transaction;
  readonly set: string;
  readonly policy: DefensePolicy;
  /** What the device holds already. */
  readonly state: DefenseState;
}

/** Makes the filters of a policy and the policy, which does nothing before it is enabled on a port. */
export async function makePolicy(client: AmtClient, making: Making, signal: AbortSignal): Promise<EndpointReference> {
  const { transaction, set, policy } = making;
  const tag = freeTag(making);
  const names: string[] = [];
  for (const filter of policy.filters) {
    const name = filterName({ label: filter.label, tag }, filter.direction);
    const { resourceUri, properties } = filterInstance(name, filter);
    await transaction.step(
      `filter ${name}`,
      () => client.wsman.create(resourceUri, properties, { signal }),
      ({ selectors }, stop) => client.wsman.delete(resourceUri, { selectors, signal: stop }),
    );
    names.push(name);
  }
  const name = policyName({ set, tag });
  const properties = policyProperties(name, policy, await handlesOf(client, names, signal));
  const { resourceUri } = systemDefensePolicy;
  const { selectors } = await transaction.step(
    `policy ${name}`,
    () => client.wsman.create(resourceUri, properties, { signal }),
    (made, stop) => client.wsman.delete(resourceUri, { selectors: made.selectors, signal: stop }),
  );
  if (typeof selectors.InstanceID === 'string') return policyReference(selectors.InstanceID);
  throw new SidebandError('protocol.invalid', 'the device did not say which policy it made');
}

/** Names must be free: objects of the same names may be there that somebody has changed. */
function freeTag({ set, policy, state }: Making): string {
  const taken = new Set([...state.policies, ...state.filters].map(({ own }) => own?.tag));
  for (let attempt = 0; ; attempt++) {
    const tag = tagOf(set, policy, attempt);
    if (!taken.has(tag)) return tag;
  }
}

/** The device numbers filters as it makes them, and says the numbers when it is asked for all. */
async function handlesOf(client: AmtClient, names: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const byName = new Map((await readFilters(client, signal)).map(({ name, handle }) => [name, handle]));
  return names.map((name) => {
    const handle = byName.get(name);
    if (handle !== undefined && handle !== '') return handle;
    throw new SidebandError('protocol.invalid', `the device does not list the filter ${name} that it made`);
  });
}
