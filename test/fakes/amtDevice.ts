import type { Asks } from '../../src/base/frontend';
import { silentLog } from '../../src/base/log';
import { Secret } from '../../src/base/secret';
import { Computer } from '../../src/fleet/computer';
import type { Definitions } from '../../src/fleet/definitions';
import { defaultLimits, Fleet } from '../../src/fleet/fleet';
import type { Engine } from '../../src/jobs/engine';
import { type PlanEntry, planOperation, readPlan } from '../../src/jobs/plan';
import type { ComputerResult } from '../../src/jobs/result';
import { runPlan } from '../../src/jobs/run';
import { showNode, type Table } from '../../src/jobs/show';
import type { Node } from '../../src/nodes/node';
import type { Operation } from '../../src/operations/operation';
import { type AmtDeviceOptions, AmtSimulator, type SimulatedAmt } from '../../src/simulators/amt/simulator';
import { amt } from '../../src/technologies/amt/amt';
import type { AmtClient } from '../../src/technologies/amt/client';
import { type AmtOptions, amtOptions } from '../../src/technologies/amt/options';
import { Sessions } from '../../src/technologies/sessions';
import type { Diagnosis, Surroundings } from '../../src/technologies/technology';
import { fetchCertificate } from '../../src/transport/certificate';
import { httpTransport } from '../../src/transport/httpClient';
import { memoryCache } from './cache';
import { testFrontend, type TestFrontend } from './frontend';
import { testLedger, type TestLedger } from './ledger';
import { fakeSurroundings, memoryPins } from './technology';

const idleMs = 60_000;
const timeoutMs = 20_000;
const password = 'demo';

type Parameters = Readonly<Record<string, unknown>>;

export interface StartOptions extends AmtDeviceOptions {
  /** Through the port with TLS, its certificate pinned. Absent: only where the device has no other. */
  readonly tls?: boolean;
  /** The `amt` section of its profile, besides user and TLS. */
  readonly access?: Partial<AmtOptions>;
  /** The passwords that are stored for other profiles. */
  readonly passwords?: Readonly<Record<string, string>>;
  readonly surroundings?: Partial<Surroundings>;
  readonly definitions?: Definitions;
}

/** A simulated device on the loopback as the computer lab-01, and all that stands between it and an operation. */
export async function startAmt(options: StartOptions = {}): Promise<TestAmt> {
  const { tls, access, passwords = {}, surroundings = {}, definitions, ...device } = options;
  const simulator = await AmtSimulator.start({ devices: [{ ...device, password: device.password ?? password }] });
  const [simulated] = simulator.devices;
  if (!simulated) throw new Error('the simulator has started no device');
  const isSecure = tls ?? simulated.port === 0;
  const port = isSecure ? simulated.tlsPort : simulated.port;
  const pins = memoryPins();
  if (isSecure && simulated.device.isProvisioned) {
    const { fingerprint } = await fetchCertificate({ host: simulated.address, port }, AbortSignal.timeout(timeoutMs));
    await pins.pin(simulated.address, port, fingerprint);
  }
  const around = fakeSurroundings({ http: httpTransport, pins, cache: memoryCache(), ...surroundings });
  const profileOptions = amtOptions.parse({
    user: simulated.device.accounts.admin,
    tls: isSecure,
    legacy: true,
    ...access,
  });
  const computer = new Computer({
    name: 'lab-01',
    host: simulated.address,
    tags: {},
    profile: 'lab',
    accesses: [{ technology: 'amt', host: simulated.address, port, options: profileOptions }],
  });
  const stored: Readonly<Record<string, string>> = { lab: device.password ?? password, ...passwords };
  const secrets = {
    get: ({ profile = '' }: { readonly profile?: string }) => {
      const secret = stored[profile];
      return Promise.resolve(secret === undefined ? undefined : new Secret(secret));
    },
  };
  return new TestAmt({
    simulator,
    simulated,
    computer,
    sessions: new Sessions(around, secrets, { idleMs }),
    definitions,
  });
}

