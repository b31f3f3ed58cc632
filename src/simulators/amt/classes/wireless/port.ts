import { raise } from '../../alerts';
import { type AmtClass, perDevice } from '../../model/amtClass';
import { invalidValue } from '../../model/fault';
import { serviceKeys, systemKeys } from '../../model/values';
import { majorVersion } from '../../profiles';
import { addWifiSettings, hasWifi, updateWifiSettings } from './profiles';

/** EnabledState of the port: off, on while the computer is on, on whenever there is mains. */
const portStates: readonly number[] = [3, 32768, 32769];
const invalidParameter = 5;
const serviceName = 'Intel(r) AMT WiFi Port Configuration Service';
/** localProfileSynchronizationEnabled: off, the local user's profiles, all. */
const synchronizations: readonly number[] = [0, 1, 3];

const radioOf = perDevice(() => ({
  state: 3,
  /** The network that the engine is in. */
  network: '',
  synchronization: 0,
  sharesWithFirmware: false,
  withoutHostSoftware: 0,
}));

export const wifiPort: AmtClass = {
  name: 'CIM_WiFiPort',
  keys: ['CreationClassName', 'DeviceID', 'SystemCreationClassName', 'SystemName'],
  isDated: true,
  isThere: hasWifi,
  list(device) {
    const { state } = radioOf(device);
    return [
      {
        ...systemKeys('CIM_WiFiPort'),
        DeviceID: 'WiFi Port 0',
        ElementName: 'WiFi Port 0',
        EnabledState: state,
        HealthState: 5,
        LinkTechnology: 11,
        PermanentAddress: '000000000000',
        PortType: 0,
        RequestedState: state,
      },
    ];
  },
  methods: {
    RequestStateChange({ device }, input) {
      const requested = input.requiredInteger('RequestedState');
      if (!portStates.includes(requested)) return invalidParameter;
      radioOf(device).state = requested;
      return 0;
    },
  },
};

export const wifiPortCapabilities: AmtClass = {
  name: 'CIM_WiFiPortCapabilities',
  keys: ['InstanceID'],
  isThere: hasWifi,
  list: () => [
    {
      ElementName: 'Intel(r) AMT:WiFi Port Capabilities',
      InstanceID: 'Intel(r) AMT:WiFi Port Capabilities 0',
      SupportedPortTypes: [70, 71, 72, 74, 75],
    },
  ],
};

export const wifiEndpoint: AmtClass = {
  name: 'CIM_WiFiEndpoint',
  keys: serviceKeys,
  isDated: true,
  isThere: hasWifi,
  list(device) {
    const { state, network } = radioOf(device);
    return [
      {
        ...systemKeys('CIM_WiFiEndpoint'),
        ElementName: 'WiFi Endpoint 0',
        EnabledState: state === 3 ? 3 : 2,
        LANID: network,
        Name: 'WiFi Endpoint 0',
        NameFormat: 'Intel(r) AMT:WiFi Endpoint',
        ProtocolIFType: 71,
      },
    ];
  },
};

export const portConfiguration: AmtClass = {
  name: 'AMT_WiFiPortConfigurationService',
  keys: serviceKeys,
  isDated: true,
  isThere: hasWifi,
  list(device) {
    const own = radioOf(device);
    return [
      {
        ...systemKeys('AMT_WiFiPortConfigurationService'),
        ElementName: 'Intel(r) AMT WiFiPort Configuration Service',
        EnabledState: 5,
        HealthState: 5,
        LastConnectedSsidUnderMeControl: '',
        Name: serviceName,
        NoHostCsmeSoftwarePolicy: own.withoutHostSoftware,
        RequestedState: 12,
        UEFIWiFiProfileShareEnabled: majorVersion(device.profile) >= 16 ? own.sharesWithFirmware : undefined,
        localProfileSynchronizationEnabled: own.synchronization,
      },
    ];
  },
  put({ device }, sent) {
    const synchronization = sent.requiredInteger('localProfileSynchronizationEnabled');
    const withoutHostSoftware = sent.integer('NoHostCsmeSoftwarePolicy') ?? 0;
    if (!synchronizations.includes(synchronization)) throw invalidValue();
    if (withoutHostSoftware < 0 || withoutHostSoftware > 2) throw invalidValue();
    const own = radioOf(device);
    const isChanged = synchronization !== own.synchronization;
    Object.assign(own, {
      synchronization,
      withoutHostSoftware,
      sharesWithFirmware: sent.boolean('UEFIWiFiProfileShareEnabled') ?? false,
    });
    if (isChanged) raise(device, { messageId: 'iAMT0054', messageArguments: [synchronization === 0 ? '1' : '0'] });
  },
  methods: { AddWiFiSettings: addWifiSettings, UpdateWiFiSettings: updateWifiSettings },
};
