import type { IpmiCommand } from '../command';

export interface ActiveSession {
  readonly handle: number;
  readonly user: number;
  /** 1 callback to 5 OEM. */
  readonly privilege: number;
  readonly channel: number;
  readonly isIpmi2: boolean;
  /** The remote console; absent for sessions that are not over LAN. */
  readonly address?: string;
  readonly port?: number;
}

export interface SessionInfo {
  readonly possible: number;
  readonly active: number;
  /** Absent when there is no such session. */
  readonly session?: ActiveSession;
}

/** Get Session Info, IPMI v2.0 section 22.20, by index from 1, or 0 for the session that asks. */
export const getSessionInfo: IpmiCommand<number, SessionInfo> = {
  name: 'Get Session Info',
  netFn: 0x06,
  command: 0x3d,
  encode: (index) => Uint8Array.of(index),
  decode(reader) {
    const [handle, possible, active] = [reader.u8(), reader.u8() & 0x3f, reader.u8() & 0x3f];
    if (handle === 0 || reader.remaining < 3) return { possible, active };
    const [user, privilege, channel] = [reader.u8() & 0x3f, reader.u8() & 0x0f, reader.u8()];
    const head = { handle, user, privilege, channel: channel & 0x0f, isIpmi2: channel >> 4 === 1 };
    if (reader.remaining < 4) return { possible, active, session: head };
    const address = reader.bytes(4).join('.');
    if (reader.remaining < 8) return { possible, active, session: { ...head, address } };
    reader.skip(6); // MAC address
    return { possible, active, session: { ...head, address, port: reader.u16le() } };
  },
};
