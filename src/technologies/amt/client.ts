import type { PowerAction, PowerClient, PowerReading } from '../power';
import type { Endpoint, Surroundings } from '../technology';
import { CapableDevice } from './capableDevice';
import type { AmtConnection } from './connect';
import type { AmtOptions } from './options';
import { readPower, requestPowerState } from './power';

/** A device to work with. Errors of its connection name the computer. */
export class AmtClient extends CapableDevice implements PowerClient, AsyncDisposable {
  readonly computer: string;
  readonly #connection: AmtConnection;

  constructor(endpoint: Endpoint<AmtOptions>, connection: AmtConnection, { cache }: Pick<Surroundings, 'cache'>) {
    super(connection, { cache, place: `${endpoint.host} ${endpoint.port}` });
    this.computer = endpoint.computer;
    this.#connection = connection;
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
