import type { AmtDevice } from '../device';
import { PowerState } from '../machine';
import type { AmtArea, AmtClass, Context, Output } from '../model/amtClass';
import type { Sent } from '../model/sent';
import { managedSystem, reference, serviceKeys, systemKeys } from '../model/values';
import { Realm } from '../realms';
import { Audit, auditLog } from './auditLog';
import { expectBoot } from './bootReason';
import { bootState } from './bootState';
import { isRedirectionOpen } from './redirectionSessions';

/** RequestedState of CIM_PowerManagementService.RequestPowerStateChange. */
const Request = {
  on: 2,
  sleep: 4,
  cycle: 5,
  hibernate: 7,
  off: 8,
  reset: 10,
  nmi: 11,
  offGraceful: 12,
  resetGraceful: 14,
} as const;

/** Standard CIM return values. */
const completed = 0;
const failed = 1;
const invalidParameter = 5;
const invalidTransition = 4097;
const busy = 4099;
/** PT_STATUS USER_CONSENT_REQUIRED. */
const consentRequired = 2081;

/** What the audit log calls a request. */
const auditEvents = new Map<number, number>([
  [Request.on, 0],
  [Request.off, 1],
  [Request.cycle, 2],
  [Request.reset, 3],
  [Request.offGraceful, 5],
  [Request.resetGraceful, 6],
  [Request.sleep, 7],
  [Request.hibernate, 8],
  [Request.nmi, 9],
]);

/** As IPS_HostBootReason names what starts the computer. */
const bootOperations = new Map<number, string>([
  [Request.on, 'Power Up'],
  [Request.cycle, 'Power Cycle'],
  [Request.reset, 'Reset'],
  [Request.resetGraceful, 'Reset'],
]);

const name = 'Intel(r) AMT Power Management Service';
const keys = { ...systemKeys('CIM_PowerManagementService'), Name: name };

const associated: AmtClass = {
  name: 'CIM_AssociatedPowerManagementService',
  keys: ['ServiceProvided', 'UserOfService'],
  parents: ['CIM_ServiceAvailableToElement'],
  isDated: true,
  list: (device) => [
    {
      AvailableRequestedPowerStates: device.has('availablePowerStates') ? requestableStates(device) : undefined,
      PowerState: device.machine.power,
      ServiceProvided: reference('CIM_PowerManagementService', keys),
      UserOfService: managedSystem,
    },
  ],
};

const service: AmtClass = {
  name: 'CIM_PowerManagementService',
  keys: serviceKeys,
  isDated: true,
  writers: [Realm.remoteControl],
  list: () => [{ ...keys, ElementName: name, EnabledState: 5, RequestedState: 12 }],
  methods: { RequestPowerStateChange: requestPowerStateChange },
};

const capabilities: AmtClass = {
  name: 'CIM_PowerManagementCapabilities',
  keys: ['InstanceID'],
  list: (device) => {
    const supported = [5, 8, 2, 10, ...(device.has('nmi') ? [11] : []), 12, 14];
    return [
      {
        ElementName: 'Power Management Capabilities',
        InstanceID: 'Intel(r) AMT:PowerManagementCapabilities 0',
        OtherPowerChangeCapabilities: '',
        PowerChangeCapabilities: [2, 3, 4, 7, 8],
        PowerStatesSupported: supported,
        RequestedPowerStatesSupported: supported,
      },
    ];
  },
};

/** OSPowerSavingState. */
const OsPower = { full: 2, saving: 3 } as const;
const osKeys = { ...systemKeys('IPS_PowerManagementService'), Name: name };

const osPower: AmtClass = {
  name: 'IPS_PowerManagementService',
  keys: serviceKeys,
  isDated: true,
  writers: [Realm.remoteControl],
  isThere: (device) => device.has('osPowerSaving'),
  list: ({ machine }) => [
    {
      ...osKeys,
      ElementName: name,
      EnabledState: 5,
      OSPowerSavingState: machine.isSavingPower ? OsPower.saving : OsPower.full,
      RequestedState: 12,
    },
  ],
  methods: {
    RequestOSPowerSavingStateChange({ device: { machine } }, input) {
      const requested = input.requiredInteger('OSPowerSavingState');
      if (input.requiredReference('ManagedElement').keys.Name !== 'ManagedSystem') return invalidParameter;
      if (requested !== OsPower.full && requested !== OsPower.saving) return invalidParameter;
      if (!machine.isOn) return failed;
      if (requested === OsPower.saving && !(machine.hasModernStandby && machine.hasLms)) return failed;
      machine.isSavingPower = requested === OsPower.saving;
      return completed;
    },
  },
};

/** Power of the computer, and of its operating system in modern standby. */
export const power: AmtArea = { classes: [associated, service, capabilities, osPower] };

/** What may be requested in the present state, in the order of the recorded devices. */
function requestableStates(device: AmtDevice): readonly number[] {
  const { machine } = device;
  if (machine.power === PowerState.off || machine.power === PowerState.offHard) return [Request.on, Request.cycle];
  if (!machine.isOn) return [Request.off, Request.on, Request.cycle];
  const graceful = [Request.sleep, Request.hibernate, Request.resetGraceful, Request.offGraceful];
  const nmi = device.has('nmi') ? [Request.nmi] : [];
  const bySystem = machine.hasLms ? graceful.filter((one) => !machine.hasModernStandby || one !== Request.sleep) : [];
  return [Request.reset, Request.off, Request.cycle, ...nmi, ...bySystem];
}

function requestPowerStateChange(context: Context, input: Sent): Output {
  const { device } = context;
  const requested = input.requiredInteger('PowerState');
  if (!Object.values<number>(Request).includes(requested)) return invalidParameter;
  if (input.requiredReference('ManagedElement').keys.Name !== 'ManagedSystem') return invalidParameter;
  const needsSystem = [Request.sleep, Request.hibernate, Request.offGraceful, Request.resetGraceful];
  if (needsSystem.some((one) => one === requested) && device.machine.isOn && !device.machine.hasLms) return failed;
  if (!requestableStates(device).includes(requested)) return invalidTransition;
  // An open session keeps the platform up.
  if ((requested === Request.off || requested === Request.cycle) && isRedirectionOpen(device)) return busy;
  const boots = [Request.on, Request.cycle, Request.reset, Request.resetGraceful].some((one) => one === requested);
  const { isNext, needsConsent } = bootState(device);
  if (boots && isNext && needsConsent && device.options.withoutConsent !== 'ignored') return consentRequired;
  const operation = bootOperations.get(requested);
  if (operation !== undefined) expectBoot(device, 'remoteControl', operation);
  carryOut(device, requested);
  const event = auditEvents.get(requested);
  if (event !== undefined) auditLog(device).add(context, { app: Audit.remoteControl.app, event });
  return completed;
}

function carryOut({ machine }: AmtDevice, requested: number): void {
  switch (requested) {
    case Request.on:
      // A system in modern standby counts as on and stays asleep.
      if (!machine.isOn) machine.goTo(PowerState.on);
      break;
    case Request.cycle:
    case Request.reset:
    case Request.resetGraceful:
      machine.restart();
      break;
    case Request.off:
    case Request.offGraceful:
      machine.goTo(PowerState.off);
      break;
    case Request.sleep:
      machine.goTo(PowerState.sleep);
      break;
    case Request.hibernate:
      machine.goTo(PowerState.hibernate);
      break;
    default: // the interrupt leaves the power as it is
  }
}
