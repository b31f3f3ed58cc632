import type { AmtArea } from '../model/amtClass';
import { activeFilterStatistics, filterInPolicy, networkFilter } from './systemDefense/associations';
import { generalCapabilities, portCapabilities, systemDefenseService } from './systemDefense/capabilities';
import { hdr8021Filter, ipHeadersFilter } from './systemDefense/filters';
import { systemDefensePolicy } from './systemDefense/policies';
import {
  agentPresencePolicy,
  environmentPolicy,
  networkPortDefaultPolicy,
  networkPortPolicy,
} from './systemDefense/ports';

/** Filters in the network adapter, by which AMT cuts a computer off. */
export const systemDefense: AmtArea = {
  classes: [
    generalCapabilities,
    portCapabilities,
    systemDefenseService,
    hdr8021Filter,
    ipHeadersFilter,
    networkFilter,
    systemDefensePolicy,
    filterInPolicy,
    networkPortPolicy,
    networkPortDefaultPolicy,
    agentPresencePolicy,
    environmentPolicy,
    activeFilterStatistics,
  ],
};
