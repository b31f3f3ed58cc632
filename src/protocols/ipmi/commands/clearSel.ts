import type { IpmiCommand } from '../command';

const actions = { begin: 0xaa, ask: 0x00 } as const;

/** Clear SEL, IPMI v2.0 section 31.9. Tells whether the log is clear now; until then its progress is asked for. */
export const clearSel: IpmiCommand<
  { readonly reservation: number; readonly action: keyof typeof actions },
  { readonly finished: boolean }
> = {
  name: 'Clear SEL',
  netFn: 0x0a,
  command: 0x47,
  privilege: 'operator',
  encode: ({ reservation, action }) => Uint8Array.of(reservation, reservation >> 8, 0x43, 0x4c, 0x52, actions[action]),
  decode: (reader) => ({ finished: (reader.u8() & 0x0f) === 1 }),
};
