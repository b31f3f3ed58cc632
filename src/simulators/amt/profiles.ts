import type { SecureVersion } from 'node:tls';

export type ProfileName = '9.1' | '12.0' | '15.0' | '16.1' | '18.0' | 'ccm' | 'ism';

/** What a generation or edition of AMT has, beside what all have. */
export type Feature =
  /** KVM redirection. */
  | 'kvm'
  | 'systemDefense'
  /** CIM_AssociatedPowerManagementService says what may be requested. */
  | 'availablePowerStates'
  /** IPS_PowerManagementService, from AMT 10. */
  | 'osPowerSaving'
  /** Non-maskable interrupt, from AMT 10. */
  | 'nmi'
  /** Remote Secure Erase, from AMT 11. */
  | 'secureErase'
  /** One-Click Recovery: boot over HTTPS, into the recovery system and into the pre-boot application, from AMT 15. */
  | 'recoveryBoot'
  /** Remote Platform Erase, from AMT 16. */
  | 'platformErase'
  /** AMT_GeneralSettings.ThunderboltDockEnabled, from AMT 15. */
  | 'thunderboltDock'
  /** AMT_GeneralSettings.DHCPSyncRequiresHostname, from AMT 16. */
  | 'dhcpSyncRequiresHostname'
  /** AMT_TLSSettingData.NonSecureConnectionsSupported, from AMT 16.1. */
  | 'tlsOnlyTold'
  /** SNMP traps, until AMT 17. */
  | 'pet';

export interface AmtProfile {
  readonly name: ProfileName;
  /** As the Server header has it. */
  readonly version: string;
  /** Bits of the Sku: 8 AMT, 0x10 Intel Standard Manageability, 0x4000 corporate. */
  readonly sku: number;
  /** Admin or client control mode. */
  readonly controlMode: 'acm' | 'ccm';
  readonly ports: 'plain' | 'both' | 'tls';
  readonly tls: { readonly minVersion: SecureVersion; readonly maxVersion: SecureVersion; readonly ciphers: string };
  /** A nonce count of other than eight digits is refused: AMT 16.1.25. */
  readonly isStrict: boolean;
  readonly features: ReadonlySet<Feature>;
}

const oldTls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'AES128-SHA:AES256-SHA:@SECLEVEL=0' } as const;
const middleTls = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.2', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
const newTls = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'DEFAULT' } as const;

const upTo9: readonly Feature[] = ['kvm', 'systemDefense', 'pet'];
const upTo12: readonly Feature[] = [...upTo9, 'availablePowerStates', 'osPowerSaving', 'nmi', 'secureErase'];
const upTo15: readonly Feature[] = [...upTo12, 'recoveryBoot', 'thunderboltDock'];
const upTo16: readonly Feature[] = [...upTo15, 'platformErase', 'dhcpSyncRequiresHostname', 'tlsOnlyTold'];
const upTo18: readonly Feature[] = upTo16.filter((feature) => feature !== 'pet');

const amt = 0x4008;
const standardManageability = 0x4010;

const amt15: AmtProfile = {
  name: '15.0',
  version: '15.0.23.1706',
  sku: amt,
  controlMode: 'acm',
  ports: 'both',
  tls: newTls,
  isStrict: false,
  features: new Set(upTo15),
};

const without = (...absent: readonly Feature[]): ReadonlySet<Feature> =>
  new Set(upTo15.filter((feature) => !absent.includes(feature)));

/** The kinds of devices, as data. */
export const profiles: Readonly<Record<ProfileName, AmtProfile>> = {
  '9.1': {
    ...amt15,
    name: '9.1',
    version: '9.1.45.3000',
    ports: 'plain',
    tls: oldTls,
    features: new Set(upTo9),
  },
  '12.0': { ...amt15, name: '12.0', version: '12.0.67.1579', tls: middleTls, features: new Set(upTo12) },
  '15.0': amt15,
  '16.1': {
    ...amt15,
    name: '16.1',
    version: '16.1.25.2124',
    ports: 'tls',
    tls: { ...newTls, maxVersion: 'TLSv1.3' },
    isStrict: true,
    features: new Set(upTo16),
  },
  '18.0': {
    ...amt15,
    name: '18.0',
    version: '18.0.10.2285',
    ports: 'tls',
    tls: { ...newTls, maxVersion: 'TLSv1.3' },
    isStrict: true,
    features: new Set(upTo18),
  },
  ccm: { ...amt15, name: 'ccm', controlMode: 'ccm', features: without('systemDefense') },
  ism: { ...amt15, name: 'ism', sku: standardManageability, features: without('kvm', 'systemDefense') },
};

/** 16 of `16.1.25.2124`. */
export function majorVersion({ version }: AmtProfile): number {
  return Number.parseInt(version, 10);
}
