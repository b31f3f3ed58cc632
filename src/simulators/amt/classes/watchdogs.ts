import type { AmtArea } from '../model/amtClass';
import { agentCapabilities, dependency, transitionCondition, watchdogAction } from './watchdogs/actions';
import { agentsOf } from './watchdogs/agents';
import { expire, stopExpirations, watchDogAction } from './watchdogs/expiration';
import { agentWatchdog } from './watchdogs/watchdog';

/** Programs on the computer that have to report, and what happens when they do not. */
export const watchdogs: AmtArea = {
  classes: [agentCapabilities, agentWatchdog, transitionCondition, watchdogAction, dependency, watchDogAction],
  start(device) {
    const agents = agentsOf(device);
    agents.onExpire = (agent) => {
      expire(device, agent);
    };
    device.machine.onDidBoot(() => {
      agents.restart();
    });
    device.machine.onDidChange(() => {
      if (device.machine.isOn) agents.resume();
      else agents.suspend();
    });
    device.signal.addEventListener('abort', () => {
      agents.stop();
      stopExpirations(device);
    });
  },
};
