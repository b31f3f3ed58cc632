import { SidebandError } from '../../../../src/base/errors';
import type { KnockResult, UdpEndpoint, UdpTransport } from '../../../../src/transport/udp';
import type { ScriptedBmc } from '../../protocols/ipmi/bmc';

/** What answers at an address besides the sessions of a controller. */
export interface Host {
  readonly bmc?: ScriptedBmc;
  /** Datagrams in hexadecimal that answer a presence ping, Get Channel Authentication Capabilities and Get Channel Cipher Suites. */
  readonly pong?: string;
  readonly capabilities?: string;
  readonly cipherSuites?: string;
  /** What a connected socket hears when nothing answers. */
  readonly deadEnd?: 'refused' | 'unreachable';
}

export const pongWithIpmi = '0600ff06000011be40000010000011be0000000081000000000000';
export const pongWithoutIpmi = '0600ff06000011be40000010000001570000000001000000000000';
export const capabilitiesOf20 = '0600ff0700000000000000000010811c6320003800019706030000000007';

/** A network in memory with one host, 192.0.2.1, named `bmc.example`. */
export class FakeUdp implements UdpTransport {
  readonly #host: Host;
  readonly #listeners = new Set<(datagram: Uint8Array) => void>();
  knocks = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  resolve(host: string): Promise<string> {
    if (host === 'bmc.example' || host === '192.0.2.1') return Promise.resolve('192.0.2.1');
    return Promise.reject(new SidebandError('dns.failed', `the name ${host} does not resolve (ENOTFOUND)`));
  }

  listen(_from: UdpEndpoint, listener: (datagram: Uint8Array) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  send(datagram: Uint8Array): void {
    const answer = this.#host.bmc?.receive(datagram);
    if (!answer) return;
    setTimeout(() => {
      for (const listener of this.#listeners) listener(answer);
    }, 1);
  }

  knock(datagram: Uint8Array, _to: UdpEndpoint, waitMs: number, signal: AbortSignal): Promise<KnockResult> {
    this.knocks++;
    const answer = this.#answerTo(datagram);
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      const result = (): KnockResult => {
        if (answer !== undefined) return { kind: 'answer', datagram: Uint8Array.from(Buffer.from(answer, 'hex')) };
        return { kind: this.#host.deadEnd ?? 'silent' };
      };
      setTimeout(
        () => {
          resolve(result());
        },
        answer !== undefined || this.#host.deadEnd ? 1 : waitMs,
      );
    });
  }

  #answerTo(datagram: Uint8Array): string | undefined {
    if (datagram[3] === 6) return this.#host.pong;
    return datagram.at(-5) === 0x38 || datagram.at(-4) === 0x38 ? this.#host.capabilities : this.#host.cipherSuites;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
