import type { AntiSpoofing, Direction, Treatment } from '../../../fleet/filters/filterSet';
import type { systemDefensePolicy } from '../../../protocols/amt/cim/systemDefensePolicy';
import type { InstanceOf } from '../../../protocols/wsman/cimClass';
import type { Properties } from '../../../protocols/wsman/values';
import type { DefensePolicy } from './policy';

/** Above what other consoles usually take, so that ours wins over policies of agents and of network detection. */
const precedence = 1000;

/** AntiSpoofingSupport of AMT_SystemDefensePolicy. */
const antiSpoofingNumbers: Readonly<Record<AntiSpoofing, number>> = {
  off: 0,
  event: 1,
  count: 2,
  'count event': 3,
  on: 4,
};

/** The properties of a policy to be made. `handles` are the InstanceIDs of its filters. */
export function policyProperties(name: string, policy: DefensePolicy, handles: readonly string[]): Properties {
  const { otherwise, antiSpoofing } = policy;
  const { inbound, outbound } = otherwise;
  return {
    AntiSpoofingSupport: antiSpoofingNumbers[antiSpoofing],
    FilterCreationHandles: handles,
    InstanceID: 0,
    PolicyName: name,
    PolicyPrecedence: precedence,
    RxDefaultCount: inbound.count,
    RxDefaultDrop: inbound.action === 'drop',
    RxDefaultMatchEvent: inbound.event,
    TxDefaultCount: outbound.count,
    TxDefaultDrop: outbound.action === 'drop',
    TxDefaultMatchEvent: outbound.event,
  };
}

type Instance = InstanceOf<typeof systemDefensePolicy>;

export function readOtherwise(instance: Instance): Readonly<Record<Direction, Treatment>> {
  const { TxDefaultDrop, TxDefaultCount, TxDefaultMatchEvent } = instance;
  const { RxDefaultDrop, RxDefaultCount, RxDefaultMatchEvent } = instance;
  return {
    outbound: toTreatment({ drop: TxDefaultDrop, count: TxDefaultCount, event: TxDefaultMatchEvent }),
    inbound: toTreatment({ drop: RxDefaultDrop, count: RxDefaultCount, event: RxDefaultMatchEvent }),
  };
}

/** What is absent is off; a number that the standard does not have is taken for on. */
export function readAntiSpoofing({ AntiSpoofingSupport: support }: Instance): AntiSpoofing {
  switch (support) {
    case undefined:
    case 'off':
      return 'off';
    case 'on, event':
      return 'event';
    case 'on, count':
      return 'count';
    case 'on, count and event':
      return 'count event';
    default:
      return 'on';
  }
}

type Flags = Readonly<Record<'drop' | 'count' | 'event', boolean | undefined>>;

function toTreatment({ drop, count, event }: Flags): Treatment {
  return { action: drop === true ? 'drop' : 'pass', count: count === true, event: event === true };
}
