import type { Secret } from '../base/secret';

/** What a TLS client believes. */
export type TlsTrust =
  /** The SHA-256 of the certificate's DER, as 64 lower-case hex digits. Absent: nobody has vouched for any certificate yet. */
  | { readonly kind: 'pin'; readonly fingerprint: string | undefined }
  /** A chain to one of these authorities, or to the system's when there are none, and the name that was asked for. */
  | { readonly kind: 'ca'; readonly authorities: readonly string[] };

export interface TlsPolicy {
  readonly trust: TlsTrust;
  /** TLS 1.0 and 1.1, SHA-1 and CBC ciphers, renegotiation without its extension: for AMT 6 to 11. */
  readonly legacy: boolean;
  /** Shown to devices that ask for one, as PEM. */
  readonly client?: { readonly certificate: string; readonly key: Secret };
}

export interface TcpEndpoint {
  readonly host: string;
  readonly port: number;
  /** Absent: in clear. */
  readonly tls?: TlsPolicy;
}

/** The certificate of a device, as people are asked about it. */
export interface PeerCertificate {
  /** SHA-256 of the DER, as 64 lower-case hex digits. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validTo: string;
}
