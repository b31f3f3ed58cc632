import type { IpmiCommand } from '../command';

/** Close Session, IPMI v2.0 section 22.19. The input is the BMC's session id. */
export const closeSession: IpmiCommand<number, void> = {
  name: 'Close Session',
  netFn: 0x06,
  command: 0x3c,
  encode(bmcSessionId) {
    const data = new Uint8Array(4);
    new DataView(data.buffer).setUint32(0, bmcSessionId, true);
    return data;
  },
  decode: () => undefined,
};
