import { type AmtClass, type Context, type Output, perDevice } from '../../model/amtClass';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import { noReference, reference, serviceKeys, systemKeys } from '../../model/values';
import { isAddress } from './servers';
import { limits } from './state';

const serviceName = 'Intel(r) ME HTTP Proxy Service';
const longestSuffix = 192;

interface Proxy {
  readonly address: string;
  readonly format: number;
  readonly port: number;
  readonly suffix: string;
}

const proxiesOf = perDevice((): { all: Map<string, Proxy>; made: number } => ({ all: new Map(), made: 0 }));

export const httpProxyService: AmtClass = {
  name: 'IPS_HTTPProxyService',
  keys: serviceKeys,
  list: () => [
    {
      ...systemKeys('IPS_HTTPProxyService'),
      ElementName: serviceName,
      EnabledState: 5,
      Name: serviceName,
      RequestedState: 12,
    },
  ],
  methods: { AddProxyAccessPoint: addProxy },
};

export const httpProxyAccessPoint: AmtClass = {
  name: 'IPS_HTTPProxyAccessPoint',
  keys: serviceKeys,
  list: (device) =>
    [...proxiesOf(device).all].map(([name, proxy]) => ({
      ...proxyKeys(name),
      AccessInfo: proxy.address,
      InfoFormat: proxy.format,
      NetworkDnsSuffix: proxy.suffix,
      Port: proxy.port,
    })),
  delete({ device, instance }) {
    proxiesOf(device).all.delete(keyText(instance, 'Name'));
  },
};

function addProxy({ device }: Context, input: Sent): Output {
  const failed = (ReturnValue: number): Output => ({ ProxyAccessPoint: noReference, ReturnValue });
  const address = input.requiredText('AccessInfo');
  const format = input.requiredInteger('InfoFormat');
  const port = input.requiredInteger('Port');
  const suffix = input.requiredText('NetworkDnsSuffix');
  const own = proxiesOf(device);
  if (!isAddress(address, format) || port < 1 || port > 0xffff || suffix.length > longestSuffix) {
    return failed(PtStatus.invalidParameter);
  }
  const known = [...own.all.values()];
  if (known.some((one) => one.address === address && one.port === port && one.suffix === suffix)) {
    return failed(PtStatus.duplicate);
  }
  if (known.length >= limits.proxies) return failed(PtStatus.maxLimitReached);
  const name = `Intel(r) ME:HTTP Proxy Access Point ${own.made++}`;
  own.all.set(name, { address, format, port, suffix });
  return { ProxyAccessPoint: reference('IPS_HTTPProxyAccessPoint', proxyKeys(name)), ReturnValue: PtStatus.success };
}

function proxyKeys(name: string) {
  return {
    CreationClassName: 'IPS_HTTPProxyAccessPoint',
    Name: name,
    SystemCreationClassName: 'CIM_ComputerSystem',
    SystemName: 'Intel(r) AMT',
  } as const;
}
