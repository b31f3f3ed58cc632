import type { AmtDeviceOptions } from './device';
import { SimulatedAmt } from './simulatedAmt';
import { TlsFronts } from './tlsFronts';

export type { AmtDeviceOptions } from './device';
export type { SimulatedAmt } from './simulatedAmt';
export { defaultUser } from './device';

const addressesPerBlock = 250;
/** Listeners that are opened at once. */
const openedAtOnce = 64;

export interface AmtSimulatorOptions {
  /** Absent: one device as `{}` makes it. */
  readonly devices?: readonly AmtDeviceOptions[];
  /**
   * `ports`: all on 127.0.0.1, each on ports of its own. `addresses`: all on one pair of ports, each on an address of its own from
   * 127.`net`.0.1 to .250, then 127.`net`.1.1 and so on, which works where the whole of 127/8 is the loopback (Linux).
   */
  readonly layout?: 'ports' | 'addresses';
  readonly net?: number;
  /** Only for the layout `addresses`; 0 chooses one. */
  readonly port?: number;
  readonly tlsPort?: number;
}

/** Many computers with AMT in one process. */
export class AmtSimulator implements AsyncDisposable {
  readonly devices: readonly SimulatedAmt[];

  private constructor(devices: readonly SimulatedAmt[]) {
    this.devices = devices;
  }

  static async start(options: AmtSimulatorOptions = {}): Promise<AmtSimulator> {
    const { devices: wanted = [{}], layout = 'ports', net = 21 } = options;
    const fronts = new TlsFronts();
    const devices = wanted.map((one, index) => {
      const address = layout === 'ports' ? '127.0.0.1' : nthAddress(net, index);
      return new SimulatedAmt(one, { index, address, fronts });
    });
    const simulator = new AmtSimulator(devices);
    try {
      const ports = { port: options.port ?? 0, tlsPort: options.tlsPort ?? 0 };
      await (layout === 'ports' ? listenAnywhere(devices) : listenOnSamePorts(devices, ports));
    } catch (error) {
      await simulator[Symbol.asyncDispose]();
      throw error;
    }
    for (const one of devices) if (one.device.isDark) one.stopListening();
    return simulator;
  }

  get openConnections(): number {
    return this.devices.reduce((total, { openConnections }) => total + openConnections, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.devices.map((one) => one.close()));
  }
}

async function listenAnywhere(devices: readonly SimulatedAmt[]): Promise<void> {
  for (let at = 0; at < devices.length; at += openedAtOnce) {
    const some = devices.slice(at, at + openedAtOnce);
    await Promise.all(some.map((one) => one.listen({ port: 0, tlsPort: 0 })));
  }
}

/** The first device that has a listener of a kind chooses its port. */
async function listenOnSamePorts(
  devices: readonly SimulatedAmt[],
  wanted: { readonly port: number; readonly tlsPort: number },
): Promise<void> {
  let { port, tlsPort } = wanted;
  for (const one of devices) {
    await one.listen({ port, tlsPort });
    port ||= one.port;
    tlsPort ||= one.tlsPort;
  }
}

function nthAddress(net: number, index: number): string {
  return `127.${net}.${Math.floor(index / addressesPerBlock)}.${1 + (index % addressesPerBlock)}`;
}
