import { amtClass, integer } from '../../wsman/cimClass';
import { settingData } from '../cimFields';

/** How many watchdogs and actions the device holds. */
export const agentPresenceCapabilities = amtClass('AMT_AgentPresenceCapabilities', {
  ...settingData,
  MaxEacAgents: integer,
  MaxTotalActions: integer,
  MaxTotalAgents: integer,
  MinGuaranteedActionListSize: integer,
});
