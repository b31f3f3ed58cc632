import type { CimClass, Decoded, Fields } from '../../protocols/wsman/cimClass';
import type { WsmanClient } from '../../protocols/wsman/client';
import type { Selectors } from '../../protocols/wsman/values';
import { isDeviceLacking } from '../lacking';
import type { AmtConnection } from './connect';
import type { AmtAddress } from './ports';

/** A device that answers, read class by class. */
export class AmtDevice {
  readonly wsman: WsmanClient;
  readonly address: AmtAddress;
  /** The firmware version that the web server gives, such as `15.0.23.1706`. */
  readonly version: string | undefined;

  constructor({ wsman, address, version }: Pick<AmtConnection, 'wsman' | 'address' | 'version'>) {
    this.wsman = wsman;
    this.address = address;
    this.version = version;
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
}
