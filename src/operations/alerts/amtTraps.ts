import type { AmtClient } from '../../technologies/amt/client';
import {
  describeTraps,
  mostTrapSubscribers,
  readTrapFilters,
  readTrapSubscribers,
  trapDifferences,
  trapRemovals,
} from '../../technologies/amt/trapSubscribers';
import type { Difference } from '../../technologies/difference';
import { bringTo } from '../bringTo';
import type { StepResult, WayContext, WaySteps } from '../operation';
import type { AlertParameters } from './parameters';

/** SNMP traps from Intel AMT up to generation 17. */
export const amtTraps: WaySteps<AmtClient, AlertParameters> = {
  async now(client, { signal }, { action, address = '', policy }) {
    const held = await readTrapSubscribers(client, signal);
    if (action === 'remove-all') return held.length === 0 ? 'none' : held.map(describeTraps).join('; ');
    const own = held.find((one) => one.address === address && (one.policy === policy || action === 'unsubscribe'));
    return own ? describeTraps(own) : `not ${address}`;
  },
  lacks: lacksTraps,
  run: bringTrapsTo,
};

async function lacksTraps(
  client: AmtClient,
  given: AlertParameters,
  { signal }: WayContext,
): Promise<string | undefined> {
  const { petAlerts, version } = await client.capabilities(signal);
  if (!petAlerts) return `AMT ${version} sends no SNMP traps, which are gone since AMT 18: use ws-eventing`;
  if (given.action !== 'subscribe') return undefined;
  const { address, policy, allEvents, removeForeign } = given;
  const sending = (await readTrapFilters(client, signal)).filter(({ isSending }) => isSending);
  if (!allEvents && !sending.some((one) => one.policy === policy)) {
    const policies = [...new Set(sending.map((one) => one.policy))].join(', ') || 'none';
    return `none of its filters sends traps by policy ${policy}: use allEvents, or one of its policies: ${policies}`;
  }
  const held = await readTrapSubscribers(client, signal);
  const stay = held.filter((one) => !removeForeign || one.address === address);
  if (stay.some((one) => one.address === address) || stay.length < mostTrapSubscribers) return undefined;
  return `it has no room for another subscriber: it holds ${mostTrapSubscribers}`;
}

async function bringTrapsTo(
  client: AmtClient,
  given: AlertParameters,
  { signal, secret }: WayContext,
): Promise<StepResult> {
  const { action, address = '', policy, allEvents, removeForeign, partial, communityOf } = given;
  const community = communityOf === undefined ? undefined : await secret(communityOf);
  const wanted = { address, policy, allEvents, ...(community && { community }) };
  const differences = async (stop: AbortSignal): Promise<readonly Difference[]> => {
    if (action === 'remove-all') return trapRemovals(client, () => true, stop);
    if (action === 'unsubscribe') return trapRemovals(client, (one) => one.address === address, stop);
    return [
      ...(removeForeign ? await trapRemovals(client, (one) => one.address !== address, stop) : []),
      ...(await trapDifferences(client, wanted, stop)),
    ];
  };
  return bringTo(differences, signal, {
    onRefusal: partial ? 'go on' : 'stop',
    ...(action === 'subscribe' && { value: { address } }),
  });
}
