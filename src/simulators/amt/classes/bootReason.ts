import type { AmtDevice } from '../device';
import { PowerState } from '../machine';
import { type AmtArea, type AmtClass, perDevice } from '../model/amtClass';

/** Reason of IPS_HostBootReason. */
export const BootReason = { other: 0, remoteControl: 1, alarm: 2 } as const;

interface Boot {
  readonly reason: number;
  /** The operation, or the alarm's name. */
  readonly details: string;
}

interface LastBoot {
  boot: Boot;
  expected?: Boot;
  /** The state before, as ACPI numbers it. */
  previous: number;
  power: PowerState;
}

const name = 'Intel(r) AMT:Host Boot Reason';
const unknown: Boot = { reason: BootReason.other, details: '' };
const sleepStates: Readonly<Record<PowerState, number>> = {
  [PowerState.on]: 0,
  [PowerState.sleep]: 3,
  [PowerState.hibernate]: 4,
  [PowerState.off]: 5,
  [PowerState.offHard]: 5,
};

const lastBoot = perDevice(({ machine }): LastBoot => ({
  boot: unknown,
  previous: sleepStates[PowerState.off],
  power: machine.power,
}));

/** Says why the computer is about to boot. */
export function expectBoot(device: AmtDevice, reason: keyof typeof BootReason, details: string): void {
  lastBoot(device).expected = { reason: BootReason[reason], details };
}

const hostBootReason: AmtClass = {
  name: 'IPS_HostBootReason',
  keys: ['InstanceID'],
  list(device) {
    const { boot, previous } = lastBoot(device);
    return [
      {
        ElementName: name,
        InstanceID: `${name} 0`,
        PreviousSxState: previous,
        Reason: boot.reason,
        ReasonDetails: boot.details,
      },
    ];
  },
};

/** Why the computer has been started last. */
export const bootReasons: AmtArea = {
  classes: [hostBootReason],
  start(device) {
    const own = lastBoot(device);
    device.machine.onDidBoot(() => {
      own.boot = own.expected ?? unknown;
      own.previous = sleepStates[own.power];
    });
    device.machine.onDidChange((power) => {
      own.power = power;
      // Out of sleep there is no boot.
      delete own.expected;
    });
  },
};
