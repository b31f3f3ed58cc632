import type { AmtDevice } from '../../device';
import { type AmtClass, type Context, type Output, perDevice } from '../../model/amtClass';
import { refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import { majorVersion } from '../../profiles';
import { Realm } from '../../realms';
import { Audit, auditLog } from '../auditLog';
import { findCertificate } from '../certificates/store';
import { type Ieee8021x, read8021x } from './ieee8021x';

const mostProfiles = 16;
const longestSsid = 32;
const infrastructure = 3;
/** Profiles that the operating system has, and nobody else may change. */
const hostPrefix = 'Intel(r) AMT:WiFi Endpoint User Settings';

/** AuthenticationMethod. */
export const Authentication = {
  wpaPsk: 4,
  wpa8021x: 5,
  wpa2Psk: 6,
  wpa28021x: 7,
  wpa3Sae: 32768,
  wpa3Owe: 32769,
} as const;
/** EncryptionMethod. */
const Encryption = { tkip: 3, ccmp: 4 } as const;

export interface WifiProfile {
  readonly id: string;
  readonly name: string;
  readonly ssid: string;
  readonly priority: number;
  readonly authentication: number;
  readonly encryption: number;
  readonly passphrase?: string;
  readonly login?: Ieee8021x;
}

const profilesOf = perDevice(() => {
  const home: WifiProfile = {
    id: `${hostPrefix} Home`,
    name: 'Home',
    ssid: 'Home',
    priority: 1,
    authentication: Authentication.wpa2Psk,
    encryption: Encryption.ccmp,
  };
  return new Map([[home.id, home]]);
});

export function hasWifi(device: AmtDevice): boolean {
  return device.hardware.hasWifi;
}

export function wifiProfiles(device: AmtDevice): readonly WifiProfile[] {
  return [...profilesOf(device).values()];
}

/** The handles of certificates that profiles use. */
export function usesCertificate(device: AmtDevice, handle: number): boolean {
  return wifiProfiles(device).some(({ login }) => login?.certificates.includes(handle));
}

export const endpointSettings: AmtClass = {
  name: 'CIM_WiFiEndpointSettings',
  keys: ['InstanceID'],
  isDated: true,
  writers: [Realm.administration],
  isThere: hasWifi,
  list: (device) =>
    wifiProfiles(device).map((profile) => ({
      AuthenticationMethod: profile.authentication,
      BSSType: infrastructure,
      ElementName: profile.name,
      EncryptionMethod: profile.encryption,
      InstanceID: profile.id,
      Priority: profile.priority,
      SSID: profile.ssid,
    })),
  delete(context) {
    const { device, instance } = context;
    const id = keyText(instance, 'InstanceID');
    if (id.startsWith(hostPrefix)) throw refused(PtStatus.notPermitted);
    profilesOf(device).delete(id);
    auditLog(device).add(context, { app: Audit.wireless.app, event: Audit.wireless.profileRemoved });
  },
};

/** AMT_WiFiPortConfigurationService.AddWiFiSettings. */
export function addWifiSettings(context: Context, input: Sent): Output {
  const { device } = context;
  const profiles = profilesOf(device);
  if (input.requiredReference('WiFiEndpoint').keys.Name !== 'WiFi Endpoint 0') return PtStatus.invalidParameter;
  const id = input.inner('WiFiEndpointSettingsInput')?.text('InstanceID') ?? '';
  if (id === '' || id.startsWith(hostPrefix)) return PtStatus.invalidParameter;
  if (profiles.has(id)) return PtStatus.duplicate;
  if (profiles.size >= mostProfiles) return PtStatus.maxLimitReached;
  const profile = readProfile(context, input, undefined);
  if (typeof profile === 'number') return profile;
  profiles.set(id, profile);
  auditLog(device).add(context, { app: Audit.wireless.app, event: Audit.wireless.profileAdded });
  return PtStatus.success;
}

/** A profile that is not sent a passphrase keeps the old one. */
export function updateWifiSettings(context: Context, input: Sent): Output {
  const { device } = context;
  const { className, keys } = input.requiredReference('WiFiEndpointSettings');
  const old = profilesOf(device).get(keyText(keys, 'InstanceID'));
  if (className !== endpointSettings.name || !old) return PtStatus.notFound;
  if (old.id.startsWith(hostPrefix)) return PtStatus.notPermitted;
  const profile = readProfile(context, input, old);
  if (typeof profile === 'number') return profile;
  profilesOf(device).set(old.id, { ...profile, id: old.id });
  auditLog(device).add(context, { app: Audit.wireless.app, event: Audit.wireless.profileUpdated });
  return PtStatus.success;
}

/** The profile, or the ReturnValue that refuses it. */
function readProfile({ device }: Context, input: Sent, old: WifiProfile | undefined): WifiProfile | number {
  const settings = input.inner('WiFiEndpointSettingsInput');
  if (!settings) return PtStatus.invalidParameter;
  const ssid = settings.text('SSID') ?? '';
  const priority = settings.requiredInteger('Priority');
  const authentication = settings.requiredInteger('AuthenticationMethod');
  const encryption = settings.requiredInteger('EncryptionMethod');
  const name = settings.text('ElementName') ?? '';
  const id = settings.text('InstanceID') ?? '';
  if (ssid === '' || Buffer.byteLength(ssid) > longestSsid || name === '') return PtStatus.invalidParameter;
  const isTaken = wifiProfiles(device).some((one) => one.priority === priority && one.id !== (old?.id ?? id));
  if (priority < 1 || priority > 255 || isTaken) return PtStatus.invalidPriority;
  if (!isOffered(device, authentication)) return PtStatus.unsupported;
  const base: WifiProfile = { id, name, ssid, priority, authentication, encryption };
  if (authentication === Authentication.wpa3Owe) return base;
  if (encryption !== Encryption.tkip && encryption !== Encryption.ccmp) return PtStatus.invalidParameter;
  if (is8021x(authentication)) {
    const login = read8021x(input, (reference) => findCertificate(device, reference)?.handle);
    return typeof login === 'number' ? login : { ...base, login };
  }
  const passphrase = settings.text('PSKPassPhrase') ?? old?.passphrase;
  if (passphrase === undefined || !/^[ -~]{8,63}$/.test(passphrase)) return PtStatus.invalidPassphrase;
  return { ...base, passphrase };
}

function is8021x(authentication: number): boolean {
  return authentication === Authentication.wpa8021x || authentication === Authentication.wpa28021x;
}

/** WPA3 from AMT 15 on; open networks and WEP never. */
function isOffered(device: AmtDevice, authentication: number): boolean {
  const isWpa3 = authentication === Authentication.wpa3Sae || authentication === Authentication.wpa3Owe;
  if (isWpa3) return majorVersion(device.profile) >= 15;
  return Object.values<number>(Authentication).includes(authentication);
}
