import { bootService } from '../../../protocols/amt/cim/bootService';
import { bootSettingData } from '../../../protocols/amt/cim/bootSettingData';
import type { AmtClient } from '../client';
import { bootDevices, type BootDeviceFacts, isForced } from './bootDevices';
import { type AmtBoot, type AmtBootSwitch, bootSwitchNames } from './bootOptions';
import { bootSettings } from './references';

/** Of AMT_BootCapabilities, and what to call it. */
const switches: Readonly<Record<AmtBootSwitch, readonly [string, string]>> = {
  lockKeyboard: ['KeyboardLock', 'locking the keyboard'],
  lockPowerButton: ['PowerButtonLock', 'locking the power button'],
  lockResetButton: ['ResetButtonLock', 'locking the reset button'],
  lockSleepButton: ['SleepButtonLock', 'locking the sleep button'],
  bypassPassword: ['UserPasswordBypass', 'bypassing its password'],
  progressEvents: ['ForcedProgressEvents', 'progress events'],
  sol: ['SOL', 'its text console over SOL'],
  enforceSecureBoot: ['AMTSecureBootControl', 'control of Secure Boot'],
};
const verbosities = {
  quiet: 'VerbosityQuiet',
  verbose: 'VerbosityVerbose',
  blank: 'VerbosityScreenBlank',
} as const;

/** Why this computer cannot boot so, as the firmware says; nothing when it can. */
export async function lackOfBoot(client: AmtClient, boot: AmtBoot, signal: AbortSignal): Promise<string | undefined> {
  const { device, verbosity } = boot;
  const offered = new Set((await client.capabilities(signal)).boot);
  const facts = device === 'none' ? undefined : bootDevices[device];
  if (facts && !offered.has(facts.capability)) return `the firmware does not offer a boot from ${facts.words}`;
  if (facts?.recovery !== undefined) {
    const lack = await lackOfRecovery(client, facts, signal);
    if (lack !== undefined) return lack;
  }
  const missing = bootSwitchNames.find((name) => boot[name] && !offered.has(switches[name][0]));
  if (missing) return `the firmware does not offer ${switches[missing][1]}`;
  if (verbosity !== 'default' && !offered.has(verbosities[verbosity])) {
    return `the firmware does not offer the verbosity ${verbosity}`;
  }
  return boot.sol && isForced(device) ? `a boot from ${facts?.words ?? device} shows no text over SOL` : undefined;
}

/** One-Click Recovery can be switched off twice, and is asked for over TLS only. */
async function lackOfRecovery(
  client: AmtClient,
  { words, recovery = '' }: BootDeviceFacts,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (client.address.tls === 'clear') return `a boot from ${words} is asked for over TLS only`;
  const { EnabledState: state = '' } = (await client.find(bootService, signal)) ?? {};
  if (state === 'OCR and RPE disabled' || state === 'RPE enabled') return 'One-Click Recovery is switched off in AMT';
  const settings = await client.wsman.get(bootSettingData.resourceUri, { selectors: bootSettings.selectors, signal });
  if (settings.text(recovery) === 'false') return `the firmware’s setup does not allow a boot from ${words}`;
  return undefined;
}
