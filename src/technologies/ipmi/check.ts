import { reportError, SidebandError, toSidebandError } from '../../base/errors';
import type { UdpEndpoint } from '../../transport/udp';
import type { Diagnosis, Endpoint, Stage, Surroundings } from '../technology';
import { connect, silenceError } from './connect';
import type { IpmiOptions } from './options';
import { type Probe, probeIpmi, readCipherSuites } from './probe';

const probeMs = 3000;

/** Finds out why a controller does not answer. Every stage rests on the one before; one login at most is tried. */
export async function checkIpmi(
  endpoint: Endpoint<IpmiOptions>,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const stages: Stage[] = [];
  const pass = (title: string, detail: string): void => void stages.push({ title, ok: true, detail });
  const { host, port, options } = endpoint;
  let title = 'Name';
  try {
    const address = await surroundings.udp.resolve(host, signal);
    pass(title, address === host ? address : `${host} is ${address}`);

    title = 'Controller';
    const to = { address, port };
    const probe = await probeIpmi(surroundings.udp, to, probeMs, signal);
    assertPresent(probe, to);
    pass(title, describeProbe(probe));

    title = 'Login';
    await using connection = await connectOrExplain(endpoint, surroundings, { probe, to }, signal);
    pass(title, `as ${options.user}`);

    title = 'Privilege';
    await connection.session.raisePrivilege(signal);
    pass(title, options.privilege);
    return { technology: 'ipmi', ok: true, stages };
  } catch (thrown) {
    const error = toSidebandError(thrown);
    stages.push({ title, ok: false, detail: error.message });
    return { technology: 'ipmi', ok: false, stages, cause: reportError(error) };
  }
}

function assertPresent(
  { pong, capabilities, knocks }: Probe,
  to: { readonly address: string; readonly port: number },
): void {
  if (capabilities) {
    if (capabilities.ipmi2) return;
    throw new SidebandError('ipmi.version', 'the controller speaks IPMI 1.5 only');
  }
  if (pong?.ipmi) {
    throw new SidebandError('ipmi.not-configured', 'the controller answers a ping, but no IPMI request');
  }
  if (pong) throw new SidebandError('ipmi.absent', 'the address answers RMCP, but says that it has no IPMI');
  throw silenceError(
    to,
    knocks.find(({ kind }) => kind === 'refused') ?? knocks.find(({ kind }) => kind === 'unreachable'),
  );
}

function describeProbe({ pong, capabilities }: Probe): string {
  const parts = [pong ? 'answers ping' : 'answers no ping', 'IPMI 2.0'];
  if (capabilities?.bmcKey) parts.push('two-key login');
  return parts.join(', ');
}

/** Knows more than a login alone: that the controller is there, and whether it wants a second key. */
async function connectOrExplain(
  endpoint: Endpoint<IpmiOptions>,
  surroundings: Surroundings,
  { probe: { capabilities }, to }: { readonly probe: Probe; readonly to: UdpEndpoint },
  signal: AbortSignal,
): ReturnType<typeof connect> {
  try {
    return await connect(endpoint, surroundings, signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code === 'connect.timeout') {
      throw new SidebandError('ipmi.not-configured', 'the controller answers, but opens no session', {}, error);
    }
    if (error.code === 'ipmi.cipher') {
      const offered = await readCipherSuites(surroundings.udp, to, signal);
      if (offered.length === 0) throw error;
      throw new SidebandError('ipmi.cipher', `${error.message}; it lists ${offered.join(', ')}`, error.details, error);
    }
    if (error.code === 'auth.rejected' && capabilities?.bmcKey) {
      const hint =
        'The password, or the BMC key (K_G) that the controller wants beside it: turn two-key login off, or check both.';
      throw new SidebandError('ipmi.bmc-key', error.message, { hint }, error);
    }
    throw error;
  }
}
