import { iderSessionUsingPort } from '../../protocols/amt/cim/iderSessionUsingPort';
import { kvmSessionUsingPort } from '../../protocols/amt/cim/kvmSessionUsingPort';
import { solSessionUsingPort } from '../../protocols/amt/cim/solSessionUsingPort';
import type { AmtDevice } from './device';

const sessions = { SOL: solSessionUsingPort, 'IDE-R': iderSessionUsingPort, KVM: kvmSessionUsingPort } as const;
export type Redirection = keyof typeof sessions;

/** Of which kinds redirection sessions are open, from any console. */
export async function openRedirections(device: AmtDevice, signal: AbortSignal): Promise<readonly Redirection[]> {
  const open: Redirection[] = [];
  for (const kind of Object.keys(sessions) as readonly Redirection[]) {
    if ((await device.list(sessions[kind], signal)).length > 0) open.push(kind);
  }
  return open;
}
