import { expect, test } from 'vitest';
import { amtTls } from '../../../../src/operations/amt/tls';
import { AmtStub, lost, returned, type StubAnswer } from '../../../fakes/amtStub';

const network = 'Intel(r) AMT 802.3 TLS Settings';
const local = 'Intel(r) AMT LMS TLS Settings';
const settings = (id: string, values: string, prefix = 'h'): string =>
  `<${prefix}:AMT_TLSSettingData>${values.replaceAll('#', prefix)}<${prefix}:InstanceID>${id}</${prefix}:InstanceID></${prefix}:AMT_TLSSettingData>`;
const values = '<#:AcceptNonSecureConnections>true</#:AcceptNonSecureConnections><#:Enabled>true</#:Enabled>';
const root =
  '<h:AMT_PublicKeyCertificate><h:InstanceID>Intel(r) AMT Certificate: Handle: 0</h:InstanceID><h:TrustedRootCertficate>true</h:TrustedRootCertficate></h:AMT_PublicKeyCertificate>';

/** With TLS, and in clear beside it; the local interface is otherwise. */
function device(more = '', changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  const mutual = '<#:MutualAuthentication>false</#:MutualAuthentication>';
  const others = settings(local, '<#:Enabled>false</#:Enabled>');
  const stub = new AmtStub({
    'Enumerate AMT_TLSSettingData': others + settings(network, values + mutual + more),
    [`Get AMT_TLSSettingData InstanceID=${network}`]: settings(network, values + mutual + more, 'g'),
    [`Put AMT_TLSSettingData InstanceID=${network}`]: (body, envelope) => {
      stub.answers.set('Enumerate AMT_TLSSettingData', others + body.replaceAll(/<(\/?)r:/g, '<$1h:'));
      return envelope;
    },
    'AMT_SetupAndConfigurationService.CommitChanges': returned('CommitChanges', 0),
    'Enumerate AMT_PublicKeyCertificate': root,
    ...changes,
  });
  return stub;
}

test('connections in clear are refused from now on: written, committed, and read back', async () => {
  const stub = device();
  await expect(stub.now(amtTls, { acceptNonSecure: false })).resolves.toBe('connections in clear on');
  await expect(stub.run(amtTls, { acceptNonSecure: false })).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['connections in clear off'] },
  });
  expect(stub.changes).toEqual([
    `Put AMT_TLSSettingData InstanceID=${network}: <r:AMT_TLSSettingData><r:AcceptNonSecureConnections>false</r:AcceptNonSecureConnections><r:Enabled>true</r:Enabled><r:MutualAuthentication>false</r:MutualAuthentication><r:InstanceID>${network}</r:InstanceID></r:AMT_TLSSettingData>`,
    'AMT_SetupAndConfigurationService.CommitChanges: <r:CommitChanges_INPUT/>',
  ]);
  await expect(stub.run(amtTls, { acceptNonSecure: false })).resolves.toMatchObject({ outcome: 'already' });
});

test('mutual TLS for consoles of certain names', async () => {
  const stub = device();
  const wanted = { mutual: true, trustedNames: 'ops.example, build.example' };
  await expect(stub.run(amtTls, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes[0]).toContain('<r:MutualAuthentication>true</r:MutualAuthentication>');
  expect(stub.changes[0]).toContain('<r:TrustedCN>build.example</r:TrustedCN><r:TrustedCN>ops.example</r:TrustedCN>');
});

test('what would lock everybody out, or what the firmware refuses, is lacking', async () => {
  const without = device('', { 'Enumerate AMT_PublicKeyCertificate': '' });
  await expect(without.lacks(amtTls, { mutual: true })).resolves.toContain('no trusted root certificate');
  const tlsOnly = device('<#:NonSecureConnectionsSupported>false</#:NonSecureConnectionsSupported>');
  await expect(tlsOnly.lacks(amtTls, { acceptNonSecure: true })).resolves.toBe(
    'its firmware takes no connections in clear',
  );
  await expect(tlsOnly.run(amtTls, { acceptNonSecure: false })).resolves.toMatchObject({ outcome: 'done' });
  expect(tlsOnly.changes[0]).not.toContain('NonSecureConnectionsSupported');
  const off = device('', { 'Enumerate AMT_TLSSettingData': settings(network, '<#:Enabled>false</#:Enabled>') });
  await expect(off.lacks(amtTls, { mutual: true })).resolves.toContain('TLS is not set up');
});

test('a refused commit says what is missing, and what was written is taken back', async () => {
  const stub = device('', { 'AMT_SetupAndConfigurationService.CommitChanges': returned('CommitChanges', 2057) });
  await expect(stub.run(amtTls, { acceptNonSecure: false })).rejects.toMatchObject({
    details: { deviceCode: '2057 DATA_MISSING' },
    effect: 'none',
  });
  expect(stub.changes).toHaveLength(3);
  expect(stub.changes[2]).toContain('<r:AcceptNonSecureConnections>true</r:AcceptNonSecureConnections>');
});

test('a commit whose answer is lost leaves it open: what is read back may not be in force', async () => {
  const stub = device('', { 'AMT_SetupAndConfigurationService.CommitChanges': lost });
  stub.answers.set('Enumerate AMT_TLSSettingData', () =>
    stub.changes.length === 0 ? settings(network, values) : lost,
  );
  await expect(stub.run(amtTls, { acceptNonSecure: false })).rejects.toMatchObject({
    code: 'connect.lost',
    effect: 'unknown',
  });
  expect(stub.changes).toHaveLength(2);
});

test('the confirmation says who is locked out', () => {
  expect(amtTls.warnings?.({ acceptNonSecure: false })).toHaveLength(1);
  expect(amtTls.warnings?.({ mutual: true }).join('')).toContain('locked out');
  expect(amtTls.warnings?.({ acceptNonSecure: true, mutual: false })).toEqual([]);
});
