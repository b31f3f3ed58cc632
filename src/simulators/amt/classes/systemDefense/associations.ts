import type { AmtDevice } from '../../device';
import type { AmtClass } from '../../model/amtClass';
import { Realm } from '../../realms';
import { datetime, type Properties, type Reference, reference, systemKeys } from '../../model/values';
import { countersOf } from './counters';
import { wiredPortReference } from './ports';
import { builtIn, filterKeys, hasSystemDefense, type Policy, policyReference, defenseOf } from './state';

/** What a policy does without being told in a filter; AMT shows it as filters with names of its own. */
interface BuiltInFilter {
  readonly handle: number;
  readonly name: string;
}

/** The filters that a policy has of itself. */
export const networkFilter: AmtClass = {
  name: 'AMT_NetworkFilter',
  keys: ['CreationClassName', 'Name', 'OwnerID', 'SystemCreationClassName', 'SystemName'],
  parents: ['AMT_FilterEntryBase'],
  isThere: hasSystemDefense,
  list: (device) =>
    policies(device).flatMap((policy) => builtInFilters(policy).map(({ name }) => networkFilterKeys(policy, name))),
};

export const filterInPolicy: AmtClass = {
  name: 'AMT_FilterInSystemDefensePolicy',
  keys: ['Antecedent', 'Dependent'],
  isThere: hasSystemDefense,
  list: (device) =>
    policies(device).flatMap((policy) =>
      filtersOf(device, policy).map(({ filter }) => ({ Antecedent: policyReference(policy), Dependent: filter })),
    ),
};

/** Numbers of the policy in force as `UpdateStatistics` last took them over. */
export const activeFilterStatistics: AmtClass = {
  name: 'AMT_ActiveFilterStatistics',
  keys: ['Antecedent', 'Dependent'],
  isDated: true,
  readers: [Realm.circuitBreaker],
  isThere: hasSystemDefense,
  list(device) {
    const policy = defenseOf(device).activePolicy;
    if (!policy) return [];
    const counters = countersOf(device, policy);
    return filtersOf(device, policy).map(({ handle, filter }): Properties => {
      const { packets, isMatched } = counters.shown(handle);
      return {
        ActivationTime: datetime(counters.activatedAt),
        Antecedent: wiredPortReference,
        Dependent: reference('AMT_FilterInSystemDefensePolicy', {
          Antecedent: policyReference(policy),
          Dependent: filter,
        }),
        FilterMatched: isMatched,
        LastResetTime: datetime(counters.lastResetAt),
        ReadCount: packets,
      };
    });
  },
};

function policies(device: AmtDevice): readonly Policy[] {
  return [...defenseOf(device).policies.values()];
}

function filtersOf(device: AmtDevice, policy: Policy): readonly { handle: number; filter: Reference }[] {
  const own = policy.filters.flatMap((handle) => {
    const filter = defenseOf(device).filters.get(handle);
    if (!filter) return [];
    const keys = { ...filterKeys(filter), InstanceID: String(handle) };
    return [{ handle, filter: reference(filter.className, keys) }];
  });
  const others = builtInFilters(policy).map(({ handle, name }) => ({
    handle,
    filter: reference('AMT_NetworkFilter', networkFilterKeys(policy, name)),
  }));
  return [...own, ...others];
}

function builtInFilters({ defaults, antiSpoofing }: Policy): readonly BuiltInFilter[] {
  return [
    ...(defaults.sent.counts ? [{ handle: builtIn.sent, name: 'Default Tx' }] : []),
    ...(defaults.received.counts ? [{ handle: builtIn.received, name: 'Default Rx' }] : []),
    ...(antiSpoofing > 0 ? [{ handle: builtIn.spoofed, name: 'Anti Spoofing' }] : []),
  ];
}

function networkFilterKeys({ handle }: Policy, name: string) {
  return { ...systemKeys('AMT_NetworkFilter'), Name: name, OwnerID: String(handle) } as const;
}
