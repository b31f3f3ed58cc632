import { alarmClockService } from '../../../../../src/protocols/amt/cim/alarmClockService';
import { auditLog } from '../../../../../src/protocols/amt/cim/auditLog';
import { managementPresenceRemoteSap } from '../../../../../src/protocols/amt/cim/managementPresenceRemoteSap';
import { messageLog } from '../../../../../src/protocols/amt/cim/messageLog';
import { mpsUsernamePassword } from '../../../../../src/protocols/amt/cim/mpsUsernamePassword';
import { publicKeyManagementService } from '../../../../../src/protocols/amt/cim/publicKeyManagementService';
import { redirectionService } from '../../../../../src/protocols/amt/cim/redirectionService';
import { remoteAccessCapabilities } from '../../../../../src/protocols/amt/cim/remoteAccessCapabilities';
import { remoteAccessPolicyAppliesToMps } from '../../../../../src/protocols/amt/cim/remoteAccessPolicyAppliesToMps';
import { remoteAccessPolicyRule } from '../../../../../src/protocols/amt/cim/remoteAccessPolicyRule';
import { remoteAccessService } from '../../../../../src/protocols/amt/cim/remoteAccessService';
import { setupAndConfigurationService } from '../../../../../src/protocols/amt/cim/setupAndConfigurationService';
import { systemPowerScheme } from '../../../../../src/protocols/amt/cim/systemPowerScheme';
import { timeSynchronizationService } from '../../../../../src/protocols/amt/cim/timeSynchronizationService';
import { userInitiatedConnectionService } from '../../../../../src/protocols/amt/cim/userInitiatedConnectionService';
import { wifiPortConfigurationService } from '../../../../../src/protocols/amt/cim/wifiPortConfigurationService';
import { onComputer, onDevice, type Recording, recording, reference } from './recordings';

const schema = 'http://intel.com/wbem/wscim/1/amt-schema/1/';

const auditLogValues = {
  AuditState: 16,
  ElementName: 'Intel(r) AMT Audit Log',
  EnabledState: 'enabled',
  MaxAllowedAuditors: 1,
  MaxNumberOfRecords: 0,
  Name: 'Intel(r) AMT:Audit Log',
  OverwritePolicy: 'wraps when full',
  PercentageFree: 92,
  RequestedState: 'enabled',
  StoragePolicy: 'roll over',
};

const wifiService = {
  ...onDevice,
  CreationClassName: 'AMT_WiFiPortConfigurationService',
  ElementName: 'Intel(r) AMT WiFiPort Configuration Service',
  EnabledState: 'not applicable',
  HealthState: 'OK',
  LastConnectedSsidUnderMeControl: '',
  Name: 'Intel(r) AMT WiFi Port Configuration Service',
  NoHostCsmeSoftwarePolicy: 0,
  RequestedState: 'not applicable',
  localProfileSynchronizationEnabled: 'disabled',
};

const userInitiated = {
  ...onDevice,
  CreationClassName: 'AMT_UserInitiatedConnectionService',
  ElementName: 'Intel(r) AMT User Initiated Connection Service',
  EnabledState: 'BIOS and operating system',
  Name: 'Intel(r) AMT User Initiated Connection Service',
};

