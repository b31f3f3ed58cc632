import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../fakes/temporaryFolder';
import { finish } from './programs';

/** A certificate and its key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  /** Signs all of the others but the self-signed ones. */
  readonly authority: Identity;
  /** Another one, which has signed nothing. */
  readonly otherAuthority: Identity;
  /** For 127.0.0.1, ::1 and localhost. */
  readonly server: Identity;
  /** The same with an RSA key, as old devices have it. */
  readonly rsaServer: Identity;
  /** Ended yesterday. */
  readonly expired: Identity;
  /** For another computer. */
  readonly wrongName: Identity;
  /** For 127.0.0.1, signed by itself. */
  readonly selfSigned: Identity;
  /** What a client shows. */
  readonly client: Identity;
}

interface Request {
  readonly name: string;
  readonly subject: string;
  readonly extensions: readonly string[];
  readonly days?: number;
  readonly rsa?: boolean;
  readonly issuer?: string;
}

const local = 'subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost';
const leaf = 'basicConstraints=critical,CA:FALSE';
const root = 'basicConstraints=critical,CA:TRUE';

/** Makes real certificates with `openssl`, in a folder that is gone afterwards. */
export async function makeCertificates(): Promise<Certificates> {
  using folder = temporaryFolder();
  const issue = (request: Request): Promise<Identity> => issueIn(folder.path, request);
  const authority = await issue({ name: 'authority', subject: '/O=Example/CN=Test authority', extensions: [root] });
  const signed = { issuer: 'authority', extensions: [leaf, local] };
  const subject = '/O=Example/CN=device';
  const [otherAuthority, server, rsaServer, expired, wrongName, selfSigned, client] = await Promise.all([
    issue({ name: 'other', subject: '/O=Example/CN=Other authority', extensions: [root] }),
    issue({ name: 'server', subject, ...signed }),
    issue({ name: 'rsa', subject, ...signed, rsa: true }),
    issue({ name: 'expired', subject, ...signed, days: -1 }),
    issue({ name: 'wrong', subject, ...signed, extensions: [leaf, 'subjectAltName=DNS:another.example'] }),
    issue({ name: 'self', subject, extensions: [leaf, local] }),
    issue({ name: 'client', subject: '/CN=console', ...signed, extensions: [leaf, 'extendedKeyUsage=clientAuth'] }),
  ]);
  return { authority, otherAuthority, server, rsaServer, expired, wrongName, selfSigned, client };
}

/** What `openssl` itself says the SHA-256 of a certificate is, as lower-case hexadecimal digits. */
export async function opensslFingerprint(cert: string): Promise<string> {
  using folder = temporaryFolder();
  const file = join(folder.path, 'cert.pem');
  await writeFile(file, cert);
  const line = await openssl(['x509', '-in', file, '-noout', '-fingerprint', '-sha256']);
  return line.replace(/^.*=/s, '').replaceAll(':', '').trim().toLowerCase();
}

async function issueIn(folder: string, request: Request): Promise<Identity> {
  const { name, subject, extensions, days = 30, rsa = false, issuer } = request;
  const file = (ending: string, of = name): string => join(folder, `${of}.${ending}`);
  const kind = rsa ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const wanted = extensions.flatMap((extension) => ['-addext', extension]);
  await openssl([
    'req',
    '-new',
    '-nodes',
    '-newkey',
    ...kind,
    '-keyout',
    file('key'),
    '-out',
    file('csr'),
    '-subj',
    subject,
    ...wanted,
  ]);
  const by =
    issuer === undefined ? ['-signkey', file('key')] : ['-CA', file('pem', issuer), '-CAkey', file('key', issuer)];
  const out = ['-out', file('pem'), '-days', String(days), '-copy_extensions', 'copyall'];
  await openssl(['x509', '-req', '-sha256', '-in', file('csr'), ...by, ...out]);
  const [cert, key] = await Promise.all([readFile(file('pem'), 'utf8'), readFile(file('key'), 'utf8')]);
  return { cert, key };
}

async function openssl(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await finish('openssl', args);
  if (code !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  return stdout;
}
