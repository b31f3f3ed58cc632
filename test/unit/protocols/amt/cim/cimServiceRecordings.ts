import { alertIndication } from '../../../../../src/protocols/amt/cim/alertIndication';
import { associatedPowerManagementService } from '../../../../../src/protocols/amt/cim/associatedPowerManagementService';
import { bootConfigSetting } from '../../../../../src/protocols/amt/cim/bootConfigSetting';
import { bootService } from '../../../../../src/protocols/amt/cim/bootService';
import { bootSourceSetting } from '../../../../../src/protocols/amt/cim/bootSourceSetting';
import { kvmRedirectionSap } from '../../../../../src/protocols/amt/cim/kvmRedirectionSap';
import { powerManagementCapabilities } from '../../../../../src/protocols/amt/cim/powerManagementCapabilities';
import { powerManagementService } from '../../../../../src/protocols/amt/cim/powerManagementService';
import { serviceAvailableToElement } from '../../../../../src/protocols/amt/cim/serviceAvailableToElement';
import { wifiEndpointSettings } from '../../../../../src/protocols/amt/cim/wifiEndpointSettings';
import { wifiPort } from '../../../../../src/protocols/amt/cim/wifiPort';
import { onComputer, onDevice, type Recording, recording, reference } from './recordings';

const schema = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';

const managedSystem = reference(`${schema}CIM_ComputerSystem`, {
  CreationClassName: 'CIM_ComputerSystem',
  Name: 'ManagedSystem',
});

const powerService = reference(`${schema}CIM_PowerManagementService`, {
  ...onDevice,
  CreationClassName: 'CIM_PowerManagementService',
  Name: 'Intel(r) AMT Power Management Service',
});

const bootSource = { ElementName: 'Intel(r) AMT: Boot Source', FailThroughSupported: 'not supported' };
const hardDrive = {
  ...bootSource,
  InstanceID: 'Intel(r) AMT: Force Hard-drive Boot',
  StructuredBootString: 'CIM:Hard-Disk:1',
};

const requestable = [
  'power cycle (off soft)',
  'off soft',
  'on',
  'master bus reset',
  'diagnostic interrupt',
  'off soft graceful',
  'master bus reset graceful',
];

const power = {
  AvailableRequestedPowerStates: [
    'master bus reset',
    'off soft',
    'power cycle (off soft)',
    'diagnostic interrupt',
    'sleep deep',
    'hibernate',
    'master bus reset graceful',
    'off soft graceful',
  ],
  PowerState: 'on',
  ServiceProvided: powerService,
  UserOfService: managedSystem,
};

export const cimServiceRecordings: readonly Recording[] = [
  recording(
    associatedPowerManagementService,
    [
      'cim/associatedpower/managementservice/get',
      'cim/associatedpower/managementservice/pull',
      'cim/service/availabletoelement/pull',
    ],
    power,
  ),
  // The device answers with the subclass above; what the superclass does not know is kept.
  recording(serviceAvailableToElement, ['cim/service/availabletoelement/pull'], {
    ServiceProvided: powerService,
    UserOfService: managedSystem,
    other: { AvailableRequestedPowerStates: ['10', '8', '5', '11', '4', '7', '14', '12'], PowerState: ['2'] },
  }),
  recording(bootConfigSetting, ['cim/boot/configsetting/get', 'cim/boot/configsetting/pull'], {
    ElementName: 'Intel(r) AMT: Boot Configuration',
    InstanceID: 'Intel(r) AMT: Boot Configuration 0',
  }),
  recording(bootService, ['cim/boot/service/get', 'cim/boot/service/pull'], {
    ...onDevice,
    CreationClassName: 'CIM_BootService',
    ElementName: 'Intel(r) AMT Boot Service',
    EnabledState: 'enabled',
    Name: 'Intel(r) AMT Boot Service',
    OperationalStatus: ['unknown'],
    RequestedState: 'not applicable',
  }),
  recording(bootSourceSetting, ['cim/boot/sourcesetting/get'], hardDrive),
  recording(
    bootSourceSetting,
    ['cim/boot/sourcesetting/pull'],
    hardDrive,
    { ...bootSource, InstanceID: 'Intel(r) AMT: Force PXE Boot', StructuredBootString: 'CIM:Network:1' },
    { ...bootSource, InstanceID: 'Intel(r) AMT: Force CD/DVD Boot', StructuredBootString: 'CIM:CD/DVD:1' },
  ),
  recording(kvmRedirectionSap, ['cim/kvm/get'], {
    ...onComputer,
    CreationClassName: 'CIM_KVMRedirectionSAP',
    ElementName: 'KVM Redirection Service Access Point',
    EnabledState: 'enabled but offline',
    KVMProtocol: 'VNC-RFB',
    Name: 'KVM Redirection Service Access Point',
    RequestedState: 'enabled',
  }),
  recording(powerManagementCapabilities, ['cim/power/capabilities/get', 'cim/power/capabilities/pull'], {
    ElementName: 'Power Management Capabilities',
    InstanceID: 'Intel(r) AMT:PowerManagementCapabilities 0',
    OtherPowerChangeCapabilities: [''],
    PowerChangeCapabilities: [
      'power saving modes entered automatically',
      'power state settable',
      'power cycling supported',
      'HW reset supported',
      'graceful shutdown supported',
    ],
    PowerStatesSupported: requestable,
    RequestedPowerStatesSupported: requestable,
  }),
  recording(powerManagementService, ['cim/power/managementservice/get', 'cim/power/managementservice/pull'], {
    ...onDevice,
    CreationClassName: 'CIM_PowerManagementService',
    ElementName: 'Intel(r) AMT Power Management Service',
    EnabledState: 'not applicable',
    Name: 'Intel(r) AMT Power Management Service',
    RequestedState: 'not applicable',
  }),
  recording(wifiEndpointSettings, ['cim/wifi/endpointsettings/pull'], {
    AuthenticationMethod: 'open',
    BSSType: 'infrastructure',
    ElementName: 'Test',
    EncryptionMethod: 'WEP',
    InstanceID: 'Test',
    Priority: 1,
    SSID: 'testSSID',
  }),
  recording(wifiPort, ['cim/wifi/port/get', 'cim/wifi/port/pull'], {
    ...onDevice,
    CreationClassName: 'CIM_WiFiPort',
    DeviceID: 'WiFi Port 0',
    ElementName: 'WiFi Port 0',
    EnabledState: 'disabled',
    HealthState: 'OK',
    LinkTechnology: 'wireless LAN',
    PermanentAddress: '000000000000',
    PortType: 0,
    RequestedState: 'disabled',
  }),
  recording(alertIndication, ['../events/alertindication-iamt0005'], {
    AlertType: 'security',
    AlertingElementFormat: 'CIM object path',
    AlertingManagedElement: 'Interop:CIM_ComputerSystem.CreationClassName="CIM_ComputerSystem",Name="Intel(r) AMT"',
    IndicationFilterName: 'Intel(r) AMT:AllEvents',
    IndicationIdentifier: 'Intel(r):2950234687',
    IndicationTime: new Date('2017-01-31T15:40:09Z'),
    Message: '',
    MessageArguments: ['0', 'Interop:CIM_ComputerSystem.CreationClassName=CIM_ComputerSystem,Name=Intel(r) AMT'],
    MessageID: 'iAMT0005',
    OtherAlertingElementFormat: '',
    OtherSeverity: '',
    OwningEntity: 'Intel(r) AMT',
    PerceivedSeverity: 'information',
    ProbableCause: 0,
    SystemName: 'Intel(r) AMT',
  }),
];
