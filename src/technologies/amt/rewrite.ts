import type { CimClass, Fields } from '../../protocols/wsman/cimClass';
import type { Instance } from '../../protocols/wsman/instance';
import type { Selectors } from '../../protocols/wsman/values';
import type { AmtClient } from './client';

/** Reads an instance and puts it back changed, as a whole: what is not known here stays as it was. */
export async function rewrite<F extends Fields>(
  client: AmtClient,
  { resourceUri }: CimClass<F>,
  change: (instance: Instance) => Instance,
  options: { readonly selectors?: Selectors; readonly signal: AbortSignal },
): Promise<void> {
  const instance = await client.wsman.get(resourceUri, options);
  await client.wsman.put(resourceUri, change(instance), options);
}
