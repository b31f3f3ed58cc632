import { createHash } from 'node:crypto';
import { type AmtArea, type AmtClass, type Context, perDevice } from '../model/amtClass';
import { serviceKeys, systemKeys } from '../model/values';
import { Audit, auditLog } from './auditLog';
import { isStrongPassword } from './strongPassword';

/** PT_STATUS. */
const notPermitted = 16;
const invalidParameter = 36;

const setupName = 'Intel(r) AMT Setup and Configuration Service';
const hostBasedName = 'Intel(r) AMT Host Based Setup Service';
/** ProvisioningMode. */
const Mode = { admin: 1, client: 4 } as const;

/** What is asked when settings are committed; the first answer other than 0 is the ReturnValue. */
export const commitChecks = perDevice((): ((context: Context) => number)[] => []);

const setupService: AmtClass = {
  name: 'AMT_SetupAndConfigurationService',
  keys: serviceKeys,
  isDated: true,
  list: ({ profile }) => [
    {
      ...systemKeys('AMT_SetupAndConfigurationService'),
      ElementName: setupName,
      EnabledState: 5,
      Name: setupName,
      PasswordModel: 1,
      ProvisioningMode: profile.controlMode === 'acm' ? Mode.admin : Mode.client,
      ProvisioningServerOTP: Buffer.alloc(32).toString('base64'),
      ProvisioningState: 2,
      RequestedState: 12,
      ZeroTouchConfigurationEnabled: true,
    },
  ],
  queries: {
    GetUuid: ({ device }) => ({ UUID: device.uuid.toString('base64'), ReturnValue: 0 }),
  },
  methods: {
    CommitChanges: (context) => {
      for (const check of commitChecks(context.device)) {
        const returned = check(context);
        if (returned !== 0) return returned;
      }
      return 0;
    },
    Unprovision(context, input) {
      const mode = input.requiredInteger('ProvisioningMode');
      return mode === Mode.admin || mode === Mode.client ? unprovision(context) : invalidParameter;
    },
    PartialUnprovision: unprovision,
    SetMEBxPassword({ device }, input) {
      const password = input.requiredText('Password');
      if (device.profile.controlMode !== 'acm') return notPermitted;
      return isStrongPassword(password, 32) ? 0 : invalidParameter;
    },
    ResetFlashWearOutProtection: () => 0,
  },
};

/** Only what runs on the computer itself may set AMT up, so that a console is refused. */
const fromTheHostOnly = (): number => notPermitted;

const hostBasedSetup: AmtClass = {
  name: 'IPS_HostBasedSetupService',
  keys: serviceKeys,
  isDated: true,
  list: (device) => [
    {
      ...systemKeys('IPS_HostBasedSetupService'),
      AllowedControlModes: [2, 1],
      CertChainStatus: 0,
      ConfigurationNonce: createHash('sha1').update(device.uuid).digest('base64'),
      CurrentControlMode: device.profile.controlMode === 'acm' ? 2 : 1,
      ElementName: hostBasedName,
      Name: hostBasedName,
    },
  ],
  methods: {
    Setup: fromTheHostOnly,
    AdminSetup: fromTheHostOnly,
    AddNextCertInChain: fromTheHostOnly,
    UpgradeClientToAdmin: fromTheHostOnly,
    DisableClientControlMode: (context) =>
      context.device.profile.controlMode === 'ccm' ? unprovision(context) : notPermitted,
  },
};

/** Setting AMT up and taking it down. */
export const setup: AmtArea = { classes: [setupService, hostBasedSetup] };

/** The device forgets its settings and listens no longer. A locked audit log forbids it. */
function unprovision(context: Context): number {
  const log = auditLog(context.device);
  if (log.isLocked) return notPermitted;
  log.add(context, { app: Audit.security.app, event: Audit.security.unprovisioning });
  context.device.unprovision();
  return 0;
}
