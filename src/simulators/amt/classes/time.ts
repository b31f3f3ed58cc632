import type { AmtArea, AmtClass } from '../model/amtClass';
import { serviceKeys, systemKeys } from '../model/values';
import { Realm } from '../realms';
import { Audit, auditLog } from './auditLog';

const name = 'Intel(r) AMT Time Synchronization Service';
const invalidTime = 34; // PT_STATUS
const mostSeconds = 0xffff_ffff;

const service: AmtClass = {
  name: 'AMT_TimeSynchronizationService',
  keys: serviceKeys,
  isDated: true,
  writers: [Realm.networkTime],
  list: () => [
    {
      ...systemKeys('AMT_TimeSynchronizationService'),
      ElementName: name,
      EnabledState: 5,
      LocalTimeSyncEnabled: 0,
      Name: name,
      RequestedState: 12,
      TimeSource: 0,
    },
  ],
  queries: {
    GetLowAccuracyTimeSynch: ({ device }) => ({ Ta0: Math.floor(device.now() / 1000), ReturnValue: 0 }),
  },
  methods: {
    /** Ta0: what the device said; Tm1: the console's time then; Tm2: the console's time now. All in seconds. */
    SetHighAccuracyTimeSynch(context, input) {
      const { device } = context;
      const [ta0, tm1, tm2] = ['Ta0', 'Tm1', 'Tm2'].map((one) => input.requiredInteger(one));
      if (ta0 === undefined || tm1 === undefined || tm2 === undefined) return invalidTime;
      if ([ta0, tm1, tm2].some((one) => one <= 0 || one > mostSeconds) || tm2 < tm1) return invalidTime;
      const ta1 = device.now() / 1000;
      // The way there and the way back are taken to be as long.
      device.clockOffsetMs += Math.round((tm1 - ta0 + (tm2 - ta1)) / 2) * 1000;
      auditLog(device).add(context, { app: Audit.time.app, event: Audit.time.set });
      return 0;
    },
  },
};

/** The clock. */
export const time: AmtArea = { classes: [service] };