interface Parts {
  readonly simulator: AmtSimulator;
  readonly simulated: SimulatedAmt;
  readonly computer: Computer;
  readonly sessions: Sessions;
  readonly definitions: Definitions | undefined;
}

export interface AskOptions {
  readonly asks?: Asks;
  readonly frontend?: TestFrontend;
  readonly signal?: AbortSignal;
}

export class TestAmt implements AsyncDisposable {
  /** For faults, calls and counters. */
  readonly simulator: SimulatedAmt;
  readonly computer: Computer;
  readonly sessions: Sessions;
  readonly ledger: TestLedger = testLedger();
  readonly #all: AmtSimulator;
  readonly #definitions: Definitions | undefined;

  constructor({ simulator, simulated, computer, sessions, definitions }: Parts) {
    this.#all = simulator;
    this.simulator = simulated;
    this.computer = computer;
    this.sessions = sessions;
    this.#definitions = definitions;
  }

  /** Plans and runs an operation, as every frontend does. */
  async run(operation: Operation, parameters: Parameters = {}, options: AskOptions = {}): Promise<ComputerResult> {
    const { asks, signal = AbortSignal.timeout(timeoutMs), frontend = testFrontend() } = options;
    const plan = planOperation(this.#request(operation, parameters), this.#engine);
    const report = await runPlan(plan, this.#engine, { ...frontend, ...(asks && { asks }) }, { timeoutMs }, signal);
    return only(report.results);
  }

  /** The plan after the device was read: now, then, and why it is impossible. */
  async plan(operation: Operation, parameters: Parameters = {}, { asks }: AskOptions = {}): Promise<PlanEntry> {
    const plan = planOperation(this.#request(operation, parameters), this.#engine);
    const options = { log: silentLog, timeoutMs, ...(asks && { asks }) };
    return only((await readPlan(plan, this.#engine, options, AbortSignal.timeout(timeoutMs))).entries);
  }

  /** The state that an operation changes, in the words of its plans. */
  async now(operation: Operation, parameters: Parameters = {}): Promise<string | undefined> {
    return (await this.plan(operation, parameters)).now;
  }

  /** The rows of a node. */
  async show(node: Node, options: AskOptions = {}): Promise<Table['rows']> {
    const { asks, signal = AbortSignal.timeout(timeoutMs) } = options;
    const { results } = await showNode(
      node,
      [this.computer],
      this.#engine,
      { log: silentLog, timeoutMs, asks },
      signal,
    );
    const { value, error } = only(results);
    if (error) throw new Error(`show ${node.id}: ${error.code}: ${error.message}`);
    return (value as Table).rows;
  }

  /** For what has no operation. */
  use<Result>(act: (client: AmtClient, signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const signal = AbortSignal.timeout(timeoutMs);
    return this.sessions.use(amt, this.computer, { signal }, (client) => act(client, signal));
  }

  check(): Promise<Diagnosis> {
    return this.sessions.check(amt, this.computer, AbortSignal.timeout(timeoutMs));
  }

  /** What has changed something on the device: `RequestPowerStateChange 8`, `Put AMT_BootSettingData`. */
  get changes(): readonly string[] {
    return this.simulator.calls.map(({ method, resource }) => `${resource}.${method}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sessions[Symbol.asyncDispose]();
    await this.#all[Symbol.asyncDispose]();
  }

  #request(operation: Operation, parameters: Parameters) {
    return { operation, computers: [this.computer], parameters, targets: this.computer.name };
  }

  get #engine(): Engine {
    const fleet = new Fleet({
      computers: [this.computer],
      profiles: ['lab'],
      groups: new Map(),
      limits: defaultLimits,
    });
    const { sessions, ledger } = this;
    return { sessions, ledger, fleet, policy: undefined, folder: '/fleet', definitions: this.#definitions };
  }
}

function only<T>(values: readonly T[]): T {
  const [value] = values;
  if (value === undefined || values.length !== 1) throw new Error(`one is expected, not ${values.length}`);
  return value;
}
