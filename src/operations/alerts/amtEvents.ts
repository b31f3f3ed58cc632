import type { AmtClient } from '../../technologies/amt/client';
import {
  describeSubscription,
  describeWantedSubscription,
  isOf,
  mostSubscriptions,
  readEventFilters,
  readEventSubscriptions,
  shortFilterName,
  subscriptionDifferences,
  subscriptionRemovals,
  type WantedSubscription,
} from '../../technologies/amt/eventSubscriptions';
import type { Difference } from '../../technologies/difference';
import { bringTo } from '../bringTo';
import type { StepResult, WayContext, WaySteps } from '../operation';
import type { AlertParameters } from './parameters';

/** WS-Eventing messages from Intel AMT to a collector. */
export const amtEvents: WaySteps<AmtClient, AlertParameters> = {
  async now(client, { signal }, given) {
    const held = await readEventSubscriptions(client, signal);
    if (given.action === 'remove-all') return held.length === 0 ? 'none' : held.map(describeSubscription).join(', ');
    const own = held.find((one) => isOf(one, wantedOf(given)));
    return own ? describeSubscription(own) : `not ${wantedOf(given).url}`;
  },
  lacks: lacksEvents,
  run: bringEventsTo,
};

/** In the words of what is held. */
export function describeWantedEvents(given: AlertParameters): string {
  return describeWantedSubscription(wantedOf(given));
}

async function lacksEvents(
  client: AmtClient,
  given: AlertParameters,
  { signal }: WayContext,
): Promise<string | undefined> {
  const filters = (await readEventFilters(client, signal)).map(shortFilterName);
  if (filters.length === 0) return 'it sends no WS-Eventing messages';
  if (given.action !== 'subscribe') return undefined;
  const wanted = wantedOf(given);
  if (!filters.includes(shortFilterName(wanted.filter))) {
    return `it has no event filter ${wanted.filter}; it has: ${filters.join(', ')}`;
  }
  const { generation } = await client.capabilities(signal);
  if (wanted.url.startsWith('https:') && generation > 0 && generation < 11) return 'it posts to https from AMT 11 on';
  const held = await readEventSubscriptions(client, signal);
  const stay = held.filter((one) => !given.removeForeign || one.destination === wanted.url);
  const most = mostSubscriptions(generation);
  if (stay.some((one) => isOf(one, wanted)) || stay.length < most) return undefined;
  return `it has no room for another subscription: it holds ${most}`;
}

async function bringEventsTo(client: AmtClient, given: AlertParameters, context: WayContext): Promise<StepResult> {
  const { signal, secret } = context;
  const { action, removeForeign, user, passwordOf, partial } = given;
  const wanted = wantedOf(given);
  const login = user !== undefined && passwordOf !== undefined && { user, password: await secret(passwordOf) };
  const isForeign = ({ destination }: { readonly destination: string }): boolean => destination !== wanted.url;
  const isUnwanted = action === 'remove-all' ? () => true : (one: Parameters<typeof isOf>[0]) => isOf(one, wanted);
  const differences = async (stop: AbortSignal): Promise<readonly Difference[]> => {
    if (action !== 'subscribe') return subscriptionRemovals(client, isUnwanted, stop);
    return [
      ...(removeForeign ? await subscriptionRemovals(client, isForeign, stop) : []),
      ...(await subscriptionDifferences(client, { ...wanted, ...(login && { login }) }, stop)),
    ];
  };
  const hidden = [...(wanted.opaque === undefined ? [] : ['the opaque text']), ...(login ? ['the login'] : [])];
  return bringTo(differences, signal, {
    onRefusal: partial ? 'go on' : 'stop',
    ...(action === 'subscribe' && { value: { url: wanted.url } }),
    ...(action === 'subscribe' && hidden.length > 0 && { note: `Not read back: ${hidden.join(' and ')}.` }),
  });
}

function wantedOf({ url = '', filter, delivery, opaque }: AlertParameters): WantedSubscription {
  return { url, filter, delivery, ...(opaque !== undefined && { opaque }) };
}
