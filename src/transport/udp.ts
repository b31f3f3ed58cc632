import type { Disposable } from '../base/disposables';

export interface UdpEndpoint {
  /** An IP address, not a name. */
  readonly address: string;
  readonly port: number;
}

/** One socket for all computers; what arrives goes to whoever listens for the sender's address and port. */
export interface UdpTransport extends AsyncDisposable {
  /** Name to address, IPv4 first. Rejects with `dns.failed`. */
  resolve(host: string, signal: AbortSignal): Promise<string>;
  /** Several listeners may share an endpoint. The datagram is the listener's to keep. */
  listen(from: UdpEndpoint, listener: (datagram: Uint8Array) => void): Disposable;
  send(datagram: Uint8Array, to: UdpEndpoint): void;
  /**
   * Asks through a connected socket of its own, which alone hears that a port is closed or an address unreachable.
   * Resolves with an answer, `refused`, `unreachable` or `silent` once `waitMs` is over.
   */
  knock(datagram: Uint8Array, to: UdpEndpoint, waitMs: number, signal: AbortSignal): Promise<KnockResult>;
}

export type KnockResult =
  { readonly kind: 'answer'; readonly datagram: Uint8Array } | { readonly kind: 'refused' | 'unreachable' | 'silent' };
