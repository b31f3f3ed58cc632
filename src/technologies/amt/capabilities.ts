import type { Cache } from '../../base/cache';
import { bootCapabilities } from '../../protocols/amt/cim/bootCapabilities';
import { eventManagerService } from '../../protocols/amt/cim/eventManagerService';
import { controlModes, hostBasedSetupService } from '../../protocols/amt/cim/hostBasedSetupService';
import { ipsPowerManagementService } from '../../protocols/amt/cim/ipsPowerManagementService';
import { kvmRedirectionSap } from '../../protocols/amt/cim/kvmRedirectionSap';
import { consents, optInService } from '../../protocols/amt/cim/optInService';
import { softwareIdentity } from '../../protocols/amt/cim/softwareIdentity';
import { generalSystemDefenseCapabilities } from '../../protocols/amt/cim/generalSystemDefenseCapabilities';
import { tlsSettingData } from '../../protocols/amt/cim/tlsSettingData';
import { wifiPort } from '../../protocols/amt/cim/wifiPort';
import type { InstanceOf } from '../../protocols/wsman/cimClass';
import { isDeviceLacking } from '../lacking';
import type { AmtDevice } from './device';

const keptMs = 24 * 3_600_000;
/** Of the shape below. */
const keptVersion = 1;
/** The TLS settings of the network, as opposed to those of the local interface. */
const networkTls = 'Intel(r) AMT 802.3 TLS Settings';

/** What a device offers, as it says itself. */
export interface AmtCapabilities {
  /** The firmware's version, such as `15.0.23`. */
  readonly version: string;
  /** The first number of the version; 0 when it is not known. */
  readonly generation: number;
  /** `standard`: Intel Standard Manageability, without KVM and System Defense on most generations. */
  readonly edition: 'full' | 'standard' | 'unknown';
  /** `client` (CCM) asks for the user's consent and has no System Defense; `admin` (ACM) may do everything. */
  readonly controlMode: 'admin' | 'client' | 'none' | 'unknown';
  /** For which redirection sessions and boots the user in front of the computer must give consent. */
  readonly consent: 'none' | 'kvm' | 'all' | 'unknown';
  /** Whether it can be reached over TLS only: always from 16.1 on, otherwise as it is set. */
  readonly tlsOnly: boolean;
  readonly kvm: boolean;
  readonly systemDefense: boolean;
  readonly wireless: boolean;
  /** SNMP platform event traps; gone since generation 18. */
  readonly petAlerts: boolean;
  /** Wake from modern standby, since generation 10. */
  readonly osPowerSaving: boolean;
  /** The names of AMT_BootCapabilities that are true, such as `ForcePXEBoot`. */
  readonly boot: readonly string[];
}

/** Where the capabilities of a device are kept. */
export interface CapabilitiesPlace {
  readonly cache: Cache;
  /** Names device and firmware. */
  readonly device: string;
}

/** From the cache, or probed and kept. */
export async function knownCapabilities(
  device: AmtDevice,
  place: CapabilitiesPlace,
  signal: AbortSignal,
): Promise<AmtCapabilities> {
  const kept = parseKept(place.cache.get(keyOf(place)));
  return kept && Date.now() - kept.at < keptMs ? kept.capabilities : freshCapabilities(device, place, signal);
}

/** Probed, whatever the cache says, and kept. */
export async function freshCapabilities(
  device: AmtDevice,
  place: CapabilitiesPlace,
  signal: AbortSignal,
): Promise<AmtCapabilities> {
  const capabilities = await probeCapabilities(device, signal);
  place.cache.set(keyOf(place), new TextEncoder().encode(JSON.stringify({ at: Date.now(), capabilities })));
  return capabilities;
}

function keyOf({ device }: CapabilitiesPlace): string {
  return `amt capabilities ${keptVersion} ${device}`;
}

