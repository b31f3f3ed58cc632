import { type IpmiCommand, noData } from '../command';

const base = { netFn: 0x06, privilege: 'administrator', encode: noData, decode: () => undefined } as const;

/** Cold Reset, IPMI v2.0 section 20.2. A controller may reset before it answers. */
export const coldReset: IpmiCommand<void, void> = { ...base, name: 'Cold Reset', command: 0x02 };

/** Warm Reset, IPMI v2.0 section 20.3. */
export const warmReset: IpmiCommand<void, void> = { ...base, name: 'Warm Reset', command: 0x03 };
