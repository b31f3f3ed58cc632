import { createPublicKey, createVerify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tlsState } from '../../../../src/simulators/amt/classes/tls/state';
import { fixtures, testPem } from './recordings';
import { faultOf, key, reference, type Sent, Soap } from './soap';

const service = 'AMT_PublicKeyManagementService';
const network = { InstanceID: 'Intel(r) AMT 802.3 TLS Settings' };
const certificate = (handle: number) => ({ InstanceID: `Intel(r) AMT Certificate: Handle: ${handle}` });
const context = (handle: number): Sent => ({
  ElementInContext: reference('AMT_PublicKeyCertificate', certificate(handle)),
  ElementProvidingContext: reference('AMT_TLSProtocolEndpointCollection', {
    ElementName: 'TLSProtocolEndpoint Instances Collection',
  }),
});
const commit = (soap: Soap) => soap.invoke('AMT_SetupAndConfigurationService', 'CommitChanges').ReturnValue;
/** A device that has never had TLS. */
const plain = () => new Soap({ profile: '9.1' });

describe('the certificate store', () => {
  test('a device with TLS has the certificate for it, which stays', () => {
    const soap = new Soap();
    expect(soap.list('AMT_PublicKeyCertificate')).toMatchObject([
      {
        InstanceID: 'Intel(r) AMT Certificate: Handle: 0',
        ReadOnlyCertificate: 'true',
        Subject: 'O=Sideband,CN=Simulated AMT',
        TrustedRootCertficate: 'false',
      },
    ]);
    expect(faultOf(soap.delete('AMT_PublicKeyCertificate', certificate(0)))).toBe('InternalError 16');
  });

  test('roots and certificates come and go, and are not taken twice', () => {
    const soap = plain();
    expect(soap.invoke(service, 'AddTrustedRootCertificate', { CertificateBlob: testPem('root') }).ReturnValue).toBe(
      '0',
    );
    expect(faultOf(soap.call(service, 'AddTrustedRootCertificate', { CertificateBlob: testPem('root') }))).toBe(
      'AlreadyExists',
    );
    expect(soap.invoke(service, 'AddCertificate', { CertificateBlob: testPem('leaf') }).ReturnValue).toBe('0');
    expect(soap.list('AMT_PublicKeyCertificate')).toMatchObject([
      { Issuer: 'O=Sideband,CN=Test Root', TrustedRootCertficate: 'true', X509Certificate: testPem('root') },
      { Issuer: 'O=Sideband,CN=Test Root', Subject: 'O=Sideband,CN=amt.example', TrustedRootCertficate: 'false' },
    ]);
    expect(faultOf(soap.delete('AMT_PublicKeyCertificate', certificate(0)))).toBe('ok');
    expect(soap.list('AMT_PublicKeyCertificate')).toHaveLength(1);
  });

  test.each([
    ['line ends', `${testPem('root').slice(0, 64)}\n${testPem('root').slice(64)}`],
    ['something else', 'AAAA'],
    ['nothing', ''],
  ])('refused: %s', (_, CertificateBlob) => {
    expect(plain().invoke(service, 'AddTrustedRootCertificate', { CertificateBlob }).ReturnValue).toBe('2063');
  });

  test('keys: RSA of the usual lengths, five at most, shown as PKCS #1', () => {
    const soap = plain();
    const generate = (KeyAlgorithm: number, KeyLength: number) =>
      soap.invoke(service, 'GenerateKeyPair', { KeyAlgorithm, KeyLength }).ReturnValue;
    expect(generate(1, 2048)).toBe('36');
    expect(generate(0, 512)).toBe('36');
    for (let at = 0; at < 5; at++) expect(generate(0, 1024)).toBe('0');
    expect(generate(0, 1024)).toBe('23');
    const [first] = soap.list('AMT_PublicPrivateKeyPair');
    const shown = createPublicKey({ key: Buffer.from(String(first?.DERKey), 'base64'), format: 'der', type: 'pkcs1' });
    expect(shown.asymmetricKeyDetails?.modulusLength).toBe(1024);
    expect(faultOf(soap.delete('AMT_PublicPrivateKeyPair', { InstanceID: 'Intel(r) AMT Key: Handle: 0' }))).toBe('ok');
  });

  test('a request is signed anew with the key of the device', () => {
    const soap = plain();
    soap.invoke(service, 'AddKey', { KeyBlob: testPem('key') });
    const sign = (request: string, SigningAlgorithm = 1) =>
      soap.invoke(service, 'GeneratePKCS10RequestEx', {
        KeyPair: reference('AMT_PublicPrivateKeyPair', { InstanceID: 'Intel(r) AMT Key: Handle: 0' }),
        SigningAlgorithm,
        NullSignedCertificateRequest: request,
      });
    const request = Buffer.from(testPem('request'), 'base64');
    const unsigned = Buffer.from(request);
    unsigned.fill(0, unsigned.length - 256);
    const signed = Buffer.from(String(sign(unsigned.toString('base64')).SignedCertificateRequest), 'base64');
    expect(signed).toEqual(request); // openssl has signed it with the same key and SHA-256

    const sha1 = Buffer.from(String(sign(unsigned.toString('base64'), 0).SignedCertificateRequest), 'base64');
    const info = request.subarray(4, 4 + 4 + request.readUInt16BE(6));
    const publicKey = createPublicKey(readFileSync(`${fixtures}certificates/leaf.pem`));
    expect(createVerify('sha1').update(info).verify(publicKey, sha1.subarray(-256))).toBe(true);

    expect(sign(unsigned.toString('base64'), 3).ReturnValue).toBe('36');
    expect(sign('AAAA').ReturnValue).toBe('36');
    const inKey = unsigned.length - 340;
    unsigned.writeUInt8(unsigned.readUInt8(inKey) ^ 1, inKey);
    expect(sign(unsigned.toString('base64')).ReturnValue).toBe('36');
  });
});

