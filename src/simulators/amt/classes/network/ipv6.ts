import { isIPv6 } from 'node:net';
import { type AmtClass, perDevice } from '../../model/amtClass';
import { invalidValue } from '../../model/fault';
import { reference, systemKeys } from '../../model/values';

const id = 'Intel(r) IPS IPv6 Settings 0';
const unset = '::';
const addresses = ['IPv6Address', 'DefaultRouter', 'PrimaryDNS', 'SecondaryDNS'] as const;
type Address = (typeof addresses)[number];

interface Ipv6 {
  isEnabled: boolean;
  /** 0 random, 1 Intel's, 2 by hand. */
  interfaceIdType: number;
  manualInterfaceId: string;
  readonly addresses: Record<Address, string>;
}

const ipv6 = perDevice((): Ipv6 => ({
  isEnabled: false,
  interfaceIdType: 0,
  manualInterfaceId: '0000000000000000',
  addresses: { IPv6Address: unset, DefaultRouter: unset, PrimaryDNS: unset, SecondaryDNS: unset },
}));

export const ipv6PortSettings: AmtClass = {
  name: 'IPS_IPv6PortSettings',
  keys: ['InstanceID'],
  list(device) {
    const own = ipv6(device);
    const current = (name: Address): string => (own.isEnabled ? own.addresses[name] : unset);
    return [
      {
        ...own.addresses,
        CurrentDefaultRouter: current('DefaultRouter'),
        CurrentPrimaryDNS: current('PrimaryDNS'),
        CurrentSecondaryDNS: current('SecondaryDNS'),
        ElementName: id,
        InstanceID: id,
        InterfaceIDType: own.interfaceIdType,
        ManualInterfaceID: own.manualInterfaceId,
      },
    ];
  },
  put({ device }, sent) {
    const own = ipv6(device);
    const type = sent.integer('InterfaceIDType') ?? own.interfaceIdType;
    const manual = sent.text('ManualInterfaceID') ?? own.manualInterfaceId;
    const given = addresses.map((name) => ({ name, value: sent.text(name) ?? unset }));
    if (type < 0 || type > 2 || !/^[\dA-Fa-f]{16}$/.test(manual)) throw invalidValue();
    if (given.some(({ value }) => !isIPv6(value))) throw invalidValue();
    own.interfaceIdType = type;
    own.manualInterfaceId = manual;
    for (const { name, value } of given) own.addresses[name] = value;
  },
};

/** Whether IPv6 is switched on stands in the association with the port: IsCurrent 1 or 2. */
export const ipv6Enabled: AmtClass = {
  name: 'CIM_ElementSettingData',
  keys: ['ManagedElement', 'SettingData'],
  list: (device) => [
    {
      IsCurrent: ipv6(device).isEnabled ? 1 : 2,
      ManagedElement: reference('CIM_EthernetPort', {
        ...systemKeys('CIM_EthernetPort'),
        DeviceID: 'Intel(r) AMT Ethernet Port 0',
      }),
      SettingData: reference('IPS_IPv6PortSettings', { InstanceID: id }),
    },
  ],
  put({ device }, sent) {
    const current = sent.requiredInteger('IsCurrent');
    if (current !== 1 && current !== 2) throw invalidValue();
    ipv6(device).isEnabled = current === 1;
  },
};
