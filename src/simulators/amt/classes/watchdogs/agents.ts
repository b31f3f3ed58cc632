import { raise } from '../../alerts';
import type { AmtDevice } from '../../device';
import { perDevice } from '../../model/amtClass';
import { defenseOf } from '../systemDefense/state';

/** CurrentState of a watchdog; masks of transitions are sums. */
export const AgentState = { notStarted: 1, stopped: 2, running: 4, expired: 8, suspended: 16 } as const;
export type AgentState = (typeof AgentState)[keyof typeof AgentState];
export const anyState = 31;

export interface AgentAction {
  readonly number: number;
  readonly oldStates: number;
  readonly newStates: number;
  readonly tells: boolean;
  /** What happens to the policy of System Defense: 0 activate, 1 deactivate. */
  readonly policy?: 0 | 1;
}

export interface Agent {
  /** 16 bytes as Windows has GUIDs, in base64. */
  readonly id: string;
  readonly description: string;
  /** Seconds. */
  readonly startup: number;
  readonly timeout: number;
  state: AgentState;
  /** When it expires, by the device's clock; absent: it does not. */
  expiresAt?: number;
  /** What the next call must bring. */
  sequence?: number;
  actions: readonly AgentAction[];
}

/** Message of each state, and what of `messageArguments` it has: the agent's GUID. */
const messages: Readonly<Record<AgentState, string>> = {
  [AgentState.notStarted]: 'iAMT0002',
  [AgentState.stopped]: 'iAMT0003',
  [AgentState.running]: 'iAMT0004',
  [AgentState.expired]: 'iAMT0005',
  [AgentState.suspended]: 'iAMT0006',
};

/** What a timer takes at most, in milliseconds. */
const longestTimer = 0x7fff_ffff;

/** The programs on the computer that a device watches. */
export class Agents {
  readonly #device: AmtDevice;
  readonly all = new Map<string, Agent>();
  #timer: NodeJS.Timeout | undefined;
  #actions = 0;
  /** Called when an agent has expired. */
  onExpire: (agent: Agent) => void = () => undefined;

  constructor(device: AmtDevice) {
    this.#device = device;
  }

  add(agent: Pick<Agent, 'id' | 'description' | 'startup' | 'timeout'>): void {
    const expiresAt = this.#device.now() + agent.startup * 1000;
    this.all.set(agent.id, { ...agent, state: AgentState.notStarted, expiresAt, actions: [] });
    this.#arm();
  }

  remove(id: string): void {
    this.all.delete(id);
    this.#arm();
  }

  nextActionNumber(): number {
    return ++this.#actions;
  }

  get actionCount(): number {
    return [...this.all.values()].reduce((total, { actions }) => total + actions.length, 0);
  }

  register(agent: Agent, sequence: number): void {
    agent.sequence = (sequence + 1) >>> 0;
    agent.expiresAt = this.#device.now() + agent.timeout * 1000;
    this.#enter(agent, AgentState.running);
    this.#arm();
  }

  /** A call with the wrong number is ignored, so that nobody can find out the right one. */
  assertPresence(agent: Agent, sequence: number): void {
    if (sequence !== agent.sequence) return;
    agent.sequence = (sequence + 1) >>> 0;
    agent.expiresAt = this.#device.now() + agent.timeout * 1000;
    this.#enter(agent, AgentState.running);
    this.#arm();
  }

  assertShutdown(agent: Agent, sequence: number): void {
    if (sequence !== agent.sequence) return;
    delete agent.sequence;
    delete agent.expiresAt;
    this.#enter(agent, AgentState.stopped);
    this.#arm();
  }

  /** While the computer is not on nobody is expected to call. */
  suspend(): void {
    for (const agent of this.all.values()) {
      delete agent.expiresAt;
      delete agent.sequence;
      this.#enter(agent, AgentState.suspended);
    }
    this.#arm();
  }

  /** After a boot everybody has to register again. */
  restart(): void {
    this.#expectAnew([...this.all.values()]);
  }

  /** After sleep those do that were suspended. */
  resume(): void {
    this.#expectAnew([...this.all.values()].filter(({ state }) => state === AgentState.suspended));
  }

  #expectAnew(agents: readonly Agent[]): void {
    for (const agent of agents) {
      delete agent.sequence;
      agent.expiresAt = this.#device.now() + agent.startup * 1000;
      this.#enter(agent, AgentState.notStarted);
    }
    this.#arm();
  }

  /** Lets expire what is due by the device's clock; happens by itself, except when that clock is put forward. */
  settle(): void {
    const now = this.#device.now();
    for (const agent of this.all.values()) {
      if (agent.expiresAt === undefined || agent.expiresAt > now) continue;
      delete agent.expiresAt;
      this.#enter(agent, AgentState.expired);
      this.onExpire(agent);
    }
    this.#arm();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #enter(agent: Agent, state: AgentState): void {
    const { state: old } = agent;
    if (old === state) return;
    agent.state = state;
    for (const action of agent.actions) {
      if ((action.oldStates & old) === 0 || (action.newStates & state) === 0) continue;
      if (action.tells) this.#tell(agent);
      if (action.policy === 0) defenseOf(this.#device).enable('agentPresence');
      if (action.policy === 1) defenseOf(this.#device).disable('agentPresence');
    }
  }

  /** The record has the first six bytes of the GUID and the new state. */
  #tell({ id, state }: Agent): void {
    const guid = Buffer.from(id, 'base64');
    const data = [0xaa, ...guid.subarray(0, 6), state];
    raise(this.#device, {
      messageId: messages[state],
      messageArguments: [formatGuid(guid)],
      record: { sensorType: 0x12, eventType: 0x0a, offset: 0, sourceType: 0x58, severity: 1, entity: 0x26, data },
    });
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const due = [...this.all.values()].flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : [expiresAt]));
    if (due.length === 0 || this.#device.signal.aborted) return;
    const ms = Math.min(Math.max(Math.min(...due) - this.#device.now(), 0), longestTimer);
    this.#timer = setTimeout(() => {
      this.settle();
    }, ms);
    this.#timer.unref();
  }
}

export const agentsOf = perDevice((device) => new Agents(device));

/** The first three groups have their lowest byte first. */
function formatGuid(bytes: Buffer): string {
  const group = (...at: readonly number[]): string => at.map((one) => bytes.toString('hex', one, one + 1)).join('');
  return [
    group(3, 2, 1, 0),
    group(5, 4),
    group(7, 6),
    bytes.toString('hex', 8, 10),
    bytes.toString('hex', 10, 16),
  ].join('-');
}
