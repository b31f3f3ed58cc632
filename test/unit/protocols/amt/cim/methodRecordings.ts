import {
  base64,
  boolean,
  decodeOutput,
  type Fields,
  integer,
  list,
  reference,
} from '../../../../../src/protocols/wsman/cimClass';
import type { Instance } from '../../../../../src/protocols/wsman/instance';
import { onDevice, reference as to } from './recordings';

const amt = 'http://intel.com/wbem/wscim/1/amt-schema/1/';
const ips = 'http://intel.com/wbem/wscim/1/ips-schema/1/';

/** What a method returned, as a reader sees it in a recorded file. */
export interface OutputRecording {
  readonly path: string;
  readonly output: string;
  readonly decode: (output: Instance) => object;
  readonly values: object;
}

function output(path: string, name: string, fields: Fields, values: object): OutputRecording {
  return { path, output: name, decode: (instance) => decodeOutput(instance, fields), values };
}

/** One that returns a number and nothing else. */
function plain(path: string, name: string, ReturnValue = 0): OutputRecording {
  return output(path, name, { ReturnValue: integer }, { ReturnValue });
}

const policyRule = to(`${amt}AMT_RemoteAccessPolicyRule`, {
  ...onDevice,
  CreationClassName: 'AMT_RemoteAccessPolicyRule',
  PolicyRuleName: 'Periodic',
});

