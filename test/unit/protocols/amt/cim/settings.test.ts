import { describe, expect, test } from 'vitest';
import { adminProvisioningRecord } from '../../../../../src/protocols/amt/cim/adminProvisioningRecord';
import { alarmClockOccurrence } from '../../../../../src/protocols/amt/cim/alarmClockOccurrence';
import { elementSettingData } from '../../../../../src/protocols/amt/cim/elementSettingData';
import { httpProxyAccessPoint } from '../../../../../src/protocols/amt/cim/httpProxyAccessPoint';
import { publicKeyCertificate } from '../../../../../src/protocols/amt/cim/publicKeyCertificate';
import { publicPrivateKeyPair } from '../../../../../src/protocols/amt/cim/publicPrivateKeyPair';
import { screenConfigurationService } from '../../../../../src/protocols/amt/cim/screenConfigurationService';
import { screenSettingData } from '../../../../../src/protocols/amt/cim/screenSettingData';
import { solSessionUsingPort } from '../../../../../src/protocols/amt/cim/solSessionUsingPort';
import { tlsCredentialContext } from '../../../../../src/protocols/amt/cim/tlsCredentialContext';
import { tlsSettingData } from '../../../../../src/protocols/amt/cim/tlsSettingData';
import { wifiEndpoint } from '../../../../../src/protocols/amt/cim/wifiEndpoint';
import { wifiEndpointSettings } from '../../../../../src/protocols/amt/cim/wifiEndpointSettings';
import { wifiPort } from '../../../../../src/protocols/amt/cim/wifiPort';
import { datetime, decode, of, policy, policyReference, port, portReference } from './written';

describe('settings', () => {
  test('an alarm', () => {
    const values = {
      DeleteOnCompletion: 'true',
      ElementName: 'Weekly',
      InstanceID: 'Weekly',
      Interval: '<h:Interval>P7DT0H0M0S</h:Interval>',
      StartTime: datetime('2026-05-04T06:00:00Z'),
    };
    expect(decode(alarmClockOccurrence, of(values))).toEqual({
      DeleteOnCompletion: true,
      ElementName: 'Weekly',
      InstanceID: 'Weekly',
      Interval: 604_800_000,
      StartTime: new Date('2026-05-04T06:00:00Z'),
    });
  });

  test('which power scheme is in force', () => {
    const values = { IsCurrent: '1', IsDefault: '0', IsNext: '3', ManagedElement: port, SettingData: policy };
    expect(decode(elementSettingData, of(values))).toEqual({
      IsCurrent: 'yes',
      IsDefault: 'unknown',
      IsNext: 'for a single use',
      ManagedElement: portReference,
      SettingData: policyReference,
    });
  });

  test('certificates and keys', () => {
    const certificate = { Issuer: 'CN=a', Subject: 'CN=b', TrustedRootCertficate: 'true', X509Certificate: 'MIIB' };
    expect(decode(publicKeyCertificate, of(certificate))).toEqual({
      Issuer: 'CN=a',
      Subject: 'CN=b',
      TrustedRootCertficate: true,
      X509Certificate: Uint8Array.of(0x30, 0x82, 0x01),
    });
    expect(decode(publicPrivateKeyPair, of({ DERKey: 'MIIB', InstanceID: 'Intel(r) AMT Key: Handle: 0' }))).toEqual({
      DERKey: Uint8Array.of(0x30, 0x82, 0x01),
      InstanceID: 'Intel(r) AMT Key: Handle: 0',
    });
    expect(decode(tlsCredentialContext, of({ ElementInContext: policy, ElementProvidingContext: port }))).toEqual({
      ElementInContext: policyReference,
      ElementProvidingContext: portReference,
    });
    expect(decode(tlsSettingData, of({ NonSecureConnectionsSupported: 'false', TrustedCN: ['a', 'b'] }))).toEqual({
      NonSecureConnectionsSupported: false,
      TrustedCN: ['a', 'b'],
    });
  });

  test('a proxy, and who has provisioned', () => {
    expect(decode(httpProxyAccessPoint, of({ AccessInfo: 'proxy', InfoFormat: '201', Port: '8080' }))).toEqual({
      AccessInfo: 'proxy',
      InfoFormat: 'FQDN',
      Port: 8080,
    });
    const created = { CreationTimeStamp: datetime('2025-06-01T10:00:00Z'), SecureDNS: 'true', CertificateCN: 'c' };
    expect(decode(adminProvisioningRecord, of(created))).toEqual({
      CreationTimeStamp: new Date('2025-06-01T10:00:00Z'),
      SecureDNS: true,
      CertificateCN: 'c',
    });
  });

  test('screens and the sessions that use them', () => {
    expect(decode(screenConfigurationService, of({ EnabledState: '1', CurrentState: '0' }))).toEqual({
      EnabledState: 'allowed',
      CurrentState: 0,
    });
    expect(decode(screenSettingData, of({ IsActive: ['true', 'false'], ResolutionX: ['1920', '0'] }))).toEqual({
      IsActive: [true, false],
      ResolutionX: [1920, 0],
    });
    expect(decode(solSessionUsingPort, of({ Antecedent: port, Dependent: policy }))).toEqual({
      Antecedent: portReference,
      Dependent: policyReference,
    });
  });

  test('wireless', () => {
    expect(decode(wifiEndpoint, of({ EnabledState: '2', LANID: 'Office' }))).toEqual({
      EnabledState: 'enabled',
      LANID: 'Office',
    });
    const profile = { AuthenticationMethod: '32768', EncryptionMethod: '4', Priority: '2' };
    expect(decode(wifiEndpointSettings, of(profile))).toEqual({
      AuthenticationMethod: 'WPA3 SAE',
      EncryptionMethod: 'CCMP',
      Priority: 2,
    });
    expect(decode(wifiPort, of({ EnabledState: '32769' }))).toEqual({ EnabledState: 'enabled in S0 and Sx AC' });
  });
});
