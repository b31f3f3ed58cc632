import { readFileSync } from 'node:fs';
import { fromHex } from '../../../../src/base/bytes';
import { cipherSuites, type CipherSuiteId } from '../../../../src/protocols/ipmi/cipherSuites';
import type { BmcHalf, ConsoleHalf } from '../../../../src/protocols/ipmi/rakp';

interface CapturedPacket {
  readonly dir: 'console' | 'bmc';
  readonly hex: string;
  readonly kind: string;
  readonly sequence?: number;
  readonly message?: string;
}

export interface Capture {
  readonly title: string;
  readonly user: string;
  readonly password: string;
  readonly cipherSuite: CipherSuiteId;
  readonly keys: { readonly sik: string; readonly k1: string; readonly k2: string } | null;
  readonly packets: readonly CapturedPacket[];
}

export function readCapture(name: string): Capture {
  const file = new URL(`../../../fixtures/ipmi/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Capture;
}

export function packetOf(capture: Capture, kind: string): Uint8Array {
  const packet = capture.packets.find((one) => one.kind === kind);
  if (!packet) throw new Error(`${capture.title} has no ${kind}`);
  return fromHex(packet.hex);
}

/** Both halves of a captured login, cut out of its datagrams by hand. The payload begins at byte 16. */
export function halvesOf(capture: Capture): { readonly half: ConsoleHalf; readonly bmc: BmcHalf } {
  const [open, rakp1, rakp2] = ['open-request', 'rakp1', 'rakp2'].map((kind) => packetOf(capture, kind));
  const le32 = (bytes: Uint8Array, at: number): number =>
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
  const encoder = new TextEncoder();
  return {
    half: {
      tag: rakp1![16]!,
      suite: cipherSuites[capture.cipherSuite],
      consoleSessionId: le32(open!, 20),
      bmcSessionId: le32(rakp1!, 20),
      nonce: rakp1!.subarray(24, 40),
      privilege: 'administrator',
      user: encoder.encode(capture.user),
      password: encoder.encode(capture.password),
    },
    bmc: { nonce: rakp2!.subarray(24, 40), guid: rakp2!.subarray(40, 56), code: rakp2!.subarray(56) },
  };
}
