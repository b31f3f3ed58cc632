import { randomInt } from 'node:crypto';
import type { AmtDevice } from '../../device';
import type { AmtClass, Context, Output } from '../../model/amtClass';
import { AmtFault, invalidValue, missingValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import { type Properties, reference, systemKeys } from '../../model/values';
import { Realm } from '../../realms';
import { Audit, auditLog } from '../auditLog';
import { type Agent, type AgentAction, agentsOf, anyState } from './agents';

export const limits = { agents: 16, actions: 80, actionsEach: 5, eacAgents: 8 } as const;
const longestDescription = 16;
const longestInterval = 0xffff;
const guidBytes = 16;
const overridden = ['CreationClassName', 'SystemCreationClassName', 'SystemName'] as const;

export const agentWatchdog: AmtClass = {
  name: 'AMT_AgentPresenceWatchdog',
  keys: ['CreationClassName', 'DeviceID', 'SystemCreationClassName', 'SystemName'],
  writers: [Realm.agentPresenceRemote, Realm.agentPresenceLocal],
  list(device) {
    agentsOf(device).settle();
    return [...agentsOf(device).all.values()].map((agent) => ({
      ...watchdogKeys(agent),
      CurrentState: agent.state,
      ElementName: 'Intel(r) AMT:Agent Watchdog',
      MonitoredEntityDescription: agent.description,
      StartupInterval: agent.startup,
      TimeoutInterval: agent.timeout,
    }));
  },
  create(context, sent) {
    const { device } = context;
    if (overridden.some((name) => !sent.has(name))) throw missingValue();
    const agent = readAgent(sent);
    const { all } = agentsOf(device);
    if (all.has(agent.id)) throw new AmtFault('AlreadyExists');
    if (all.size >= limits.agents) throw refused(PtStatus.maxLimitReached);
    agentsOf(device).add(agent);
    auditLog(device).add(context, { app: Audit.agentPresence.app, event: Audit.agentPresence.added });
    return watchdogKeys(agent);
  },
  delete(context) {
    const { device, instance } = context;
    agentsOf(device).remove(keyText(instance, 'DeviceID'));
    auditLog(device).add(context, { app: Audit.agentPresence.app, event: Audit.agentPresence.removed });
  },
  methods: {
    RegisterAgent({ device, instance }) {
      const agent = agentOf(device, instance);
      const sequence = randomInt(2 ** 32);
      agentsOf(device).register(agent, sequence);
      return {
        SessionSequenceNumber: sequence,
        TimeoutInterval: agent.timeout,
        ReturnValue: PtStatus.success,
      };
    },
    AssertPresence({ device, instance }, input) {
      agentsOf(device).assertPresence(agentOf(device, instance), input.requiredInteger('SequenceNumber'));
      return PtStatus.success;
    },
    AssertShutdown({ device, instance }, input) {
      agentsOf(device).assertShutdown(agentOf(device, instance), input.requiredInteger('SequenceNumber'));
      return PtStatus.success;
    },
    AddAction: addAction,
    DeleteAllActions({ device, instance }) {
      agentOf(device, instance).actions = [];
      return PtStatus.success;
    },
  },
};

function addAction(context: Context, input: Sent): Output {
  const { device, instance } = context;
  const agents = agentsOf(device);
  const oldStates = input.requiredInteger('OldState');
  const newStates = input.requiredInteger('NewState');
  const tells = input.requiredBoolean('EventOnTransition');
  const policy = input.integer('ActionSd');
  if ([oldStates, newStates].some((states) => states < 1 || states > anyState)) return PtStatus.invalidParameter;
  if (policy !== undefined && policy !== 0 && policy !== 1) return PtStatus.invalidParameter;
  if (agents.actionCount >= limits.actions) return PtStatus.maxLimitReached;
  const action: AgentAction = { number: agents.nextActionNumber(), oldStates, newStates, tells };
  const agent = agentOf(device, instance);
  agent.actions = [...agent.actions, policy === undefined ? action : { ...action, policy }];
  auditLog(device).add(context, { app: Audit.agentPresence.app, event: Audit.agentPresence.actionSet });
  return PtStatus.success;
}

function readAgent(sent: Sent): Pick<Agent, 'id' | 'description' | 'startup' | 'timeout'> {
  const id = sent.requiredText('DeviceID');
  const description = sent.text('MonitoredEntityDescription') ?? '';
  const startup = sent.requiredInteger('StartupInterval');
  const timeout = sent.requiredInteger('TimeoutInterval');
  const bytes = Buffer.from(id, 'base64');
  if (bytes.length !== guidBytes || bytes.toString('base64') !== id) throw invalidValue();
  if (description.length > longestDescription) throw invalidValue();
  if ([startup, timeout].some((seconds) => seconds < 1 || seconds > longestInterval)) throw invalidValue();
  return { id, description, startup, timeout };
}

function agentOf(device: AmtDevice, instance: Properties): Agent {
  const agent = agentsOf(device).all.get(keyText(instance, 'DeviceID'));
  if (!agent) throw new AmtFault('DestinationUnreachable');
  return agent;
}

function watchdogKeys({ id }: Pick<Agent, 'id'>) {
  return { ...systemKeys('AMT_AgentPresenceWatchdog', 'ManagedSystem'), DeviceID: id } as const;
}

/** The watchdogs that a reference names. */
export function watchdogReference(agent: Agent) {
  return reference('AMT_AgentPresenceWatchdog', watchdogKeys(agent));
}
