import { hostBasedSetupService } from '../../../../../src/protocols/amt/cim/hostBasedSetupService';
import { ipsPowerManagementService } from '../../../../../src/protocols/amt/cim/ipsPowerManagementService';
import { ipv6PortSettings } from '../../../../../src/protocols/amt/cim/ipv6PortSettings';
import { kvmRedirectionSettingData } from '../../../../../src/protocols/amt/cim/kvmRedirectionSettingData';
import { optInService } from '../../../../../src/protocols/amt/cim/optInService';
import { onDevice, type Recording, recording } from './recordings';

export const ipsRecordings: readonly Recording[] = [
  recording(hostBasedSetupService, ['ips/hostbasedsetup/get', 'ips/hostbasedsetup/pull'], {
    ...onDevice,
    AllowedControlModes: ['admin', 'client'],
    CertChainStatus: 'not started',
    // 4P3sY7swlhjkhJNxDkEBIUcmpHE=
    ConfigurationNonce: Uint8Array.of(
      ...[0xe0, 0xfd, 0xec, 0x63, 0xbb, 0x30, 0x96, 0x18, 0xe4, 0x84],
      ...[0x93, 0x71, 0x0e, 0x41, 0x01, 0x21, 0x47, 0x26, 0xa4, 0x71],
    ),
    CreationClassName: 'IPS_HostBasedSetupService',
    CurrentControlMode: 'admin',
    ElementName: 'Intel(r) AMT Host Based Setup Service',
    Name: 'Intel(r) AMT Host Based Setup Service',
  }),
  recording(ipv6PortSettings, ['ips/ipv6portsettings/get', 'ips/ipv6portsettings/pull'], {
    CurrentDefaultRouter: '::',
    CurrentPrimaryDNS: '::',
    CurrentSecondaryDNS: '::',
    DefaultRouter: '::',
    ElementName: 'Intel(r) IPS IPv6 Settings 0',
    IPv6Address: '::',
    InstanceID: 'Intel(r) IPS IPv6 Settings 0',
    InterfaceIDType: 'random',
    ManualInterfaceID: '0000000000000000',
    PrimaryDNS: '::',
    SecondaryDNS: '::',
  }),
  recording(kvmRedirectionSettingData, ['ips/kvmredirection/settings/get', 'ips/kvmredirection/settings/pull'], {
    BackToBackFbMode: false,
    DefaultScreen: 0,
    ElementName: 'Intel(r) KVM Redirection Settings',
    EnabledByMEBx: true,
    InstanceID: 'Intel(r) KVM Redirection Settings',
    Is5900PortEnabled: false,
    OptInPolicy: true,
    OptInPolicyTimeout: 300,
    RFBPassword: '',
    SessionTimeout: 3,
  }),
  recording(optInService, ['ips/optin/get', 'ips/optin/pull'], {
    ...onDevice,
    CanModifyOptInPolicy: 'yes',
    CreationClassName: 'IPS_OptInService',
    ElementName: 'Intel(r) AMT OptIn Service',
    Name: 'Intel(r) AMT OptIn Service',
    OptInCodeTimeout: 120,
    OptInDisplayTimeout: 300,
    OptInRequired: 'none',
    OptInState: 'not started',
  }),
  recording(ipsPowerManagementService, ['ips/power/managementservice/get', 'ips/power/managementservice/pull'], {
    ...onDevice,
    CreationClassName: 'IPS_PowerManagementService',
    ElementName: 'Intel(r) AMT Power Management Service',
    EnabledState: 'not applicable',
    Name: 'Intel(r) AMT Power Management Service',
    OSPowerSavingState: 'full power',
    RequestedState: 'not applicable',
  }),
];
