import type { AmtClient } from '../../technologies/amt/client';
import type { SettingsGroup, Some } from '../../technologies/amt/settingsGroup';
import { bringTo, type BringOptions } from '../bringTo';
import type { WaySteps } from '../operation';

export interface SettingsWayOptions<Parameters> extends BringOptions {
  readonly lacks?: WaySteps<AmtClient, Parameters>['lacks'];
}

/** Brings settings of a device to what the parameters give; what they leave out stays. */
export function settingsWay<S extends object, Parameters extends Some<S>>(
  settings: SettingsGroup<S>,
  { lacks, ...options }: SettingsWayOptions<Parameters> = {},
): WaySteps<AmtClient, Parameters> {
  return {
    now: async (client, { signal }, wanted) => (await settings.now(client, wanted, signal)).join(', '),
    ...(lacks && { lacks }),
    run: (client, wanted, { signal }) =>
      bringTo((stop) => settings.differences(client, wanted, stop), signal, {
        ...options,
        value: { settings: settings.describe(wanted) },
      }),
  };
}
