import type { CimClass, Decoded, Fields } from '../../protocols/wsman/cimClass';
import type { WsmanClient } from '../../protocols/wsman/client';
import type { Selectors } from '../../protocols/wsman/values';
import { isDeviceLacking } from '../lacking';
import type { PowerAction, PowerClient, PowerReading } from '../power';
import type { Endpoint, Surroundings } from '../technology';
import { type AmtCapabilities, generationOf, knownCapabilities } from './capabilities';
import type { AmtConnection } from './connect';
import type { AmtOptions } from './options';
import type { AmtAddress } from './ports';
import { readPower, requestPowerState } from './power';

/** A device that answers. Errors name the computer. */
export class AmtClient implements PowerClient, AsyncDisposable {
  readonly computer: string;
  readonly wsman: WsmanClient;
  readonly address: AmtAddress;
  /** The firmware version that the web server gives, such as `15.0.23.1706`. */
  readonly version: string | undefined;
  readonly #connection: AmtConnection;
  readonly #endpoint: Endpoint<AmtOptions>;
  readonly #surroundings: Pick<Surroundings, 'cache'>;
  #capabilities: AmtCapabilities | undefined;

  constructor(endpoint: Endpoint<AmtOptions>, connection: AmtConnection, surroundings: Pick<Surroundings, 'cache'>) {
    this.computer = endpoint.computer;
    this.wsman = connection.wsman;
    this.address = connection.address;
    this.version = connection.version;
    this.#connection = connection;
    this.#endpoint = endpoint;
    this.#surroundings = surroundings;
  }

  /** The first number of the version, as far as it is known without asking. */
  get generation(): number | undefined {
    return this.#capabilities?.generation ?? generationOf(this.version);
  }

  /** One instance of a class. Rejects with `device.unsupported` where the device has none. */
  async get<F extends Fields>(cimClass: CimClass<F>, signal: AbortSignal, selectors?: Selectors): Promise<Decoded<F>> {
    const options = { signal, ...(selectors && { selectors }) };
    return cimClass.decode(await this.wsman.get(cimClass.resourceUri, options));
  }

  /** Likewise, and nothing where the device has none. */
  async find<F extends Fields>(
    cimClass: CimClass<F>,
    signal: AbortSignal,
    selectors?: Selectors,
  ): Promise<Decoded<F> | undefined> {
    try {
      return await this.get(cimClass, signal, selectors);
    } catch (thrown) {
      if (isDeviceLacking(thrown)) return undefined;
      throw thrown;
    }
  }

  /** All instances of a class; none where the device does not have the class. */
  async list<F extends Fields>(cimClass: CimClass<F>, signal: AbortSignal): Promise<readonly Decoded<F>[]> {
    try {
      const instances = await this.wsman.enumerate(cimClass.resourceUri, { signal });
      return instances.map((instance) => cimClass.decode(instance));
    } catch (thrown) {
      if (isDeviceLacking(thrown)) return [];
      throw thrown;
    }
  }

  /** What the device offers, as probed at most a day ago. */
  async capabilities(signal: AbortSignal): Promise<AmtCapabilities> {
    const { host, port } = this.#endpoint;
    const key = `amt ${host} ${port} ${this.address.port} ${this.version ?? ''}`;
    this.#capabilities ??= await knownCapabilities(this, { cache: this.#surroundings.cache, key }, signal);
    return this.#capabilities;
  }

  readPower(signal: AbortSignal): Promise<PowerReading> {
    return readPower(this, signal);
  }

  async requestPower(action: PowerAction, signal: AbortSignal): Promise<{ readonly confirmed: boolean }> {
    await requestPowerState(this, action, signal);
    return { confirmed: true };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }
}
