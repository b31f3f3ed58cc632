import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificateStore } from '../../../../src/simulators/amt/classes/certificates/store';
import { commitTls } from '../../../../src/simulators/amt/classes/tls/settings';
import { tlsState } from '../../../../src/simulators/amt/classes/tls/state';
import { AmtSimulator, type SimulatedAmt } from '../../../../src/simulators/amt/simulator';
import { testPem } from './recordings';

const der = (name: 'key' | 'leaf' | 'root') => Buffer.from(testPem(name), 'base64');
const settings = { isEnabled: true, isMutual: false, acceptsPlain: false, trustedNames: [] };

describe('committed TLS settings', () => {
  let simulator: AmtSimulator;
  let amt: SimulatedAmt;

  beforeEach(async () => {
    simulator = await AmtSimulator.start({ devices: [{ profile: '12.0', ports: 'plain' }] });
    [amt] = simulator.devices as [SimulatedAmt];
    const privateKey = createPrivateKey({ key: der('key'), format: 'der', type: 'pkcs1' });
    const store = certificateStore(amt.device);
    store.addKey({ privateKey, publicKey: createPublicKey(privateKey) });
    tlsState(amt.device).shown = store.addCertificate(new X509Certificate(der('leaf')), 'leaf').handle;
  });

  afterEach(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  const commit = async (network: typeof settings): Promise<number> => {
    tlsState(amt.device).network = network;
    const returned = commitTls({ device: amt.device, account: 'admin', from: '127.0.0.1' });
    await amt.settled;
    return returned;
  };

  test('open the listener with the certificate that is shown, and close the other', async () => {
    const { port } = amt;
    const open = connectPlain(port, amt.address);
    await once(open, 'connect');
    expect(await commit(settings)).toBe(0);
    await once(open.resume(), 'close');
    expect(amt.port).toBe(0);
    await expect(once(connectPlain(port, amt.address), 'connect')).rejects.toThrow('ECONNREFUSED');
    expect((await peerOf(amt)).subject).toMatchObject({ O: 'Sideband', CN: 'amt.example' });
    expect(amt.url).toBe(`amts://admin@127.0.0.1:${amt.tlsPort}`);
  });

  test('let both be open, and go back', async () => {
    await commit({ ...settings, acceptsPlain: true });
    expect(amt.port).toBeGreaterThan(0);
    expect((await peerOf(amt)).subject.CN).toBe('amt.example');
    await commit({ ...settings, isEnabled: false });
    expect(amt.tlsPort).toBe(0);
    expect(amt.port).toBeGreaterThan(0);
  });

  test('mutual: nobody without a certificate of the trusted root', async () => {
    certificateStore(amt.device).addCertificate(new X509Certificate(der('root')), 'root');
    expect(await commit({ ...settings, isMutual: true })).toBe(0);
    const pem = (kind: string, of: 'key' | 'leaf') =>
      `-----BEGIN ${kind}-----\n${testPem(of)}\n-----END ${kind}-----\n`;
    const identity = { cert: pem('CERTIFICATE', 'leaf'), key: pem('RSA PRIVATE KEY', 'key') };
    expect((await peerOf(amt, identity)).subject.CN).toBe('amt.example');
    await expect(peerOf(amt)).rejects.toThrow();
  });
});

/** The certificate of the device, when it lets a console in: a rejected one hears of it after its own side of the handshake. */
async function peerOf(
  { tlsPort, address }: SimulatedAmt,
  identity: { readonly cert?: string; readonly key?: string } = {},
): Promise<PeerCertificate> {
  const socket = connect({ port: tlsPort, host: address, rejectUnauthorized: false, ...identity });
  try {
    await once(socket, 'secureConnect');
    socket.write('GET / HTTP/1.1\r\nHost: amt\r\n\r\n');
    await once(socket, 'data');
    return socket.getPeerCertificate();
  } finally {
    socket.destroy();
  }
}
