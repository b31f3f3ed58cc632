import { isIPv6 } from 'node:net';
import type { AmtDevice } from '../../device';
import { type AmtClass, perDevice } from '../../model/amtClass';
import { invalidValue } from '../../model/fault';
import { defenseOf } from '../systemDefense/state';

const name = 'Intel(r) AMT Environment Detection Settings';
const mostDomains = 5;
const longestDomain = 63;
const domain = /^[\dA-Za-z](?:[\dA-Za-z.-]*[\dA-Za-z])?$/;

interface Environment {
  domains: readonly string[];
  prefixes: readonly string[];
  /** The suffix that DHCP hands out where the device is; absent: nobody knows, and it stays reachable whatever is set. */
  dnsSuffix?: string;
}

export const environment = perDevice((): Environment => ({ domains: [], prefixes: [] }));

export const environmentDetection: AmtClass = {
  name: 'AMT_EnvironmentDetectionSettingData',
  keys: ['InstanceID'],
  list: (device) => [
    {
      DetectionAlgorithm: 0,
      DetectionIPv6LocalPrefixes: environment(device).prefixes,
      DetectionStrings: environment(device).domains,
      ElementName: name,
      InstanceID: name,
    },
  ],
  put({ device }, sent) {
    const domains = sent.texts('DetectionStrings').filter((one) => one !== '');
    const prefixes = sent.texts('DetectionIPv6LocalPrefixes').filter((one) => one !== '');
    if (sent.requiredInteger('DetectionAlgorithm') !== 0) throw invalidValue();
    if (domains.length > mostDomains || domains.some((one) => one.length > longestDomain || !domain.test(one))) {
      throw invalidValue();
    }
    if (prefixes.some((one) => !isIPv6(one.replace(/\/\d{1,3}$/, '')))) throw invalidValue();
    Object.assign(environment(device), { domains, prefixes });
    if (!isOutside(device)) return;
    defenseOf(device).enable('environmentDetection');
    device.goDark();
  },
};

/** Away from the domains that are its own a device answers nobody on the network. */
function isOutside(device: AmtDevice): boolean {
  const { domains, dnsSuffix } = environment(device);
  return dnsSuffix !== undefined && domains.length > 0 && !domains.includes(dnsSuffix);
}