/** One question after the other: the device answers one at a time. */
async function probeCapabilities(device: AmtDevice, signal: AbortSignal): Promise<AmtCapabilities> {
  const software = await device.list(softwareIdentity, signal);
  const versionOf = (id: string): string | undefined =>
    software.find(({ InstanceID }) => InstanceID === id)?.VersionString;
  const version = versionOf('AMT') ?? device.version ?? '';
  const setup = await device.find(hostBasedSetupService, signal);
  const optIn = await device.find(optInService, signal);
  const boot = await rawBootCapabilities(device, signal);
  return {
    version,
    generation: generationOf(version) ?? 0,
    edition: editionOf(versionOf('Sku')),
    controlMode: known(controlModes, setup?.CurrentControlMode),
    consent: known(consents, optIn?.OptInRequired),
    tlsOnly: isTlsOnly(await device.list(tlsSettingData, signal)),
    kvm: (await device.find(kvmRedirectionSap, signal)) !== undefined,
    systemDefense: (await device.find(generalSystemDefenseCapabilities, signal)) !== undefined,
    wireless: (await device.find(wifiPort, signal)) !== undefined,
    petAlerts: (await device.find(eventManagerService, signal)) !== undefined,
    osPowerSaving: (await device.find(ipsPowerManagementService, signal)) !== undefined,
    boot,
  };
}

/** `AMT 15.0.23, admin control mode, KVM, System Defense`. */
export function describeCapabilities(capabilities: AmtCapabilities): string {
  const { version, edition, controlMode, consent, kvm, systemDefense, wireless, tlsOnly } = capabilities;
  return [
    edition === 'standard' ? `Intel Standard Manageability ${version}` : `AMT ${version}`,
    ...(controlMode === 'none' || controlMode === 'unknown' ? [] : [`${controlMode} control mode`]),
    ...(consent === 'all' || controlMode === 'client' ? ['asks for consent'] : []),
    kvm ? 'KVM' : 'no KVM',
    systemDefense ? 'System Defense' : 'no System Defense',
    ...(wireless ? ['Wi-Fi'] : []),
    ...(tlsOnly ? ['TLS only'] : []),
  ].join(', ');
}

async function rawBootCapabilities(device: AmtDevice, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const instance = await device.wsman.get(bootCapabilities.resourceUri, { signal });
    // PlatformErase is a bit mask, of which bit 0 says that there is any.
    return instance.names.filter((name) => isTrue(instance.text(name)));
  } catch (thrown) {
    if (isDeviceLacking(thrown)) return [];
    throw thrown;
  }
}

function isTrue(text = ''): boolean {
  const word = text.trim().toLowerCase();
  return word === 'true' || (/^\d+$/.test(word) && (Number(word) & 1) === 1);
}

function isTlsOnly(settings: readonly InstanceOf<typeof tlsSettingData>[]): boolean {
  const own = settings.find(({ InstanceID }) => InstanceID === networkTls);
  if (own?.NonSecureConnectionsSupported === false) return true;
  return own?.Enabled === true && own.AcceptNonSecureConnections === false;
}

/** Bit 3 is full AMT, bit 4 Intel Standard Manageability, since generation 5. */
function editionOf(sku: string | undefined): AmtCapabilities['edition'] {
  const bits = Number(sku);
  if (!Number.isInteger(bits)) return 'unknown';
  if ((bits & 0x08) !== 0) return 'full';
  return (bits & 0x10) !== 0 ? 'standard' : 'unknown';
}

/** The first number of a version. */
export function generationOf(version: string | undefined): number | undefined {
  const generation = Number.parseInt(version ?? '', 10);
  return generation > 0 ? generation : undefined;
}

/** The word when it is one of the values that there are. */
function known<Word extends string>(words: Readonly<Record<number, Word>>, word: string | undefined): Word | 'unknown' {
  return Object.values(words).find((one) => one === word) ?? 'unknown';
}

function parseKept(
  bytes: Uint8Array | undefined,
): { readonly at: number; readonly capabilities: AmtCapabilities } | undefined {
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as { at: number; capabilities: AmtCapabilities };
  } catch {
    return undefined;
  }
}
