import { amtClass, boolean, integer } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** How many filters and counters a network port has. */
export const networkPortSystemDefenseCapabilities = amtClass('AMT_NetworkPortSystemDefenseCapabilities', {
  ...settingData,
  IPv4_AntiSpoofingCapable: boolean,
  IPv4_MaxRxCounters: integer,
  IPv4_MaxRxFilters: integer,
  IPv4_MaxTxCounters: integer,
  IPv4_MaxTxFilters: integer,
  IPv6_AntiSpoofingCapable: boolean,
  IPv6_MaxRxCounters: integer,
  IPv6_MaxRxFilters: integer,
  IPv6_MaxTxCounters: integer,
  IPv6_MaxTxFilters: integer,
  /** How many IPv4 filters one for IPv6 takes the place of. */
  IPv6_to_IPv4_Ratio: integer,
});
