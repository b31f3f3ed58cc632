import { defaultUser, IpmiSimulator, type SimulatedBmc, type SimulatedBmcOptions } from './ipmi/simulator';

const makers = [10876, 674, 47196, 19046, 343, 37945];
const sites = ['berlin', 'oslo', 'lyon'];
const roles = ['build', 'web', 'storage'];

/** Why a computer of the demo does not answer, or answers otherwise. */
const puzzles: readonly SimulatedBmcOptions[] = [
  { network: { silent: true } },
  { users: [{ ...defaultUser, password: 'another' }] },
  { users: [{ ...defaultUser, name: 'root' }] },
  { quirks: { ipmi15Only: true } },
  { slots: 0 },
];

interface DemoComputer {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly bmc: SimulatedBmcOptions;
}

/** A fleet of simulated computers: most are well, some are off, and five are puzzles for `sideband check`. */
export class SimulatedFleet implements AsyncDisposable {
  /** The password of every BMC that has the usual one. */
  static readonly password = defaultUser.password;
  /** The first line of every fleet file that is written here. */
  static readonly marker =
    '# A simulated fleet, written by `sideband demo`. Its password is not here: the editor asks for it.';
  readonly simulator: IpmiSimulator;
  readonly #computers: readonly DemoComputer[];

  private constructor(simulator: IpmiSimulator, computers: readonly DemoComputer[]) {
    this.simulator = simulator;
    this.#computers = computers;
  }

  static async start(count: number): Promise<SimulatedFleet> {
    const computers = Array.from({ length: count }, (_, index) => makeComputer(index, count));
    const simulator = await IpmiSimulator.start({ bmcs: computers.map(({ bmc }) => bmc) });
    return new SimulatedFleet(simulator, computers);
  }

  /** The text of a fleet file that reaches the computers. */
  fleetYaml(): string {
    const lines = [
      SimulatedFleet.marker,
      'version: 1',
      'profiles:',
      '  bmc:',
      '    ipmi: { user: admin }',
      'computers:',
      ...this.#computers.map(({ name, tags }, index) => computerLine(name, tags, this.simulator.bmcs[index])),
      'groups:',
      ...roles.map((role) => `  ${role}: { tags: { role: ${role} } }`),
      '  puzzles: { tags: { role: puzzle } }',
      'limits: { concurrency: 256, perSite: 128 }',
      '',
    ];
    return lines.join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.simulator[Symbol.asyncDispose]();
  }
}

function computerLine(name: string, tags: DemoComputer['tags'], bmc: SimulatedBmc | undefined): string {
  const words = Object.entries(tags).map(([key, value]) => `${key}: ${value}`);
  const { address = '', port = 0 } = bmc ?? {};
  return `  ${name}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc, tags: { ${words.join(', ')} } }`;
}

function makeComputer(index: number, count: number): DemoComputer {
  const puzzle = puzzles[count - 1 - index];
  const site = sites[index % sites.length] ?? '';
  const number = String(Math.floor(index / sites.length) + 1).padStart(count > 300 ? 4 : 2, '0');
  const name = puzzle ? `puzzle-${count - index}` : `${site}-${number}`;
  const role = puzzle ? 'puzzle' : (roles[Math.floor(index / sites.length) % roles.length] ?? '');
  const healthy = {
    on: index % 5 !== 3,
    powerDelayMs: 800,
    manufacturer: makers[index % makers.length] ?? 0,
    firmware: [1 + (index % 4), 0x10 + (index % 7)] as const,
    network: { delayMs: 5 + (index % 4) * 5 },
  };
  return { name, tags: { site, rack: `r${(index % 7) + 1}`, role }, bmc: { ...healthy, ...puzzle } };
}
