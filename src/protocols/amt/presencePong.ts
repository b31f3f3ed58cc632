import { ByteReader } from '../../base/bytes';
import { decodePresencePong } from '../ipmi/rmcp';

const intel = 343;
const headLength = 16;
const provisioning = ['not started', 'in progress', 'done', 'unknown'] as const;

/** What Intel AMT adds to an RMCP presence pong. */
export interface AmtPong {
  /** The TCP port of its web server: 16992 in clear or 16993 with TLS. */
  readonly port: number;
  /** Such as `9.1`. Absent on newer firmware, which says 0.0. */
  readonly version?: string;
  readonly provisioning: (typeof provisioning)[number];
  /** Whether both web ports are open. */
  readonly bothPorts: boolean;
}

/** The OEM-defined bytes of a presence pong, ASF 2.0 section 3.2.4.3; nothing when it comes from something else. Throws `protocol.truncated`. */
export function decodeAmtPong(datagram: Uint8Array): AmtPong | undefined {
  const pong = decodePresencePong(datagram);
  // IPMI controllers with Intel's number say that they have IPMI, and leave the port zero.
  if (pong?.enterprise !== intel || pong.ipmi) return undefined;
  const reader = new ByteReader(datagram, headLength);
  const port = reader.u16be();
  const version = reader.u8();
  const state = reader.u8();
  if (port === 0) return undefined;
  return {
    port,
    ...(version !== 0 && { version: `${version >> 4}.${version & 0x0f}` }),
    provisioning: provisioning[state & 0x03] ?? 'unknown',
    bothPorts: (state & 0x04) !== 0,
  };
}
