import { raise } from '../../alerts';
import type { AmtDevice } from '../../device';
import { type AmtClass, type Context, type Output, perDevice } from '../../model/amtClass';
import { invalidValue } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import { majorVersion } from '../../profiles';
import { Audit, auditLog } from '../auditLog';
import { type Agent, agentsOf } from './agents';

const id = 'Intel(r) AMT:Watchdog Action 0';
/** What happens when a watchdog expires. */
const Expiration = { nothing: 0, reboot: 1 } as const;
const longestWaitSeconds = 0xffff;

interface ExpirationSettings {
  system: number;
  agents: number;
  waitSeconds: number;
  mayResetAgain: boolean;
  /** The watchdogs that it holds for. */
  readonly applied: Set<string>;
  hasReset: boolean;
  pending?: NodeJS.Timeout;
}

const settingsOf = perDevice((): ExpirationSettings => ({
  system: Expiration.nothing,
  agents: Expiration.nothing,
  waitSeconds: 0,
  mayResetAgain: false,
  applied: new Set(),
  hasReset: false,
}));

/** From AMT 8. */
export const watchDogAction: AmtClass = {
  name: 'IPS_WatchDogAction',
  keys: ['InstanceID'],
  isThere: (device) => majorVersion(device.profile) >= 8,
  list: (device) => {
    const { system, agents, waitSeconds, mayResetAgain } = settingsOf(device);
    return [
      {
        AgentPresenceWatchDogExpirationAction: agents,
        ElementName: 'Intel(r) AMT:Watchdog Action',
        HeciWatchDogExpirationAction: system,
        InstanceID: id,
        ReArmReset: mayResetAgain,
        Timeout: waitSeconds,
      },
    ];
  },
  put(context, sent) {
    const { device } = context;
    const system = sent.requiredInteger('HeciWatchDogExpirationAction');
    const agents = sent.requiredInteger('AgentPresenceWatchDogExpirationAction');
    const waitSeconds = sent.integer('Timeout') ?? 0;
    if ([system, agents].some((one) => one !== Expiration.nothing && one !== Expiration.reboot)) throw invalidValue();
    if (waitSeconds < 0 || waitSeconds > longestWaitSeconds) throw invalidValue();
    const mayResetAgain = sent.boolean('ReArmReset') ?? false;
    Object.assign(settingsOf(device), { system, agents, waitSeconds, mayResetAgain });
    auditLog(device).add(context, { app: Audit.watchdog.app, event: Audit.watchdog.settings });
  },
  methods: {
    ApplyActionOnWatchDog: applyAction,
    CancelRebootAction({ device }) {
      clearTimeout(settingsOf(device).pending);
      return PtStatus.success;
    },
  },
};

/** Resets the computer after the wait, once until it is armed again. */
export function expire(device: AmtDevice, agent: Agent): void {
  const own = settingsOf(device);
  if (own.agents !== Expiration.reboot || !own.applied.has(agent.id)) return;
  if (own.hasReset && !own.mayResetAgain) return;
  clearTimeout(own.pending);
  own.pending = setTimeout(() => {
    own.hasReset = true;
    device.machine.restart();
    raise(device, { messageId: 'iAMT0070' });
  }, own.waitSeconds * 1000);
  own.pending.unref();
}

export function stopExpirations(device: AmtDevice): void {
  clearTimeout(settingsOf(device).pending);
}

function applyAction(context: Context, input: Sent): Output {
  const { device } = context;
  const { className, keys } = input.requiredReference('AgentPresenceWatchDog');
  const isOn = input.requiredBoolean('ActionEnable');
  const agent = keyText(keys, 'DeviceID');
  if (className !== 'AMT_AgentPresenceWatchdog' || !agentsOf(device).all.has(agent)) return PtStatus.notFound;
  if (isOn) settingsOf(device).applied.add(agent);
  else settingsOf(device).applied.delete(agent);
  auditLog(device).add(context, { app: Audit.watchdog.app, event: Audit.watchdog.linked });
  return PtStatus.success;
}
