import type { AmtDevice } from '../device';
import { type AmtArea, type AmtClass, type Context, type Output, perDevice } from '../model/amtClass';
import { PtStatus } from '../model/ptStatus';
import type { Sent } from '../model/sent';
import { serviceKeys, systemKeys } from '../model/values';
import { majorVersion } from '../profiles';

const serviceName = 'Intel(r) AMT Screen Configuration Service';
const settingsName = 'Intel(r) AMT:Screen Settings';
const on = 2;
const off = 3;
const mostReboots = 3;

const blanking = perDevice(() => ({ isAllowed: true, isOpen: false, reboots: 0 }));

/** Blanking the screens during a KVM session, from AMT 10. */
const screenConfiguration: AmtClass = {
  name: 'IPS_ScreenConfigurationService',
  keys: serviceKeys,
  isThere: (device) => device.has('kvm') && majorVersion(device.profile) >= 10,
  list(device) {
    const { isAllowed, isOpen, reboots } = blanking(device);
    return [
      {
        ...systemKeys('IPS_ScreenConfigurationService'),
        ActualState: isOpen && device.machine.isOn ? 1 : 0,
        CurrentState: isOpen ? 1 : 0,
        ElementName: serviceName,
        EnabledState: isAllowed ? on : off,
        Name: serviceName,
        RemainingConsecutiveRebootsNum: reboots,
        RequestedState: isAllowed ? on : off,
      },
    ];
  },
  methods: {
    RequestStateChange({ device }, input) {
      const requested = input.requiredInteger('RequestedState');
      if (requested !== on && requested !== off) return PtStatus.invalidParameter;
      Object.assign(blanking(device), { isAllowed: requested === on, ...(requested === off && { isOpen: false }) });
      return PtStatus.success;
    },
    SetSessionState: setSessionState,
  },
};

const screenSettings: AmtClass = {
  name: 'IPS_ScreenSettingData',
  keys: ['InstanceID'],
  isThere: (device) => device.has('kvm'),
  list: (device) => [
    {
      ElementName: settingsName,
      InstanceID: `${settingsName} 0`,
      IsActive: [device.machine.isOn, false, false],
      PrimaryIndex: 0,
      QuadraryIndex: 3,
      ResolutionX: [1920, 0, 0],
      ResolutionY: [1080, 0, 0],
      SecondaryIndex: 1,
      TertiaryIndex: 2,
      UpperLeftX: [0, 0, 0],
      UpperLeftY: [0, 0, 0],
    },
  ],
  methods: { ResetToDefault: () => PtStatus.success },
};

/** What the computer shows. */
export const screens: AmtArea = {
  classes: [screenConfiguration, screenSettings],
  start(device) {
    device.machine.onDidBoot(() => {
      countBoot(device);
    });
  },
};

function setSessionState({ device }: Context, input: Sent): Output {
  const own = blanking(device);
  const wanted = input.requiredInteger('SessionState');
  const reboots = input.integer('ConsecutiveRebootsNum') ?? 0;
  if ((wanted !== 0 && wanted !== 1) || reboots < 0 || reboots > mostReboots) return PtStatus.invalidParameter;
  if (wanted === 1 && !own.isAllowed) return PtStatus.notPermitted;
  Object.assign(own, { isOpen: wanted === 1, reboots: wanted === 1 ? reboots : 0 });
  return PtStatus.success;
}

/** A session survives so many boots as it was opened for. */
function countBoot(device: AmtDevice): void {
  const own = blanking(device);
  if (own.reboots === 0) own.isOpen = false;
  else own.reboots--;
}
