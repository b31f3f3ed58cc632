import { startDeadline } from '../base/deadline';
import { type ErrorReport, reportError, SidebandError, toSidebandError } from '../base/errors';
import { runPool } from '../base/pool';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';
import { technologies } from '../technologies';
import type { Sessions } from '../technologies/sessions';
import type { Pins, Technology } from '../technologies/technology';
import { vouchedFor, type Vouched } from '../technologies/tls';
import type { PeerCertificate } from '../transport/tcp';

/** The certificate of a computer at one of its addresses, and what is believed of it; or why there is none. */
export type CertificateResult = {
  readonly computer: string;
  readonly technology?: TechnologyName;
} & (
  | { readonly certificate: PeerCertificate; readonly host: string; readonly port: number; readonly state: Vouched }
  | { readonly error: ErrorReport }
);

export interface CertificateOptions {
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Only by this technology. */
  readonly technology?: string | undefined;
}

/** Looks at the certificates of computers side by side; logs in nowhere. Never rejects for what a device does. */
export async function readCertificates(
  computers: readonly Computer[],
  { sessions, pins }: { readonly sessions: Sessions; readonly pins: Pins },
  options: CertificateOptions,
  signal: AbortSignal,
): Promise<readonly CertificateResult[]> {
  const results = new Map<Computer, readonly CertificateResult[]>();
  await runPool(computers, options, async (computer) => {
    const speaking = technologies.filter(
      (one) => 'certificate' in one && computer.access(one.name) && (options.technology ?? one.name) === one.name,
    );
    const read = await Promise.all(
      speaking.map((technology) => readOne(technology, computer, { sessions, pins, options, signal })),
    );
    const found = read.filter((result) => result !== undefined);
    results.set(computer, found.length > 0 ? found : [{ computer: computer.name, error: reportError(noTls()) }]);
  });
  return computers.flatMap((computer) => results.get(computer) ?? []);
}

interface Reading {
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly options: CertificateOptions;
  readonly signal: AbortSignal;
}

async function readOne(
  technology: Technology,
  computer: Computer,
  { sessions, pins, options, signal }: Reading,
): Promise<CertificateResult | undefined> {
  using deadline = startDeadline(signal, options.timeoutMs);
  const { name } = technology;
  const whose = { computer: computer.name, technology: name };
  try {
    const read = await sessions.certificate(technology, computer, deadline.signal);
    if (!read) return undefined;
    const { port, ...certificate } = read;
    const { host = computer.host, options: profile } = computer.access(name) ?? {};
    const state = vouchedFor(certificate.fingerprint, profile, pins, { host, port });
    return { ...whose, certificate, host, port, state };
  } catch (thrown) {
    return { ...whose, error: reportError(toSidebandError(thrown)) };
  }
}

function noTls(): SidebandError {
  return new SidebandError('operation.impossible', 'no technology of its profile shows a certificate');
}
