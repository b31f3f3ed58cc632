import { amtClass, boolean, text } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** SNMP traps; gone since generation 18. */
export const eventManagerService = amtClass('AMT_EventManagerService', {
  ...serviceKeys,
  DefaultCommunityString: text,
  Started: boolean,
});
