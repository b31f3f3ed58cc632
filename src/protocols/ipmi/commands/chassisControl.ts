import type { IpmiCommand } from '../command';

/** What Chassis Control can do. `soft-off` asks the operating system by the ACPI button; `off` cuts the power. */
export const chassisActions = { off: 0, on: 1, cycle: 2, reset: 3, 'diagnostic-interrupt': 4, 'soft-off': 5 } as const;
export type ChassisAction = keyof typeof chassisActions;

/** Chassis Control, IPMI v2.0 section 28.3. */
export const chassisControl: IpmiCommand<ChassisAction, void> = {
  name: 'Chassis Control',
  netFn: 0x00,
  command: 0x02,
  privilege: 'operator',
  encode: (action) => Uint8Array.of(chassisActions[action]),
  decode: () => undefined,
};
