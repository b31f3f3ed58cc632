import type { Direction } from '../../../fleet/filters/filterSet';

/**
 * How our objects are told from those of other consoles: a policy is called `open-ports~k3f9`, its filters `DNS~k3f9o` and `DNS~k3f9i`,
 * for outbound and inbound. The four characters stand for the content, so that a changed set has other names. AMT keeps 16 characters.
 */
const ownPolicy = /^([a-z][a-z0-9-]{0,10})~([a-z2-7]{4})$/;
const ownFilter = /^(.{1,10})~([a-z2-7]{4})([oi])$/;

export interface OwnPolicyName {
  readonly set: string;
  readonly tag: string;
}

export interface OwnFilterName {
  /** The name in the set. */
  readonly label: string;
  readonly tag: string;
}

export function policyName({ set, tag }: OwnPolicyName): string {
  return `${set}~${tag}`;
}

export function filterName({ label, tag }: OwnFilterName, direction: Direction): string {
  return `${label}~${tag}${direction === 'outbound' ? 'o' : 'i'}`;
}

/** Nothing for the policy of another console. */
export function readPolicyName(name: string): OwnPolicyName | undefined {
  const [, set, tag] = ownPolicy.exec(name) ?? [];
  return set !== undefined && tag !== undefined ? { set, tag } : undefined;
}

/** Nothing for the filter of another console. */
export function readFilterName(name: string): OwnFilterName | undefined {
  const [, label, tag] = ownFilter.exec(name) ?? [];
  return label !== undefined && tag !== undefined ? { label, tag } : undefined;
}
