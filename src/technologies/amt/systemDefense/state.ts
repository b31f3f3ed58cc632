import { filterInSystemDefensePolicy } from '../../../protocols/amt/cim/filterInSystemDefensePolicy';
import { hdr8021Filter } from '../../../protocols/amt/cim/hdr8021Filter';
import { ipHeadersFilter } from '../../../protocols/amt/cim/ipHeadersFilter';
import { networkPortSystemDefensePolicy } from '../../../protocols/amt/cim/networkPortSystemDefensePolicy';
import { systemDefensePolicy } from '../../../protocols/amt/cim/systemDefensePolicy';
import { cimUri, type InstanceOf } from '../../../protocols/wsman/cimClass';
import type { EndpointReference, Selectors } from '../../../protocols/wsman/values';
import type { AmtClient } from '../client';
import { type ReadFilter, readEtherFilter, readIpFilter } from './filterProperties';
import { type OwnFilterName, type OwnPolicyName, readFilterName, readPolicyName } from './ownNames';
import { type DefenseFilter, type DefensePolicy, isSamePolicy } from './policy';
import { readAntiSpoofing, readOtherwise } from './policyProperties';

const wiredDeviceId = 'Intel(r) AMT Ethernet Port 0';

/** The wired port, the only one that filters. */
export const wiredPort: EndpointReference = {
  resourceUri: cimUri('CIM_EthernetPort'),
  selectors: {
    CreationClassName: 'CIM_EthernetPort',
    DeviceID: wiredDeviceId,
    SystemCreationClassName: 'CIM_ComputerSystem',
    SystemName: 'Intel(r) AMT',
  },
};

/** A filter that the device holds. */
export interface HeldFilter extends ReadFilter {
  /** By which policies name it. */
  readonly handle: string;
  /** As the device has it. */
  readonly name: string;
  /** Absent: of another console. */
  readonly own?: OwnFilterName;
  readonly reference: EndpointReference;
}

/** A policy that the device holds. */
export interface HeldPolicy extends Pick<DefensePolicy, 'otherwise' | 'antiSpoofing'> {
  readonly id: string;
  readonly name: string;
  /** Absent: of another console. */
  readonly own?: OwnPolicyName;
  readonly filters: readonly HeldFilter[];
  readonly reference: EndpointReference;
}

/** That a policy is enabled on a port. */
export interface Activation {
  readonly policyId: string;
  /** Absent when the device has lost the policy. */
  readonly policy?: HeldPolicy;
  /** `undefined` where the device does not say. */
  readonly isActive: boolean | undefined;
  readonly isWired: boolean;
  readonly port: EndpointReference;
  readonly target: EndpointReference;
}

/** What System Defense of a device holds. */
export interface DefenseState {
  readonly policies: readonly HeldPolicy[];
  readonly filters: readonly HeldFilter[];
  readonly activations: readonly Activation[];
}

export async function readDefense(client: AmtClient, signal: AbortSignal): Promise<DefenseState> {
  const filters = await readFilters(client, signal);
  const instances = await client.list(systemDefensePolicy, signal);
  const isBare = instances.some(({ FilterCreationHandles: handles }) => handles.length === 0);
  const links = isBare && filters.length > 0 ? await client.list(filterInSystemDefensePolicy, signal) : [];
  const policies = instances.map((one) => toPolicy(one, filtersOf(one, { filters, links })));
  const associations = await client.list(networkPortSystemDefensePolicy, signal);
  const activations = associations.flatMap((one) => toActivation(one, policies));
  return { policies, filters, activations };
}

export async function readFilters(client: AmtClient, signal: AbortSignal): Promise<readonly HeldFilter[]> {
  const ether = await client.list(hdr8021Filter, signal);
  const ip = await client.list(ipHeadersFilter, signal);
  return [
    ...ether.map((one) => toFilter(one, { resourceUri: hdr8021Filter.resourceUri, read: readEtherFilter(one) })),
    ...ip.map((one) => toFilter(one, { resourceUri: ipHeadersFilter.resourceUri, read: readIpFilter(one) })),
  ];
}

/** What is enabled on the wired port for consoles, as opposed to agents and to detection: one policy at most. */
export function onWiredPort({ activations }: DefenseState): Activation | undefined {
  return activations.find(({ isWired }) => isWired);
}

/** Whether a policy does exactly what is wanted, as a policy of ours. */
export function doesTheSame(held: HeldPolicy, wanted: DefensePolicy): boolean {
  const filters = held.filters.map(toDefenseFilter);
  if (held.filters.some(({ unsaid }) => unsaid.length > 0) || !filters.every((one) => one !== undefined)) return false;
  return isSamePolicy({ ...held, filters }, wanted);
}

/** Nothing for a filter that our words cannot describe. */
export function toDefenseFilter({ name, own, direction, treatment, match }: HeldFilter): DefenseFilter | undefined {
  return direction && treatment && match && { label: own?.label ?? name, direction, treatment, match };
}

function toFilter(
  instance: InstanceOf<typeof hdr8021Filter> | InstanceOf<typeof ipHeadersFilter>,
  { resourceUri, read }: { readonly resourceUri: string; readonly read: ReadFilter },
): HeldFilter {
  const { Name: name = '', InstanceID: handle = '' } = instance;
  const { CreationClassName, SystemCreationClassName, SystemName } = instance;
  const keys = { CreationClassName, InstanceID: handle, Name: name, SystemCreationClassName, SystemName };
  const own = readFilterName(name);
  return { ...read, handle, name, ...(own && { own }), reference: { resourceUri, selectors: present(keys) } };
}

type Links = readonly InstanceOf<typeof filterInSystemDefensePolicy>[];

/** By the handles in the policy; where it gives none, by the associations. */
function filtersOf(
  { InstanceID, FilterCreationHandles: handles }: InstanceOf<typeof systemDefensePolicy>,
  { filters, links }: { readonly filters: readonly HeldFilter[]; readonly links: Links },
): readonly HeldFilter[] {
  if (handles.length > 0) {
    return handles.flatMap((handle) => filters.filter((filter) => Number(filter.handle) === handle));
  }
  const own = links.filter(({ Antecedent }) => Antecedent?.selectors.InstanceID === InstanceID);
  return own.flatMap(({ Dependent }) => filters.filter(({ name }) => Dependent?.selectors.Name === name));
}

function toPolicy(instance: InstanceOf<typeof systemDefensePolicy>, filters: readonly HeldFilter[]): HeldPolicy {
  const { InstanceID: id = '', PolicyName: name = '' } = instance;
  const own = readPolicyName(name);
  return {
    id,
    name,
    ...(own && { own }),
    filters,
    otherwise: readOtherwise(instance),
    antiSpoofing: readAntiSpoofing(instance),
    reference: policyReference(id),
  };
}

export function policyReference(id: string): EndpointReference {
  return { resourceUri: systemDefensePolicy.resourceUri, selectors: { InstanceID: id } };
}

function toActivation(
  { Antecedent: port, Dependent: target, Active: isActive }: InstanceOf<typeof networkPortSystemDefensePolicy>,
  policies: readonly HeldPolicy[],
): readonly Activation[] {
  if (!port || !target) return [];
  const { InstanceID } = target.selectors;
  const policyId = typeof InstanceID === 'string' ? InstanceID : '';
  const policy = policies.find(({ id }) => id === policyId);
  const isWired = port.selectors.DeviceID === wiredDeviceId;
  return [{ policyId, ...(policy && { policy }), isActive, isWired, port, target }];
}

function present(keys: Readonly<Record<string, string | undefined>>): Selectors {
  return Object.fromEntries(
    Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
