import type { AmtDevice } from '../device';
import type { AmtArea, AmtClass, Context, Output } from '../model/amtClass';
import type { Sent } from '../model/sent';
import { serviceKeys, systemKeys } from '../model/values';
import { Realm } from '../realms';
import { Audit, auditLog } from './auditLog';
import { bootOrder } from './bootOrder';
import { bootSettingData } from './bootSettings';
import { bootSourceSetting, bootSources, httpsBoot, isRecovery } from './bootSources';
import { BootServiceState, bootState } from './bootState';

/** Return values of CIM_BootConfigSetting and CIM_BootService. */
const notSupported = 1;
const invalidReference = 4;
const invalidParameter = 5;
const accessDenied = 6;
/** PT_STATUS USER_CONSENT_REQUIRED. */
const consentRequired = 2081;

const configuration = 'Intel(r) AMT: Boot Configuration 0';
const serviceName = 'Intel(r) AMT Boot Service';
/** Role of SetBootConfigRole. */
const Role = { isNextSingleUse: 1, isNotNext: 32768 } as const;

const capabilities: AmtClass = {
  name: 'AMT_BootCapabilities',
  keys: ['InstanceID'],
  list: (device) => {
    const recovery = device.has('recoveryBoot') || undefined;
    const erase = device.has('platformErase') || undefined;
    return [
      {
        AMTSecureBootControl: recovery,
        BIOSPause: false,
        BIOSReflash: true,
        BIOSSecureBoot: true,
        BIOSSetup: true,
        ConfigurationDataReset: false,
        ElementName: 'Intel(r) AMT: Boot Capabilities',
        ForceCDorDVDBoot: true,
        ForceDiagnosticBoot: false,
        ForceHardDriveBoot: true,
        ForceHardDriveSafeModeBoot: false,
        ForcePXEBoot: true,
        ForceUEFIHTTPSBoot: recovery,
        ForceUEFILocalPBABoot: recovery,
        ForceWinREBoot: recovery,
        ForcedProgressEvents: true,
        IDER: true,
        InstanceID: 'Intel(r) AMT:BootCapabilities 0',
        KeyboardLock: true,
        PlatformErase: erase && supportedErase,
        PowerButtonLock: false,
        ResetButtonLock: false,
        SOL: true,
        SecureErase: device.has('secureErase'),
        SleepButtonLock: false,
        UEFIWiFiCoExistenceAndProfileShare: erase,
        UserPasswordBypass: true,
        VerbosityQuiet: false,
        VerbosityScreenBlank: false,
        VerbosityVerbose: false,
      },
    ];
  },
};

/** Bit 0 the feature itself, 2 all SSDs, 6 TPM, 25 and 26 BIOS variables, 31 the management engine. */
const supportedErase = 2 ** 0 + 2 ** 2 + 2 ** 6 + 2 ** 25 + 2 ** 26 + 2 ** 31;

const configSetting: AmtClass = {
  name: 'CIM_BootConfigSetting',
  keys: ['InstanceID'],
  writers: [Realm.remoteControl],
  list: () => [{ ElementName: 'Intel(r) AMT: Boot Configuration', InstanceID: configuration }],
  methods: { ChangeBootOrder: changeBootOrder },
};

const service: AmtClass = {
  name: 'CIM_BootService',
  keys: serviceKeys,
  isDated: true,
  writers: [Realm.remoteControl],
  list: (device) => [
    {
      ...systemKeys('CIM_BootService'),
      ElementName: serviceName,
      EnabledState: bootState(device).serviceState,
      Name: serviceName,
      OperationalStatus: 0,
      RequestedState: 12,
    },
  ],
  methods: {
    SetBootConfigRole: setBootConfigRole,
    RequestStateChange({ device }, input) {
      const requested = input.requiredInteger('RequestedState');
      const isErase = requested === BootServiceState.erase || requested === BootServiceState.both;
      if (!Object.values<number>(BootServiceState).includes(requested)) return invalidParameter;
      if (!device.has('recoveryBoot') || (isErase && !device.has('platformErase'))) return notSupported;
      bootState(device).serviceState = requested;
      return 0;
    },
  },
};

/** Boot options and sources. */
export const boot: AmtArea = {
  classes: [capabilities, bootSettingData, configSetting, bootSourceSetting, service, ...bootOrder],
  start(device) {
    device.machine.onDidBoot(() => {
      bootState(device).boot();
    });
  },
};

/** Without a source, or with an empty one, it takes away what was set before. */
function changeBootOrder(context: Context, input: Sent): Output {
  const { device, isSecure } = context;
  const own = bootState(device);
  if (!input.has('Source') || (input.text('Source') === '' && !input.inner('Source')?.has('Address'))) {
    own.source = undefined;
    return 0;
  }
  const [source, another] = input.references('Source');
  const id = source?.className === 'CIM_BootSourceSetting' ? source.keys.InstanceID : undefined;
  if (another || typeof id !== 'string' || !bootSources(device).some((one) => one.id === id)) return invalidReference;
  // These say themselves where the boot goes.
  if (['UseIDER', 'UseSOL', 'BIOSSetup'].some((one) => [...own.options.on].some((flag) => flag === one))) {
    return invalidParameter;
  }
  const refused = isRecovery(id) ? refuseRecovery(device, id, isSecure) : undefined;
  if (refused !== undefined) return refused;
  own.source = id;
  if (!own.needsConsent || device.options.withoutConsent === 'ignored') return 0;
  own.source = undefined;
  return consentRequired;
}

/** One-Click Recovery must be on, the console on TLS, and an HTTPS boot must know its URL. */
function refuseRecovery(device: AmtDevice, id: string, isSecure: boolean): number | undefined {
  const { serviceState, options } = bootState(device);
  if ((serviceState & 1) === 0) return notSupported;
  if (!isSecure) return accessDenied;
  return id === httpsBoot && !options.parameters.some(({ type }) => type === 1) ? invalidParameter : undefined;
}

function setBootConfigRole(context: Context, input: Sent): Output {
  const own = bootState(context.device);
  const { className, keys } = input.requiredReference('BootConfigSetting');
  if (className !== 'CIM_BootConfigSetting' || keys.InstanceID !== configuration) return invalidReference;
  const role = input.requiredInteger('Role');
  if (role !== Role.isNextSingleUse && role !== Role.isNotNext) return invalidParameter;
  if (own.needsConsent && context.device.options.withoutConsent !== 'ignored') return consentRequired;
  own.isNext = role === Role.isNextSingleUse;
  const { app, bootOptions } = Audit.remoteControl;
  auditLog(context.device).add(context, { app, event: bootOptions });
  return 0;
}
