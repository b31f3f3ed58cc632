import type { AmtDevice } from '../../device';
import { perDevice } from '../../model/amtClass';
import { type Properties, type Reference, reference, systemKeys } from '../../model/values';
import type { Direction, Packet } from './packet';

export const limits = { policies: 8, filters: 80, handles: 62, nameLength: 16 } as const;

/** FilterProfile. */
export const Profile = { passAndCount: 0, dropAndCount: 1, limitRate: 2, pass: 3, drop: 4 } as const;
export type Profile = (typeof Profile)[keyof typeof Profile];

/** By what event records and counters know that no filter matched, or that the source address was another's. */
export const builtIn = { received: 0xfffffffd, sent: 0xfffffffc, spoofed: 0xfffffffa } as const;

export interface Filter {
  /** Its InstanceID, by which policies name it. */
  readonly handle: number;
  readonly className: 'AMT_Hdr8021Filter' | 'AMT_IPHeadersFilter';
  readonly name: string;
  readonly direction: Direction;
  readonly profile: Profile;
  /** What `limitRate` lets through. */
  readonly packetsPerSecond: number;
  readonly tellsMatches: boolean;
  readonly properties: Properties;
  /** Whether it is about this packet, apart from the direction. */
  matches(packet: Packet): boolean;
}

/** What happens to packets that no filter matches. */
export interface DefaultAction {
  readonly drops: boolean;
  readonly counts: boolean;
  readonly tells: boolean;
}

export interface Policy {
  readonly handle: number;
  readonly name: string;
  readonly precedence: number;
  readonly filters: readonly number[];
  readonly defaults: Readonly<Record<Direction, DefaultAction>>;
  /** 0 off, 1 tells, 2 counts, 3 both, 4 neither. */
  readonly antiSpoofing: number;
  /** 0: none. */
  readonly timeoutMinutes: number;
}

/** Who can have a policy enforced on a port. The default policy holds when nobody else's does. */
export type Owner = 'systemDefense' | 'agentPresence' | 'environmentDetection' | 'default';

interface Assignment {
  readonly policy: number;
  /** Since when it is enabled, by the device's clock in milliseconds; absent: not now. */
  readonly since?: number;
}

/** What System Defense of a device has: only the wired port filters. */
export class SystemDefense {
  readonly #device: AmtDevice;
  readonly filters = new Map<number, Filter>();
  readonly policies = new Map<number, Policy>();
  readonly #assignments = new Map<Owner, Assignment>();
  #lastFilter = 0;
  #lastPolicy = 0;

  constructor(device: AmtDevice) {
    this.#device = device;
  }

  addFilter(make: (handle: number) => Filter): Filter {
    const filter = make(++this.#lastFilter);
    this.filters.set(filter.handle, filter);
    return filter;
  }

  addPolicy(make: (handle: number) => Policy): Policy {
    const policy = make(++this.#lastPolicy);
    this.policies.set(policy.handle, policy);
    return policy;
  }

  isFilterUsed(handle: number): boolean {
    return [...this.policies.values()].some(({ filters }) => filters.includes(handle));
  }

  isPolicyUsed(handle: number): boolean {
    return [...this.#assignments.values()].some(({ policy }) => policy === handle);
  }

  /** The policy that an owner has set, enabled or not. */
  policyOf(owner: Owner): Policy | undefined {
    const assignment = this.#assignments.get(owner);
    return assignment && this.policies.get(assignment.policy);
  }

  isEnabled(owner: Owner): boolean {
    return this.#enabled(owner) !== undefined;
  }

  assign(owner: Owner, policy: number): void {
    const waits = owner === 'agentPresence' || owner === 'environmentDetection';
    this.#assignments.set(owner, waits ? { policy } : { policy, since: this.#device.now() });
  }

  unassign(owner: Owner): void {
    this.#assignments.delete(owner);
  }

  /** Starts what an owner has set, as the agent presence does when an agent fails. */
  enable(owner: Owner): void {
    const assignment = this.#assignments.get(owner);
    if (assignment) this.#assignments.set(owner, { ...assignment, since: this.#device.now() });
  }

  disable(owner: Owner): void {
    const assignment = this.#assignments.get(owner);
    if (assignment) this.#assignments.set(owner, { policy: assignment.policy });
  }

  /** Whose policy is in force: that of the highest precedence. */
  get activeOwner(): Owner | undefined {
    const [first] = (['systemDefense', 'agentPresence', 'environmentDetection'] as const)
      .flatMap((owner) => {
        const policy = this.#enabled(owner);
        return policy ? [{ owner, precedence: policy.precedence }] : [];
      })
      .sort((a, b) => b.precedence - a.precedence);
    return first?.owner ?? (this.isEnabled('default') ? 'default' : undefined);
  }

  get activePolicy(): Policy | undefined {
    const owner = this.activeOwner;
    return owner && this.policyOf(owner);
  }

  #enabled(owner: Owner): Policy | undefined {
    const since = this.#assignments.get(owner)?.since;
    const policy = this.policyOf(owner);
    if (since === undefined || !policy) return undefined;
    const isOver = policy.timeoutMinutes > 0 && this.#device.now() >= since + policy.timeoutMinutes * 60_000;
    return isOver ? undefined : policy;
  }
}

export const defenseOf = perDevice((device) => new SystemDefense(device));

export function hasSystemDefense(device: AmtDevice): boolean {
  return device.has('systemDefense');
}

/** The keys of a filter, of whatever class. */
export function filterKeys({ className, name }: Pick<Filter, 'className' | 'name'>) {
  return { ...systemKeys(className), Name: name } as const;
}

export function policyReference({ handle }: Policy): Reference {
  return reference('AMT_SystemDefensePolicy', { InstanceID: String(handle) });
}
