import { environmentDetectionSettingData } from '../../protocols/amt/cim/environmentDetectionSettingData';
import { rewrite } from './rewrite';
import { settingsGroup } from './settingsGroup';

export const mostDomains = 5;
export const longestDomain = 63;

/** In which networks a device is at home. Outside them it closes its ports. */
export interface EnvironmentSettings {
  /** DNS suffixes in lower case and in order; none: it is at home everywhere. */
  readonly domains: readonly string[];
}

export const environmentSettings = settingsGroup<EnvironmentSettings>({
  words: { domains: (domains) => (domains.length === 0 ? 'at home everywhere' : `at home in ${domains.join(', ')}`) },
  async read(client, signal) {
    const { DetectionStrings } = await client.get(environmentDetectionSettingData, signal);
    return { domains: inOrder(DetectionStrings) };
  },
  write(client, { domains = [] }, signal) {
    const changes = { DetectionAlgorithm: 0, DetectionStrings: domains.length > 0 ? domains : undefined };
    return rewrite(client, environmentDetectionSettingData, (held) => held.with(changes), { signal });
  },
});

/** As the setting has them. */
export function inOrder(domains: readonly string[]): readonly string[] {
  return [...new Set(domains.map((domain) => domain.toLowerCase()))].sort();
}
