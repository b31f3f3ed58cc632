import { activeFilterStatistics } from '../../../protocols/amt/cim/activeFilterStatistics';
import { systemDefensePolicy } from '../../../protocols/amt/cim/systemDefensePolicy';
import { assertCompleted } from '../../../protocols/amt/returnValue';
import type { EndpointReference } from '../../../protocols/wsman/values';
import type { AmtClient } from '../client';
import { readFilterName } from './ownNames';
import { type HeldPolicy, onWiredPort, readDefense, wiredPort } from './state';

/** How often a filter of the policy in force has matched. */
export interface FilterStatistics {
  /** The set of ours, or the name of another console’s policy. */
  readonly policy: string;
  /** The name in the set; the defaults and anti-spoofing have names of the device. */
  readonly filter: string;
  readonly direction?: 'outbound' | 'inbound';
  /** Packets since the last reset, 32 bits wide; only counted filters count. */
  readonly packets: number | undefined;
  readonly isMatched: boolean | undefined;
  readonly activeSince: Date | undefined;
  readonly resetAt: Date | undefined;
}

/** Has the device take its counters over, without resetting them, and reads them. None when no policy is in force. */
export async function readStatistics(client: AmtClient, signal: AbortSignal): Promise<readonly FilterStatistics[]> {
  const current = onWiredPort(await readDefense(client, signal));
  if (!current?.policy || current.isActive === false) return [];
  const { policy } = current;
  const parameters = { NetworkInterface: wiredPort, ResetOnRead: false };
  const options = { selectors: policy.reference.selectors, kind: 'read', signal } as const;
  const { resourceUri } = systemDefensePolicy;
  assertCompleted(await client.wsman.invoke(resourceUri, 'UpdateStatistics', parameters, options), 'UpdateStatistics');
  const all = await client.list(activeFilterStatistics, signal);
  return all.map(({ Dependent, ReadCount, FilterMatched, ActivationTime, LastResetTime }) => {
    const name = nameIn(Dependent);
    const direction = directionOf(policy, name);
    return {
      policy: policy.own?.set ?? policy.name,
      filter: readFilterName(name)?.label ?? name,
      ...(direction && { direction }),
      packets: ReadCount,
      isMatched: FilterMatched,
      activeSince: ActivationTime,
      resetAt: LastResetTime,
    };
  });
}

/** The filter is a key of the AMT_FilterInSystemDefensePolicy that is the key of the statistics. */
function nameIn(association: EndpointReference | undefined): string {
  const filter = association?.selectors.Dependent;
  const name = typeof filter === 'object' ? filter.selectors.Name : undefined;
  return typeof name === 'string' ? name : '';
}

function directionOf({ filters }: HeldPolicy, name: string): FilterStatistics['direction'] {
  return filters.find((filter) => filter.name === name)?.direction;
}
