import type { AmtClass } from '../../model/amtClass';
import { serviceKeys, systemKeys } from '../../model/values';
import { hasSystemDefense, limits } from './state';

export const generalCapabilities: AmtClass = {
  name: 'AMT_GeneralSystemDefenseCapabilities',
  keys: ['InstanceID'],
  isThere: hasSystemDefense,
  list: () => [
    {
      ElementName: 'Intel(r) AMT: General System Defense Capabilities',
      GlobalMaxSupportedFilters: limits.filters,
      GlobalMaxSupportedPolicies: limits.policies,
      InstanceID: 'Intel(r) AMT: General System Defense Capabilities 0',
    },
  ],
};

export const portCapabilities: AmtClass = {
  name: 'AMT_NetworkPortSystemDefenseCapabilities',
  keys: ['InstanceID'],
  isThere: hasSystemDefense,
  list: () => [
    {
      ElementName: 'Intel(r) AMT: Network Port System Defense Capabilities',
      IPv4_AntiSpoofingCapable: true,
      IPv4_MaxRxCounters: 15,
      IPv4_MaxRxFilters: 32,
      IPv4_MaxTxCounters: 15,
      IPv4_MaxTxFilters: 32,
      IPv6_AntiSpoofingCapable: false,
      IPv6_MaxRxCounters: 7,
      IPv6_MaxRxFilters: 16,
      IPv6_MaxTxCounters: 7,
      IPv6_MaxTxFilters: 16,
      IPv6_to_IPv4_Ratio: 2,
      InstanceID: 'Intel(r) AMT: Network Port System Defense Capabilities 0',
    },
  ],
};

const name = 'Intel(r) AMT System Defense Service';

export const systemDefenseService: AmtClass = {
  name: 'AMT_SystemDefenseService',
  keys: serviceKeys,
  isThere: hasSystemDefense,
  list: () => [
    {
      ...systemKeys('AMT_SystemDefenseService'),
      ElementName: name,
      EnabledDefault: 5,
      EnabledState: 5,
      Name: name,
      RequestedState: 12,
    },
  ],
};