export const methodRecordings: readonly OutputRecording[] = [
  // The alarm is a reference to nothing.
  output(
    'amt/alarmclock/addalarm',
    'AddAlarm_OUTPUT',
    { AlarmClock: reference, ReturnValue: integer },
    { ReturnValue: 0 },
  ),
  output(
    'amt/messagelog/getrecords',
    'GetRecords_OUTPUT',
    { IterationIdentifier: integer, NoMoreRecords: boolean, RecordArray: list(base64), ReturnValue: integer },
    {
      IterationIdentifier: 3,
      NoMoreRecords: true,
      RecordArray: [
        bytes('63c89865 ff066f056810ff2661 aa0a000000000000'),
        bytes('22060165 ff0f6f026801ff2200 4007000000000000'),
        bytes('22060165 ff0f6f026801ff2200 4007000000000000'),
      ],
      ReturnValue: 0,
    },
  ),
  output(
    'amt/messagelog/positiontofirstrecord',
    'PositionToFirstRecord_OUTPUT',
    { IterationIdentifier: integer, ReturnValue: integer },
    { IterationIdentifier: 1, ReturnValue: 0 },
  ),
  output(
    'amt/publickey/management/addcertificate',
    'AddCertificate_OUTPUT',
    { CreatedCertificate: reference, ReturnValue: integer },
    {
      CreatedCertificate: to(`${amt}AMT_PublicKeyCertificate`, { InstanceID: 'Intel(r) AMT Certificate: Handle: 1' }),
      ReturnValue: 0,
    },
  ),
  output(
    'amt/publickey/management/addkey',
    'AddKey_OUTPUT',
    { CreatedKey: reference, ReturnValue: integer },
    { CreatedKey: to(`${amt}AMT_PublicKeyCertificate`, { InstanceID: 'Intel(r) AMT Key: Handle: 1' }), ReturnValue: 0 },
  ),
  output(
    'amt/publickey/management/addtrustedrootcertificate',
    'AddTrustedRootCertificate_OUTPUT',
    { CreatedCertificate: reference, ReturnValue: integer },
    {
      CreatedCertificate: to(`${amt}AMT_PublicKeyCertificate`, { InstanceID: 'Intel(r) AMT Certificate: Handle: 2' }),
      ReturnValue: 0,
    },
  ),
  output(
    'amt/publickey/management/generatekeypair',
    'GenerateKeyPair_OUTPUT',
    { KeyPair: reference, ReturnValue: integer },
    { KeyPair: to(`${amt}AMT_PublicPrivateKeyPair`, { InstanceID: 'Intel(r) AMT Key: Handle: 0' }), ReturnValue: 0 },
  ),
  // Altered by hand: the request is no base64, and is left to `other`.
  output(
    'amt/publickey/management/generatepkcs10requestex',
    'GeneratePKCS10RequestEx_OUTPUT',
    { ReturnValue: integer },
    { ReturnValue: 0, other: { SignedCertificateRequest: ['test?'] } },
  ),
  plain('amt/redirectionservice/requeststatechange', 'RequestStateChange_OUTPUT'),
  output(
    'amt/remoteaccess/service/addremoteaccessservice',
    'AddRemoteAccessPolicyRule_OUTPUT',
    { PolicyRule: reference, ReturnValue: integer },
    { PolicyRule: policyRule, ReturnValue: 0 },
  ),
  plain('amt/setupandconfiguration/commitchanges', 'CommitChanges_OUTPUT'),
  // A request that was made an answer by hand: the UUID is in the namespace of SOAP.
  output(
    'amt/setupandconfiguration/getuuid',
    'GetUuid_OUTPUT',
    { UUID: base64, ReturnValue: integer },
    { UUID: bytes('13aee355 d2bfbb61 17a088ae dd7037ea') },
  ),
  plain('amt/setupandconfiguration/partialunprovision', 'PartialUnprovision_OUTPUT'),
  plain('amt/setupandconfiguration/setmebxpassword', 'SetMEBxPassword_OUTPUT'),
  plain('amt/setupandconfiguration/unprovision', 'Unprovision_OUTPUT'),
  output(
    'amt/timesynchronization/getlowaccuracytimesynch',
    'GetLowAccuracyTimeSynch_OUTPUT',
    { Ta0: integer, ReturnValue: integer },
    { Ta0: 1_704_586_865, ReturnValue: 0 },
  ),
  plain('amt/timesynchronization/sethighaccuracytimesynch', 'SetHighAccuracyTimeSynch_OUTPUT'),
  plain('amt/userinitiatedconnection/request', 'RequestStateChange_OUTPUT'),
  plain('amt/wifiportconfiguration/addwifisettings', 'AddWiFiSettings_OUTPUT'),
  plain('amt/wifiportconfiguration/updatewifisettings', 'UpdateWiFiSettings_OUTPUT'),
  plain('cim/boot/configsetting/changebootorder', 'ChangeBootOrder_OUTPUT'),
  plain('cim/boot/service/requeststatechange', 'RequestStateChange_OUTPUT'),
  plain('cim/boot/service/setbootconfigrole', 'SetBootConfigRole_OUTPUT'),
  plain('cim/power/managementservice/requestpowerstatechange', 'RequestPowerStateChange_OUTPUT'),
  plain('cim/wifi/port/requeststatechange', 'RequestStateChange_OUTPUT'),
  plain('ips/hostbasedsetup/addnextcertinchain', 'AddNextCertInChain_OUTPUT'),
  plain('ips/hostbasedsetup/adminsetup', 'AdminSetup_OUTPUT'),
  plain('ips/hostbasedsetup/setup', 'Setup_OUTPUT'),
  plain('ips/hostbasedsetup/upgradeclienttoadmin', 'UpgradeClientToAdmin_OUTPUT'),
  output(
    'ips/http/addproxyaccesspoint',
    'AddProxyAccessPoint_OUTPUT',
    { ProxyAccessPoint: reference, ReturnValue: integer },
    {
      ProxyAccessPoint: to(`${ips}IPS_HTTPProxyAccessPoint`, {
        ...onDevice,
        CreationClassName: 'IPS_HTTPProxyAccessPoint',
        Name: 'Intel(r) ME:HTTP Proxy Access Point 3',
      }),
      ReturnValue: 0,
    },
  ),
  plain('ips/optin/canceloptin', 'CancelOptIn_OUTPUT', 2),
  plain('ips/optin/sendoptincode', 'SendOptInCode_OUTPUT', 2),
  plain('ips/optin/startoptin', 'StartOptIn_OUTPUT', 2),
  plain('ips/power/managementservice/requestospowersavingstatechange', 'RequestOSPowerSavingStateChange_OUTPUT'),
];

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
