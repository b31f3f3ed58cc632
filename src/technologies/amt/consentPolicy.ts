import { consents, optInService } from '../../protocols/amt/cim/optInService';
import { numberOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';
import { rewrite } from './rewrite';
import { settingsGroup } from './settingsGroup';

export const consentPolicies = ['none', 'kvm', 'all'] as const;
export type ConsentPolicy = (typeof consentPolicies)[number];

/** For which sessions and boots the user in front of the computer must give consent. */
export interface ConsentSettings {
  readonly consentPolicy: ConsentPolicy;
}

export const consentSettings = settingsGroup<ConsentSettings>({
  words: { consentPolicy: (policy) => `consent ${policy}` },
  async read(client, signal) {
    const { OptInRequired: held } = await client.get(optInService, signal);
    const policy = consentPolicies.find((one) => one === held);
    return policy ? { consentPolicy: policy } : {};
  },
  write(client, { consentPolicy = 'all' }, signal) {
    const required = numberOf(consents, consentPolicy);
    return rewrite(client, optInService, (held) => held.with({ OptInRequired: required }), { signal });
  },
});

/** Why the policy cannot be changed from here. */
export async function lacksConsentPolicy(client: AmtClient, signal: AbortSignal): Promise<string | undefined> {
  const { CanModifyOptInPolicy: may } = await client.get(optInService, signal);
  if (may === 'yes') return undefined;
  const { controlMode } = await client.capabilities(signal);
  const why = controlMode === 'client' ? 'it is in client control mode' : 'the firmware’s settings forbid it';
  return `its consent policy cannot be changed: ${why}`;
}
