import { bootService } from '../../../protocols/amt/cim/bootService';
import { bootSettingData } from '../../../protocols/amt/cim/bootSettingData';
import { assertCompleted } from '../../../protocols/amt/returnValue';
import { bootValues } from '../../../protocols/amt/returnValues';
import type { Properties } from '../../../protocols/wsman/values';
import { asksForSomething } from '../../bootText';
import { type Difference, halfDone } from '../../difference';
import type { AmtClient } from '../client';
import { type AmtBoot, toldOnly, toSettings } from './bootOptions';
import { type HeldBoot, isKnown } from './heldBoot';
import { bootConfiguration, bootSettings, bootSource } from './references';

/** Of SetBootConfigRole. */
const Role = { isNextSingleUse: 1, isNotNext: 32768 } as const;

/**
 * Tells the firmware what the next boot is to be like, in the order that all firmware takes. Stops at the first refusal, which then
 * has the effect `unknown` and names what was changed before.
 */
export async function writeBoot(
  client: AmtClient,
  held: HeldBoot,
  { boot, source }: { readonly boot: AmtBoot; readonly source: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  // Some firmware never clears a source, and settings are refused beside one.
  const steps: readonly Difference[] = [
    { name: 'boot source cleared', write: (stop) => changeBootOrder(client, undefined, stop) },
    { name: 'boot options', write: (stop) => putSettings(client, held, boot, stop) },
    { name: 'use at the next boot', write: (stop) => setRole(client, boot, stop) },
    ...(source === undefined
      ? []
      : [{ name: 'boot source', write: (stop: AbortSignal) => changeBootOrder(client, source, stop) }]),
  ];
  const changed: string[] = [];
  for (const { name, write } of steps) {
    try {
      await write(signal);
    } catch (thrown) {
      throw changed.length === 0 ? thrown : halfDone(changed, thrown);
    }
    changed.push(name);
  }
}

async function changeBootOrder(client: AmtClient, source: string | undefined, signal: AbortSignal): Promise<void> {
  const { resourceUri, selectors } = bootConfiguration;
  const parameters = source === undefined ? {} : { Source: bootSource(source) };
  const output = await client.wsman.invoke(resourceUri, 'ChangeBootOrder', parameters, { selectors, signal });
  assertCompleted(output, source === undefined ? 'clear the boot source' : 'set the boot source', bootValues);
}

async function putSettings(client: AmtClient, held: HeldBoot, boot: AmtBoot, signal: AbortSignal): Promise<void> {
  const { settings } = held;
  const changes = Object.entries(toSettings(boot)).filter(([name]) => isKnown(settings, name));
  const parameters: Properties = boot.https ? { UefiBootParametersArray: boot.https.bytes } : {};
  const instance = settings.without(...toldOnly).with({ ...Object.fromEntries(changes), ...parameters });
  await client.wsman.put(bootSettingData.resourceUri, instance, { selectors: bootSettings.selectors, signal });
}

async function setRole(client: AmtClient, boot: AmtBoot, signal: AbortSignal): Promise<void> {
  const role = asksForSomething(boot) ? Role.isNextSingleUse : Role.isNotNext;
  const parameters = { BootConfigSetting: bootConfiguration, Role: role };
  const { resourceUri } = bootService;
  const output = await client.wsman.invoke(resourceUri, 'SetBootConfigRole', parameters, { signal });
  assertCompleted(output, 'use the boot options at the next boot', bootValues);
}
