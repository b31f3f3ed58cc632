import { generalSettings as generalSettingsClass } from '../../protocols/amt/cim/generalSettings';
import { rewrite } from './rewrite';
import { onOff, settingsGroup } from './settingsGroup';

/** What AMT_GeneralSettings holds and may be changed. */
export interface GeneralSettings {
  readonly ping: boolean;
  readonly rmcpPing: boolean;
  /** At most 63 characters; empty: none. */
  readonly hostName: string;
  /** At most 191 characters; empty: none. */
  readonly domainName: string;
  /** Minutes that the management engine stays awake after it was last used, 1 to 65535. */
  readonly idleTimeout: number;
}

const properties = {
  ping: 'PingResponseEnabled',
  rmcpPing: 'RmcpPingResponseEnabled',
  hostName: 'HostName',
  domainName: 'DomainName',
  idleTimeout: 'IdleWakeTimeout',
} as const satisfies Record<keyof GeneralSettings, keyof typeof generalSettingsClass.fields>;

export const generalSettings = settingsGroup<GeneralSettings>({
  words: {
    idleTimeout: (minutes) => `idle time-out ${minutes} min`,
    ping: onOff('ping'),
    rmcpPing: onOff('RMCP ping'),
    hostName: (name) => `host name ${name || 'none'}`,
    domainName: (name) => `domain name ${name || 'none'}`,
  },
  async read(client, signal) {
    const held = await client.get(generalSettingsClass, signal);
    return {
      ping: held.PingResponseEnabled,
      rmcpPing: held.RmcpPingResponseEnabled,
      hostName: held.HostName,
      domainName: held.DomainName,
      idleTimeout: held.IdleWakeTimeout,
    };
  },
  write(client, wanted, signal) {
    const changes = Object.fromEntries(
      Object.entries(properties)
        .map(([setting, property]) => [property, wanted[setting as keyof GeneralSettings]] as const)
        .filter(([, value]) => value !== undefined),
    );
    return rewrite(client, generalSettingsClass, (held) => held.with(changes), { signal });
  },
});
