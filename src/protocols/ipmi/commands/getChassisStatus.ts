import { type IpmiCommand, noData } from '../command';

const powerRestorePolicies = ['always-off', 'previous', 'always-on', 'unknown'] as const;

export interface ChassisStatus {
  readonly poweredOn: boolean;
  readonly powerOverload: boolean;
  readonly powerFault: boolean;
  readonly restorePolicy: (typeof powerRestorePolicies)[number];
  readonly intrusion: boolean;
  readonly driveFault: boolean;
  readonly coolingFault: boolean;
}

/** Get Chassis Status, IPMI v2.0 section 28.2. */
export const getChassisStatus: IpmiCommand<void, ChassisStatus> = {
  name: 'Get Chassis Status',
  netFn: 0x00,
  command: 0x01,
  encode: noData,
  decode(reader) {
    const power = reader.u8();
    reader.skip(1); // last power event: no operation reads it
    const misc = reader.u8();
    return {
      poweredOn: (power & 0x01) !== 0,
      powerOverload: (power & 0x02) !== 0,
      powerFault: (power & 0x18) !== 0,
      restorePolicy: powerRestorePolicies[(power >> 5) & 0x03] ?? 'unknown',
      intrusion: (misc & 0x01) !== 0,
      driveFault: (misc & 0x04) !== 0,
      coolingFault: (misc & 0x08) !== 0,
    };
  },
};
