import { AmtSimulator, type AmtDeviceOptions, type SimulatedAmt } from './amt/simulator';
import { type DemoComputer, makeComputer, roles } from './demoComputers';
import { defaultUser, IpmiSimulator, type SimulatedBmc, type SimulatedBmcOptions } from './ipmi/simulator';

/** A fleet of simulated computers: most are well, some are off, and seven are puzzles for `sideband check`. */
export class SimulatedFleet implements AsyncDisposable {
  /** The password of every controller that has the usual one. */
  static readonly password = defaultUser.password;
  /** The first line of every fleet file that is written here. */
  static readonly marker =
    '# A simulated fleet, written by `sideband demo`. Its password is not here: the editor asks for it.';
  readonly simulator: IpmiSimulator;
  readonly amt: AmtSimulator;
  readonly #computers: readonly DemoComputer[];

  private constructor(simulator: IpmiSimulator, amt: AmtSimulator, computers: readonly DemoComputer[]) {
    this.simulator = simulator;
    this.amt = amt;
    this.#computers = computers;
  }

  static async start(count: number): Promise<SimulatedFleet> {
    const computers = Array.from({ length: count }, (_, index) => makeComputer(index, count));
    const bmcs = computers.flatMap(({ bmc }): SimulatedBmcOptions[] => (bmc ? [bmc] : []));
    const devices = computers.flatMap(({ amt }): AmtDeviceOptions[] => (amt ? [amt] : []));
    const simulator = await IpmiSimulator.start({ bmcs });
    try {
      return new SimulatedFleet(simulator, await AmtSimulator.start({ devices }), computers);
    } catch (error) {
      await simulator[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The text of a fleet file that reaches the computers. */
  fleetYaml(): string {
    const lines = [
      SimulatedFleet.marker,
      'version: 1',
      'profiles:',
      '  bmc:',
      '    ipmi: { user: admin }',
      '  amt:',
      '    amt: { user: admin }',
      'computers:',
      ...this.#computerLines(),
      'groups:',
      ...roles.map((role) => `  ${role}: { tags: { role: ${role} } }`),
      '  puzzles: { tags: { role: puzzle } }',
      'limits: { concurrency: 256, perSite: 128 }',
      '',
    ];
    return lines.join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.simulator[Symbol.asyncDispose](), this.amt[Symbol.asyncDispose]()]);
  }

  #computerLines(): readonly string[] {
    const bmcs = this.simulator.bmcs.values();
    const devices = this.amt.devices.values();
    return this.#computers.map(({ name, tags, amt }) => {
      const where = amt ? whereAmt(devices.next().value) : whereBmc(bmcs.next().value);
      const words = Object.entries(tags).map(([key, value]) => `${key}: ${value}`);
      const code = amt?.consentCode;
      const note = code === undefined ? '' : ` # asks for consent: its screen shows ${code}`;
      return `  ${name}: { ${where}, tags: { ${words.join(', ')} } }${note}`;
    });
  }
}

function whereBmc({ address, port }: Pick<SimulatedBmc, 'address' | 'port'> = nowhere): string {
  return `host: ${address}, ports: { ipmi: ${port} }, profile: bmc`;
}

function whereAmt({ address, port, tlsPort }: Pick<SimulatedAmt, 'address' | 'port' | 'tlsPort'> = nowhere): string {
  return `host: ${address}, ports: { amt: ${port > 0 ? port : tlsPort} }, profile: amt`;
}

const nowhere = { address: '', port: 0, tlsPort: 0 } as const;
