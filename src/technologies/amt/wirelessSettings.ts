import { wifiPort, wifiStates } from '../../protocols/amt/cim/wifiPort';
import { synchronization, wifiPortConfigurationService } from '../../protocols/amt/cim/wifiPortConfigurationService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { cimValues } from '../../protocols/amt/returnValues';
import { numberOf } from '../../protocols/wsman/cimClass';
import { rewrite } from './rewrite';
import { settingsGroup, together } from './settingsGroup';

/** When the device may use the wireless network: never, while the computer runs, or also while it sleeps on mains. */
export const radioStates = ['off', 's0', 's0-sx'] as const;
/** Whether the device takes over the operating system’s profiles: none, those of users, or all. */
export const synchronisations = ['off', 'user', 'all'] as const;

export interface WirelessSettings {
  readonly radio: (typeof radioStates)[number];
  readonly synchronisation: (typeof synchronisations)[number];
}

const radioWords = { off: 'disabled', s0: 'enabled in S0', 's0-sx': 'enabled in S0 and Sx AC' } as const;
const synchronisationWords = { off: 'disabled', user: 'local user profiles', all: 'unrestricted' } as const;

const radio = settingsGroup<Pick<WirelessSettings, 'radio'>>({
  words: { radio: (state) => `radio ${state}` },
  async read(client, signal) {
    const { EnabledState: held } = await client.get(wifiPort, signal);
    return { radio: radioStates.find((state) => radioWords[state] === held) };
  },
  async write(client, { radio: state = 'off' }, signal) {
    const parameters = { RequestedState: numberOf(wifiStates, radioWords[state]) };
    const output = await client.wsman.invoke(wifiPort.resourceUri, 'RequestStateChange', parameters, { signal });
    assertCompleted(output, `radio ${state}`, cimValues);
  },
});

const synchronisation = settingsGroup<Pick<WirelessSettings, 'synchronisation'>>({
  words: { synchronisation: (state) => `synchronisation ${state}` },
  async read(client, signal) {
    const held = (await client.get(wifiPortConfigurationService, signal)).localProfileSynchronizationEnabled;
    return { synchronisation: synchronisations.find((state) => synchronisationWords[state] === held) };
  },
  write(client, { synchronisation: state = 'off' }, signal) {
    const localProfileSynchronizationEnabled = numberOf(synchronization, synchronisationWords[state]);
    return rewrite(client, wifiPortConfigurationService, (held) => held.with({ localProfileSynchronizationEnabled }), {
      signal,
    });
  },
});

/** The radio last, for it may carry the connection. */
export const wirelessSettings = together<WirelessSettings>([synchronisation, radio]);