export const amtServiceRecordings: readonly Recording[] = [
  recording(alarmClockService, ['amt/alarmclock/get', 'amt/alarmclock/pull'], {
    ...onComputer,
    CreationClassName: 'AMT_AlarmClockService',
    ElementName: 'Intel(r) AMT Alarm Clock Service',
    Name: 'Intel(r) AMT Alarm Clock Service',
  }),
  recording(auditLog, ['amt/auditlog/get'], {
    ...auditLogValues,
    CurrentNumberOfRecords: 161,
    TimeOfLastRecord: new Date('2024-01-03T00:44:35Z'),
  }),
  recording(auditLog, ['amt/auditlog/pull'], {
    ...auditLogValues,
    CurrentNumberOfRecords: 162,
    TimeOfLastRecord: new Date('2024-01-03T00:45:41Z'),
  }),
  recording(managementPresenceRemoteSap, ['amt/managementpresence/get'], {
    ...onDevice,
    AccessInfo: '192.168.0.208',
    CN: '192.168.0.208',
    CreationClassName: 'AMT_ManagementPresenceRemoteSAP',
    ElementName: 'Intel(r) AMT:Management Presence Server',
    InfoFormat: 'IPv4',
    Name: 'Intel(r) AMT:Management Presence Server 0',
    Port: 4433,
  }),
  recording(messageLog, ['amt/messagelog/get', 'amt/messagelog/pull'], {
    Capabilities: ['freeze log', 'clear log', 'variable length records', 'move to a record by number'],
    CharacterSet: 'octet string',
    CreationClassName: 'AMT_MessageLog',
    CurrentNumberOfRecords: 390,
    ElementName: 'Intel(r) AMT:MessageLog 1',
    EnabledDefault: 'enabled',
    EnabledState: 'enabled',
    HealthState: 'OK',
    IsFrozen: false,
    LastChange: 'unknown',
    LogState: 'not applicable',
    MaxLogSize: 0,
    MaxNumberOfRecords: 390,
    MaxRecordSize: 21,
    Name: 'Intel(r) AMT:MessageLog 1',
    OperationalStatus: ['OK'],
    OverwritePolicy: 'wraps when full',
    PercentageNearFull: 100,
    RequestedState: 'not applicable',
    SizeOfHeader: 0,
    SizeOfRecordHeader: 0,
    Status: 'OK',
  }),
  recording(mpsUsernamePassword, ['amt/mps/get', 'amt/mps/pull'], {
    InstanceID: 'Intel(r) AMT:MPS Username Password 0',
    RemoteID: 'test',
  }),
  recording(publicKeyManagementService, ['amt/publickey/management/get', 'amt/publickey/management/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_PublicKeyManagementService',
    ElementName: 'Intel(r) AMT Certificate Store Service',
    EnabledDefault: 'not applicable',
    EnabledState: 'not applicable',
    Name: 'Intel(r) AMT Public Key Management Service',
    RequestedState: 'not applicable',
  }),
  recording(
    redirectionService,
    ['amt/redirectionservice/get', 'amt/redirectionservice/pull', 'amt/redirectionservice/put'],
    {
      ...onDevice,
      CreationClassName: 'AMT_RedirectionService',
      ElementName: 'Intel(r) AMT Redirection Service',
      EnabledState: 'IDER and SOL enabled',
      ListenerEnabled: true,
      Name: 'Intel(r) AMT Redirection Service',
    },
  ),
  recording(remoteAccessCapabilities, ['amt/remoteaccess/capabilities/get', 'amt/remoteaccess/capabilities/pull'], {
    ElementName: 'Intel(r) AMT:Remote Access Capabilities',
    InstanceID: 'Intel(r) AMT:Remote Access Capabilities',
    MaxMpsPerPolicy: 2,
    MaxTotalMpServers: 6,
    MaxTotalPolicies: 3,
    MaxTotalProxyEntryPoints: 15,
  }),
  recording(remoteAccessPolicyAppliesToMps, ['amt/remoteaccess/policyappliestomps/get'], {
    ManagedElement: reference(`${schema}AMT_ManagementPresenceRemoteSAP`, {
      ...onDevice,
      CreationClassName: 'AMT_ManagementPresenceRemoteSAP',
      Name: 'Intel(r) AMT:Management Presence Server 0',
    }),
    MpsType: 'both',
    OrderOfAccess: 0,
    PolicySet: reference(`${schema}AMT_RemoteAccessPolicyRule`, {
      ...onDevice,
      CreationClassName: 'AMT_RemoteAccessPolicyRule',
      PolicyRuleName: 'Periodic',
    }),
  }),
  recording(remoteAccessPolicyRule, ['amt/remoteaccess/policyrule/get', 'amt/remoteaccess/policyrule/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_RemoteAccessPolicyRule',
    ElementName: 'Inte(r) AMT:Remote Access Policy',
    ExtendedData: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 25),
    PolicyRuleName: 'Periodic',
    Trigger: 'periodic',
    TunnelLifeTime: 0,
  }),
  recording(remoteAccessService, ['amt/remoteaccess/service/get', 'amt/remoteaccess/service/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_RemoteAccessService',
    ElementName: 'Intel(r) AMT Remote Access Service',
    IsRemoteTunnelConnected: false,
    Name: 'Intel(r) AMT Remote Access Service',
    RemoteTunnelKeepAliveTimeout: 4_294_967_295,
  }),
  recording(setupAndConfigurationService, ['amt/setupandconfiguration/get', 'amt/setupandconfiguration/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_SetupAndConfigurationService',
    ElementName: 'Intel(r) AMT Setup and Configuration Service',
    EnabledState: 'not applicable',
    Name: 'Intel(r) AMT Setup and Configuration Service',
    PasswordModel: 'both the same',
    ProvisioningMode: 'admin control',
    ProvisioningServerOTP: new Uint8Array(32),
    ProvisioningState: 'provisioned',
    RequestedState: 'not applicable',
    ZeroTouchConfigurationEnabled: true,
  }),
  recording(systemPowerScheme, ['amt/systempowerscheme/get'], firstScheme()),
  recording(systemPowerScheme, ['amt/systempowerscheme/pull'], firstScheme(), {
    Description: 'Mobile: ON in S0, ME Wake in S3, S4-5 (AC only)',
    ElementName: 'Intel(r) AMT Power Scheme',
    InstanceID: 'SCHEME 1',
    // MIAN7gnAeEOvKHhootu+Og==
    SchemeGUID: bytes('30800dee09c07843af287868a2dbbe3a'),
  }),
  recording(timeSynchronizationService, ['amt/timesynchronization/get', 'amt/timesynchronization/pull'], {
    ...onDevice,
    CreationClassName: 'AMT_TimeSynchronizationService',
    ElementName: 'Intel(r) AMT Time Synchronization Service',
    EnabledState: 'not applicable',
    LocalTimeSyncEnabled: 'default (enabled)',
    Name: 'Intel(r) AMT Time Synchronization Service',
    RequestedState: 'not applicable',
    TimeSource: 'BIOS',
  }),
  // The one of the enumeration has an empty LastConnectionReason.
  recording(
    userInitiatedConnectionService,
    ['amt/userinitiatedconnection/get', 'amt/userinitiatedconnection/pull'],
    userInitiated,
  ),
  recording(wifiPortConfigurationService, ['amt/wifiportconfiguration/get', 'amt/wifiportconfiguration/pull'], {
    ...wifiService,
    UEFIWiFiProfileShareEnabled: false,
  }),
  recording(wifiPortConfigurationService, ['amt/wifiportconfiguration/putlocalprofilesyncdisabled'], wifiService),
];

function firstScheme(): object {
  return {
    Description: 'Mobile: ON in S0',
    ElementName: 'Intel(r) AMT Power Scheme',
    InstanceID: 'SCHEME 0',
    // djmXEQtWUEOIcJgS85G1YA==
    SchemeGUID: bytes('763997110b56504388709812f391b560'),
  };
}

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
