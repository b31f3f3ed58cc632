import type { AmtDevice } from '../device';
import type { AmtClass, Context } from '../model/amtClass';
import { AmtFault, invalidValue } from '../model/fault';
import type { Sent } from '../model/sent';
import type { Properties } from '../model/values';
import { Realm } from '../realms';
import { type BootFlag, type BootOptions, bootState, flags, newerFlags } from './bootState';
import { consent } from './consent';
import { readUefiParameters } from './uefiParameters';

const id = 'Intel(r) AMT:BootSettingData 0';
/** Options that the computers of these profiles cannot carry out: false in AMT_BootCapabilities. */
const unsupported: readonly BootFlag[] = [
  'BIOSPause',
  'ConfigurationDataReset',
  'LockPowerButton',
  'LockResetButton',
  'LockSleepButton',
  'UseSafeMode',
];
/** Options that exclude a boot source. */
const withoutSource: readonly BootFlag[] = ['BIOSPause', 'BIOSSetup', 'ReflashBIOS', 'UseIDER', 'UseSOL'];
const mostMedia = 16;

export const bootSettingData: AmtClass = {
  name: 'AMT_BootSettingData',
  keys: ['InstanceID'],
  writers: [Realm.remoteControl],
  list: (device) => [describe(device)],
  put(context, sent) {
    const { device } = context;
    const own = bootState(device);
    const options = readOptions(context, sent);
    if (own.source !== undefined && withoutSource.some((flag) => options.on.has(flag))) throw invalidValue();
    const isPlain = [...options.on].every((flag) => flag === 'EnforceSecureBoot');
    const isRefused = !isPlain && consent(device).isMissingFor('boot options');
    if (isRefused && device.options.withoutConsent !== 'ignored') throw new AmtFault('AccessDenied');
    own.options = options;
    own.areCleared = false;
  },
};

function describe(device: AmtDevice): Properties {
  const { options, areCleared, lastStatus, serviceState } = bootState(device);
  const set = (flag: BootFlag): boolean => options.on.has(flag);
  const recovery = device.has('recoveryBoot')
    ? {
        EnforceSecureBoot: set('EnforceSecureBoot'),
        SecureBootControlEnabled: true,
        UEFIHTTPSBootEnabled: (serviceState & 1) !== 0,
        UEFILocalPBABootEnabled: (serviceState & 1) !== 0,
        UefiBootNumberOfParams: options.parameters.length,
        WinREBootEnabled: (serviceState & 1) !== 0,
      }
    : {};
  const erase = device.has('platformErase')
    ? { PlatformErase: set('PlatformErase'), RPEEnabled: (serviceState & 2) !== 0 }
    : {};
  return {
    ...Object.fromEntries(flags.map((flag) => [flag, set(flag)])),
    ...recovery,
    ...erase,
    ...(device.has('secureErase') && { RSEPassword: '', SecureErase: set('SecureErase') }),
    BIOSLastStatus: lastStatus,
    BootMediaIndex: options.mediaIndex,
    BootguardStatus: 127,
    ElementName: 'Intel(r) AMT Boot Configuration Settings',
    FirmwareVerbosity: options.verbosity,
    IDERBootDevice: options.iderDevice,
    InstanceID: id,
    OptionsCleared: areCleared,
    OwningEntity: 'Intel(r) AMT',
  };
}

function readOptions({ device, isSecure }: Context, sent: Sent): BootOptions {
  const on = new Set<BootFlag>([
    ...flags.filter((flag) => sent.requiredBoolean(flag)),
    ...newerFlags.filter((flag) => sent.boolean(flag) ?? false),
  ]);
  if (unsupported.some((flag) => on.has(flag))) throw invalidValue();
  if (on.has('SecureErase') && !device.has('secureErase')) throw invalidValue();
  if (on.has('PlatformErase') && !mayErase(device, isSecure)) throw invalidValue();
  const parameters = readUefiParameters(sent.text('UefiBootParametersArray') ?? '');
  if (!parameters) throw invalidValue();
  if (parameters.length > 0 && sent.integer('UefiBootNumberOfParams') !== parameters.length) throw invalidValue();
  return {
    on,
    mediaIndex: upTo(mostMedia, sent.requiredInteger('BootMediaIndex')),
    verbosity: upTo(0, sent.requiredInteger('FirmwareVerbosity')),
    iderDevice: upTo(1, sent.requiredInteger('IDERBootDevice')),
    parameters,
  };
}

/** Remote Platform Erase must be switched on, and its order come over TLS. */
function mayErase(device: AmtDevice, isSecure: boolean): boolean {
  return device.has('platformErase') && isSecure && (bootState(device).serviceState & 2) !== 0;
}

function upTo(most: number, value: number): number {
  if (value < 0 || value > most) throw invalidValue();
  return value;
}