describe('TLS', () => {
  function withCertificate(): Soap {
    const soap = plain();
    soap.invoke(service, 'AddKey', { KeyBlob: testPem('key') });
    soap.invoke(service, 'AddCertificate', { CertificateBlob: testPem('leaf') });
    return soap;
  }

  test('is on after the commit, when there is a certificate to show', () => {
    const soap = withCertificate();
    expect(faultOf(soap.put('AMT_TLSSettingData', { Enabled: true, MutualAuthentication: false }, network))).toBe('ok');
    expect(commit(soap)).toBe('2057');
    expect(tlsState(soap.device).effective.isEnabled).toBe(false);
    expect(faultOf(soap.create('AMT_TLSCredentialContext', context(0)))).toBe('ok');
    expect(commit(soap)).toBe('0');
    expect(tlsState(soap.device).effective.isEnabled).toBe(true);
    expect(soap.get('AMT_TLSSettingData', network)).toMatchObject({ Enabled: 'true' });
  });

  test('mutual TLS needs a trusted root', () => {
    const soap = withCertificate();
    soap.create('AMT_TLSCredentialContext', context(0));
    const mutual = { Enabled: true, MutualAuthentication: true, TrustedCN: ['console.lab', 'other.lab'] };
    soap.put('AMT_TLSSettingData', mutual, network);
    expect(commit(soap)).toBe('2057');
    soap.invoke(service, 'AddTrustedRootCertificate', { CertificateBlob: testPem('root') });
    expect(commit(soap)).toBe('0');
    expect(soap.get('AMT_TLSSettingData', network)).toMatchObject({ TrustedCN: ['console.lab', 'other.lab'] });
  });

  test('what is shown stays while TLS is on', () => {
    const soap = withCertificate();
    soap.create('AMT_TLSCredentialContext', context(0));
    expect(faultOf(soap.create('AMT_TLSCredentialContext', context(0)))).toBe('AlreadyExists');
    expect(faultOf(soap.delete('AMT_PublicKeyCertificate', certificate(0)))).toBe('InternalError 16');
    expect(faultOf(soap.delete('AMT_PublicPrivateKeyPair', { InstanceID: 'Intel(r) AMT Key: Handle: 0' }))).toBe(
      'InternalError 16',
    );
    soap.put('AMT_TLSSettingData', { Enabled: true }, network);
    commit(soap);
    const keys = { ElementInContext: key('AMT_PublicKeyCertificate', certificate(0)) };
    expect(faultOf(soap.delete('AMT_TLSCredentialContext', keys))).toBe('InternalError 16');
    soap.put('AMT_TLSSettingData', { Enabled: false }, network);
    commit(soap);
    expect(faultOf(soap.delete('AMT_TLSCredentialContext', keys))).toBe('ok');
    expect(faultOf(soap.delete('AMT_PublicKeyCertificate', certificate(0)))).toBe('ok');
  });

  test.each([
    ['one that there is not', context(9), 'InvalidRepresentation InvalidValues'],
    ['one without its key', context(0), 'InternalError 2064'],
  ])('refused: %s', (_, sent, fault) => {
    const soap = plain();
    soap.invoke(service, 'AddCertificate', { CertificateBlob: testPem('leaf') });
    expect(faultOf(soap.create('AMT_TLSCredentialContext', sent))).toBe(fault);
  });

  test('another certificate takes the place of the first', () => {
    const soap = new Soap();
    soap.invoke(service, 'AddKey', { KeyBlob: testPem('key') });
    soap.invoke(service, 'AddCertificate', { CertificateBlob: testPem('leaf') });
    expect(faultOf(soap.put('AMT_TLSCredentialContext', context(1)))).toBe('ok');
    expect(tlsState(soap.device).shown).toBe(1);
  });

  test('cannot be switched off where nothing else is spoken', () => {
    const soap = new Soap({ profile: '16.1' });
    expect(soap.get('AMT_TLSSettingData', network)).toMatchObject({ NonSecureConnectionsSupported: 'false' });
    expect(faultOf(soap.put('AMT_TLSSettingData', { Enabled: false }, network))).toBe('InternalError 16');
    const both = { Enabled: true, AcceptNonSecureConnections: true };
    expect(faultOf(soap.put('AMT_TLSSettingData', both, network))).toBe('InternalError 16');
    expect(faultOf(soap.put('AMT_TLSSettingData', { Enabled: true }, network))).toBe('ok');
  });
});

test('the fixtures belong together', () => {
  const root = new X509Certificate(readFileSync(`${fixtures}certificates/root.pem`));
  const leaf = new X509Certificate(readFileSync(`${fixtures}certificates/leaf.pem`));
  expect(leaf.verify(root.publicKey)).toBe(true);
});
