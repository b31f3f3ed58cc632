import type { IpmiCommand } from '../command';

export const powerRestorePolicies = ['always-off', 'previous', 'always-on'] as const;
export type PowerRestorePolicy = (typeof powerRestorePolicies)[number];

const noChange = 3;

/** Set Power Restore Policy, IPMI v2.0 section 28.8. Gives the policies that the chassis supports; `query` changes nothing. */
export const setPowerRestorePolicy: IpmiCommand<PowerRestorePolicy | 'query', readonly PowerRestorePolicy[]> = {
  name: 'Set Power Restore Policy',
  netFn: 0x00,
  command: 0x06,
  privilege: 'operator',
  encode: (policy) => Uint8Array.of(policy === 'query' ? noChange : powerRestorePolicies.indexOf(policy)),
  decode(reader) {
    const supported = reader.u8();
    return powerRestorePolicies.filter((_, index) => (supported & (1 << index)) !== 0);
  },
};
