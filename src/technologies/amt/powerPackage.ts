import { SidebandError } from '../../base/errors';
import { elementSettingData } from '../../protocols/amt/cim/elementSettingData';
import { systemPowerScheme } from '../../protocols/amt/cim/systemPowerScheme';
import { assertCompleted } from '../../protocols/amt/returnValue';
import type { AmtClient } from './client';
import { settingsGroup } from './settingsGroup';

export const powerPackages = ['on-in-s0', 'on-in-s0-wake-in-s3-s5'] as const;
export type PowerPackage = (typeof powerPackages)[number];

/** When the management engine is awake. */
export interface PowerPackageSettings {
  /** In `on-in-s0` the device cannot be reached while the computer sleeps or is off. */
  readonly powerPackage: PowerPackage;
}

/** A scheme that the device offers. */
export interface PowerScheme {
  /** `SCHEME 0`: the key. */
  readonly id: string;
  /** In the device's words: `Desktop: ON in S0, ME Wake in S3, S4-5`. */
  readonly description: string;
  /** Undefined for the many schemes of devices before AMT 6. */
  readonly package: PowerPackage | undefined;
  readonly isCurrent: boolean;
}

/** The schemes in the device's order. */
export async function readPowerSchemes(client: AmtClient, signal: AbortSignal): Promise<readonly PowerScheme[]> {
  const schemes = await client.list(systemPowerScheme, signal);
  const links = await client.list(elementSettingData, signal);
  const current = links.find(
    ({ IsCurrent, SettingData }) => IsCurrent === 'yes' && SettingData?.resourceUri === systemPowerScheme.resourceUri,
  )?.SettingData?.selectors.InstanceID;
  return schemes.map(({ InstanceID: id = '', Description: description = '' }) => ({
    id,
    description,
    package: packageOf(description),
    isCurrent: id === current,
  }));
}

export const powerPackageSettings = settingsGroup<PowerPackageSettings>({
  words: { powerPackage: (name) => `power package ${name}` },
  async read(client, signal) {
    const current = (await readPowerSchemes(client, signal)).find(({ isCurrent }) => isCurrent);
    return { powerPackage: current?.package };
  },
  async write(client, { powerPackage }, signal) {
    const scheme = (await readPowerSchemes(client, signal)).find((one) => one.package === powerPackage);
    if (!scheme) throw new SidebandError('device.unsupported', lackOf(powerPackage));
    const selectors = { InstanceID: scheme.id };
    const output = await client.wsman.invoke(
      systemPowerScheme.resourceUri,
      'SetPowerScheme',
      {},
      { selectors, signal },
    );
    assertCompleted(output, 'SetPowerScheme');
  },
});

/** Why this package cannot be chosen. */
export async function lacksPowerPackage(
  client: AmtClient,
  wanted: PowerPackage,
  signal: AbortSignal,
): Promise<string | undefined> {
  const schemes = await readPowerSchemes(client, signal);
  return schemes.some((one) => one.package === wanted) ? undefined : lackOf(wanted);
}

function lackOf(wanted: string | undefined): string {
  return `it has no power package ${wanted ?? ''}`;
}

/** By the description, because the GUIDs differ between desktops and laptops. */
function packageOf(description: string): PowerPackage | undefined {
  if (!/\bON in S0\b/i.test(description)) return undefined;
  if (/ON in S0\s*$/i.test(description)) return 'on-in-s0';
  return /ON in S0,\s*ME Wake in S3,\s*S4-5/i.test(description) ? 'on-in-s0-wake-in-s3-s5' : undefined;
}
