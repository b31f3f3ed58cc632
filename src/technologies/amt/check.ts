import { reportError, SidebandError, toSidebandError } from '../../base/errors';
import { setupAndConfigurationService } from '../../protocols/amt/cim/setupAndConfigurationService';
import type { Diagnosis, Endpoint, Stage, Surroundings } from '../technology';
import { tlsPolicy } from '../tls';
import { AmtClient } from './client';
import { toConnection } from './connect';
import { assertOpen, describeAnswers, knock } from './knock';
import type { AmtOptions } from './options';
import type { AmtAddress } from './ports';

/** Finds out why a device does not answer. Every stage rests on the one before; one login at most is tried. */
export async function checkAmt(
  endpoint: Endpoint<AmtOptions>,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const stages: Stage[] = [];
  const pass = (title: string, detail: string): void => void stages.push({ title, ok: true, detail });
  const { host, options } = endpoint;
  let title = 'Name';
  try {
    const address = await surroundings.udp.resolve(host, signal);
    pass(title, address === host ? address : `${host} is ${address}`);

    title = 'Port';
    const knocked = await knock(endpoint, surroundings, { address, signal });
    const { settled, address: chosen } = knocked.chosen;
    await using _greeted = 'value' in settled ? settled.value : undefined;
    assertOpen(knocked);
    pass(title, describeAnswers(knocked));

    title = 'TLS';
    if ('error' in settled && settled.error.code.startsWith('tls.')) throw settled.error;
    pass(title, await describeTls(chosen, endpoint, surroundings));

    title = 'Server';
    if ('error' in settled) throw settled.error;
    pass(title, `Intel AMT ${settled.value.version ?? 'of a version that it keeps to itself'}`);

    title = 'Login';
    await using client = new AmtClient(endpoint, toConnection(settled.value, endpoint, surroundings), surroundings);
    const setup = await readSetup(client, signal);
    pass(title, `as ${options.user}`);

    title = 'Provisioning';
    pass(title, describeSetup(setup));
    return { technology: 'amt', ok: true, stages };
  } catch (thrown) {
    const error = toSidebandError(thrown);
    stages.push({ title, ok: false, detail: error.message });
    return { technology: 'amt', ok: false, stages, cause: reportError(error) };
  }
}

async function describeTls(
  { port, tls }: AmtAddress,
  { host, options }: Endpoint<AmtOptions>,
  surroundings: Surroundings,
): Promise<string> {
  if (tls === 'clear') return 'none: all but the password can be read on the way';
  const { trust } = await tlsPolicy(options, surroundings, { host, port });
  return trust.kind === 'pin' ? 'the pinned certificate' : 'a certificate that an authority vouches for';
}

interface Setup {
  readonly ProvisioningState: string | undefined;
  readonly ProvisioningMode: string | undefined;
}

/** The first request that needs a login. What the user may not see is no failed login, and given back. */
async function readSetup(client: AmtClient, signal: AbortSignal): Promise<Setup | SidebandError | undefined> {
  try {
    return await client.find(setupAndConfigurationService, signal);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code === 'access.privilege') return error;
    throw error;
  }
}

/** Throws `amt.not-provisioned`, and what the user may not see. */
function describeSetup(setup: Awaited<ReturnType<typeof readSetup>>): string {
  if (setup instanceof SidebandError) throw setup;
  const { ProvisioningState: state = 'unknown', ProvisioningMode: mode } = setup ?? {};
  if (state === 'not provisioned' || state === 'being provisioned') {
    throw new SidebandError('amt.not-provisioned', `the device answers, but is ${state}`);
  }
  return mode === undefined || mode === 'none' ? state : `${state}, ${mode}`;
}
