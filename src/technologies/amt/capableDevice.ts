import type { Cache } from '../../base/cache';
import { type AmtCapabilities, generationOf, knownCapabilities } from './capabilities';
import type { AmtConnection } from './connect';
import { AmtDevice } from './device';

/** A device whose capabilities are known, or asked for once. */
export class CapableDevice extends AmtDevice {
  readonly #kept: { readonly cache: Cache; readonly key: string };
  #capabilities: AmtCapabilities | undefined;

  /** `place` names the device in the cache. */
  constructor(
    connection: Pick<AmtConnection, 'wsman' | 'address' | 'version'>,
    { cache, place }: { readonly cache: Cache; readonly place: string },
  ) {
    super(connection);
    this.#kept = { cache, key: `amt ${place} ${this.address.port} ${this.version ?? ''}` };
  }

  /** The first number of the version, as far as it is known without asking. */
  get generation(): number | undefined {
    return this.#capabilities?.generation ?? generationOf(this.version);
  }

  /** What the device offers, as probed at most a day ago. */
  async capabilities(signal: AbortSignal): Promise<AmtCapabilities> {
    this.#capabilities ??= await knownCapabilities(this, this.#kept, signal);
    return this.#capabilities;
  }
}
