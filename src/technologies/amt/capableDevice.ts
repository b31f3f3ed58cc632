import type { Cache } from '../../base/cache';
import {
  type AmtCapabilities,
  type CapabilitiesPlace,
  describeCapabilities,
  freshCapabilities,
  generationOf,
  knownCapabilities,
} from './capabilities';
import type { Describing } from '../technology';
import type { AmtConnection } from './connect';
import { AmtDevice } from './device';

/** A device whose capabilities are known, or asked for once. */
export class CapableDevice extends AmtDevice implements Describing {
  readonly #place: CapabilitiesPlace;
  #capabilities: AmtCapabilities | undefined;

  /** `place` names the device in the cache. */
  constructor(
    connection: Pick<AmtConnection, 'wsman' | 'address' | 'version' | 'realm'>,
    { cache, place }: { readonly cache: Cache; readonly place: string },
  ) {
    super(connection);
    // Another realm at the same place is another device, or the same one set up anew.
    this.#place = {
      cache,
      device: `${place} ${this.address.port} ${this.version ?? ''} ${connection.realm ?? ''}`,
    };
  }

  /** The first number of the version, as far as it is known without asking. */
  get generation(): number | undefined {
    return this.#capabilities?.generation ?? generationOf(this.version);
  }

  /** What the device offers, as probed at most a day ago. */
  async capabilities(signal: AbortSignal): Promise<AmtCapabilities> {
    this.#capabilities ??= await knownCapabilities(this, this.#place, signal);
    return this.#capabilities;
  }

  /** What the device offers now. */
  async probe(signal: AbortSignal): Promise<AmtCapabilities> {
    this.#capabilities = await freshCapabilities(this, this.#place, signal);
    return this.#capabilities;
  }

  /** What the device offers, in words. Absent while nobody has asked. */
  get offers(): string | undefined {
    return this.#capabilities && describeCapabilities(this.#capabilities);
  }
}
