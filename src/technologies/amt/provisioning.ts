import { toSidebandError } from '../../base/errors';
import type { ErrorCode } from '../../base/errorCodes';
import { setupAndConfigurationService } from '../../protocols/amt/cim/setupAndConfigurationService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import type { AmtClient } from './client';

const { resourceUri } = setupAndConfigurationService;

/** `full` loses everything; `partial` keeps what a set-up server needs to configure the device again. */
export const unconfigureModes = ['full', 'partial'] as const;
export type UnconfigureMode = (typeof unconfigureModes)[number];

/** `gone`: the device no longer answers, or not to this login. */
export type Provisioning = 'provisioned' | 'being provisioned' | 'not provisioned' | 'gone' | 'unknown';

/** What a device without configuration does: its listener is gone, and so are its accounts. */
const signsOfAbsence: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connect.refused',
  'connect.lost',
  'connect.timeout',
  'connect.unreachable',
  'amt.not-provisioned',
  'amt.absent',
  'auth.rejected',
  'tls.failed',
]);

export async function readProvisioning(client: AmtClient, signal: AbortSignal): Promise<Provisioning> {
  const { ProvisioningState: state } = await client.get(setupAndConfigurationService, signal);
  return state === undefined || state.startsWith('unknown') ? 'unknown' : (state as Provisioning);
}

/** For a device that was reached before: does not reject with what only says that nobody answers any more. */
export async function watchProvisioning(client: AmtClient, signal: AbortSignal): Promise<Provisioning> {
  try {
    return await readProvisioning(client, signal);
  } catch (thrown) {
    if (!signal.aborted && signsOfAbsence.has(toSidebandError(thrown).code)) return 'gone';
    throw thrown;
  }
}

/** Takes the configuration away. The answer may be lost, because the listener goes with it: then the effect is `unknown`. */
export async function unconfigure(client: AmtClient, mode: UnconfigureMode, signal: AbortSignal): Promise<void> {
  const method = mode === 'full' ? 'Unprovision' : 'PartialUnprovision';
  const parameters = mode === 'full' ? { ProvisioningMode: 1 } : {};
  assertCompleted(await client.wsman.invoke(resourceUri, method, parameters, { signal }), method);
}
