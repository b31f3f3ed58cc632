import * as z from 'zod';
import { SidebandError } from '../base/errors';
import { Secret } from '../base/secret';
import { certificateIn } from '../transport/certificate';
import type { TlsPolicy, TlsTrust } from '../transport/tcp';
import type { Endpoint, Pins, Surroundings } from './technology';

const fileName = z.string().min(1);

/** What a profile says about TLS: the fields to spread into the section of a technology, which then needs `refineTls`. */
export const tlsOptions = z.object({
  trust: z
    .enum(['pin', 'ca'])
    .default('pin')
    .describe(
      'Whose certificate is believed: `pin`, the one that somebody has vouched for; `ca`, one that an authority has signed for this host',
    ),
  fingerprint: z
    .string()
    .regex(/^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$/, 'the SHA-256 of a certificate, 64 hexadecimal digits, is expected')
    .optional()
    .describe('The SHA-256 of the device’s certificate, instead of a pin kept on this machine. Colons are allowed'),
  ca: fileName
    .optional()
    .describe(
      'A file with the authorities’ certificates (PEM), in `.sideband` or by its whole path. Left out: the system’s',
    ),
  legacy: z
    .boolean()
    .default(false)
    .describe('Allow TLS 1.0 and 1.1 with their weak ciphers, which Intel AMT 6 to 11 needs'),
  certificate: fileName
    .optional()
    .describe('A file with the client’s certificate (PEM), for devices that ask for one. Needs `key`'),
  key: fileName.optional().describe('A file with the private key of `certificate` (PEM, without a passphrase)'),
});

export type TlsOptions = z.output<typeof tlsOptions>;

/** Finds what does not go together; for `superRefine`. */
export function refineTls(options: TlsOptions, context: z.RefinementCtx): void {
  const { trust, fingerprint, ca, certificate, key } = options;
  const mistake = (field: keyof TlsOptions, message: string): void => {
    context.addIssue({ code: 'custom', path: [field], message });
  };
  if (trust === 'ca' && fingerprint !== undefined) mistake('fingerprint', 'a fingerprint needs `trust: pin`');
  if (trust === 'pin' && ca !== undefined) mistake('ca', 'authorities need `trust: ca`');
  if (certificate !== undefined && key === undefined) mistake('certificate', 'a certificate needs its `key`');
  if (key !== undefined && certificate === undefined) mistake('key', 'a key needs its `certificate`');
}

export interface TlsPlace {
  readonly host: string;
  readonly port: number;
}

/** What to believe at an address, by profile, files and pins. Rejects with `file.missing` or `file.invalid`. */
export async function tlsPolicy(
  options: TlsOptions,
  { pins, readFile }: Pick<Surroundings, 'pins' | 'readFile'>,
  place: TlsPlace,
): Promise<TlsPolicy> {
  const { certificate, key, legacy } = options;
  const trust = await trustOf(options, pins, readFile, place);
  if (certificate === undefined || key === undefined) return { trust, legacy };
  const [text, secret] = await Promise.all([readPem(certificate, readFile), readFile(key)]);
  return { trust, legacy, client: { certificate: text, key: new Secret(secret) } };
}

/**
 * Lets a person vouch for a certificate that nobody has vouched for, and pins it. Whether the caller may connect again; never
 * after `tls.changed`.
 */
export async function askToTrust(
  error: SidebandError,
  { computer, host, asks }: Pick<Endpoint<unknown>, 'computer' | 'host' | 'asks'>,
  { pins }: Pick<Surroundings, 'pins'>,
  signal: AbortSignal,
): Promise<boolean> {
  const certificate = certificateIn(error);
  const { port } = error.details;
  if (error.code !== 'tls.unknown' || !certificate || typeof port !== 'number' || !asks?.trust) return false;
  if (!(await asks.trust({ computer, host, port, ...certificate }, signal))) return false;
  await pins.pin(host, port, certificate.fingerprint);
  return true;
}

/** What is believed of a certificate at a place. `profile`: the profile itself says what to believe, so that no pin counts. */
export type Vouched = 'pinned' | 'new' | 'changed' | 'profile';

export function vouchedFor(fingerprint: string, options: unknown, pins: Pins, { host, port }: TlsPlace): Vouched {
  const said = tlsOptions.safeParse(options).data;
  if (said?.trust === 'ca' || said?.fingerprint !== undefined) return 'profile';
  const pinned = pins.get(host, port);
  if (pinned === undefined) return 'new';
  return pinned === fingerprint ? 'pinned' : 'changed';
}

async function trustOf(
  { trust, fingerprint, ca }: TlsOptions,
  pins: Pins,
  readFile: Surroundings['readFile'],
  { host, port }: TlsPlace,
): Promise<TlsTrust> {
  if (trust === 'ca') {
    return { kind: 'ca', authorities: ca === undefined ? [] : [await readPem(ca, readFile)] };
  }
  const vouched = fingerprint?.replaceAll(':', '').toLowerCase() ?? pins.get(host, port);
  return { kind: 'pin', fingerprint: vouched };
}

async function readPem(name: string, readFile: Surroundings['readFile']): Promise<string> {
  const text = await readFile(name);
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new SidebandError('file.invalid', `${name} holds no certificate`, { hint: 'A PEM file is expected.' });
}
