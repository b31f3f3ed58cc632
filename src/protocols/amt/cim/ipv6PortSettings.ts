import { ipsClass, list, named, text } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

const interfaceIdTypes = { 0: 'random', 1: 'Intel', 2: 'manual' } as const;

/** The device's IPv6 addresses: `Intel(r) IPS IPv6 Settings 0` is wired, 1 wireless. */
export const ipv6PortSettings = ipsClass('IPS_IPv6PortSettings', {
  ...settingData,
  CurrentAddressInfo: list(text),
  CurrentDefaultRouter: text,
  CurrentPrimaryDNS: text,
  CurrentSecondaryDNS: text,
  DefaultRouter: text,
  IPv6Address: text,
  InterfaceIDType: named(interfaceIdTypes),
  /** 16 hexadecimal digits. */
  ManualInterfaceID: text,
  PrimaryDNS: text,
  SecondaryDNS: text,
});
