import { networkPortSystemDefensePolicy } from '../../../protocols/amt/cim/networkPortSystemDefensePolicy';
import type { AmtClient } from '../client';
import type { Activation } from './state';

const { resourceUri } = networkPortSystemDefensePolicy;

/** Takes a policy out of force. It stays on the device. */
export async function disable(client: AmtClient, { port, target }: Activation, signal: AbortSignal): Promise<void> {
  await client.wsman.delete(resourceUri, { selectors: { Antecedent: port, Dependent: target }, signal });
}

/** Puts a policy in force on a port, which takes one for all consoles. */
export async function enable(
  client: AmtClient,
  { port, target }: Pick<Activation, 'port' | 'target'>,
  signal: AbortSignal,
): Promise<void> {
  await client.wsman.create(resourceUri, { Antecedent: port, Dependent: target }, { signal });
}
