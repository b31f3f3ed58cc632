import type { AmtClient } from './client';
import { consentSettings, type ConsentSettings, lacksConsentPolicy } from './consentPolicy';
import { generalSettings, type GeneralSettings } from './generalSettings';
import { lacksPowerPackage, powerPackageSettings, type PowerPackageSettings } from './powerPackage';
import { redirectionSettings, type RedirectionSettings } from './redirectionSettings';
import { type Some, together } from './settingsGroup';

/** The settings of a device that are neither of its network nor lists. */
export type AmtSettings = RedirectionSettings & PowerPackageSettings & GeneralSettings & ConsentSettings;

export const deviceSettings = together<AmtSettings>([
  redirectionSettings,
  powerPackageSettings,
  generalSettings,
  consentSettings,
]);

/** Why this device cannot have these settings. */
export async function lacksSettings(
  client: AmtClient,
  { kvm, powerPackage, consentPolicy }: Some<AmtSettings>,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (kvm !== undefined && !(await client.capabilities(signal)).kvm) return 'it has no KVM';
  const noPackage = powerPackage && (await lacksPowerPackage(client, powerPackage, signal));
  return noPackage ?? (consentPolicy && (await lacksConsentPolicy(client, signal)));
}
