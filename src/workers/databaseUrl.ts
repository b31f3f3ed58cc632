import { SidebandError } from '../base/errors';
import { Secret } from '../base/secret';

/** Where a PostgreSQL database is, and how messages name it: never with a password. */
export interface DatabaseUrl {
  readonly url: Secret;
  /** `sideband at db.example.org:5432` */
  readonly where: string;
}

/** What the driver takes for `verify-full` as well, with a warning that a later version of it will not. */
const weakerModes = new Set(['prefer', 'require', 'verify-ca']);

/**
 * Reads `postgres://user@host:port/database?sslmode=verify-full`. What is left out comes from PGHOST, PGPORT, PGDATABASE and PGUSER, the
 * password from PGPASSWORD or the password file, as all programs of PostgreSQL have it. TLS is verified, however it is asked for, unless
 * the URL says `sslmode=no-verify`. Throws `usage.invalid`.
 */
export function parseDatabaseUrl(text: string, env: NodeJS.ProcessEnv = process.env): DatabaseUrl {
  // No cause: Node's own error repeats the text, and with it the password.
  if (!URL.canParse(text)) throw notAUrl();
  const url = new URL(text);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw notAUrl();
  if (url.password !== '' || url.searchParams.has('password')) hideArguments();
  const { PGUSER, PGHOST, PGPORT, PGDATABASE } = env;
  const user = firstOf(decoded(url.username), PGUSER);
  const host = firstOf(url.searchParams.get('host'), decoded(url.hostname), PGHOST, 'localhost');
  const port = firstOf(url.searchParams.get('port'), url.port, PGPORT, '5432');
  const database = firstOf(decoded(url.pathname.slice(1)), PGDATABASE, user);
  return {
    url: new Secret(withVerifiedTls(url) ?? text),
    where: `${database} at ${host.startsWith('/') ? host : `${host}:${port}`}`,
  };
}

/** Nothing when the URL is right as it is. */
function withVerifiedTls(url: URL): string | undefined {
  if (!weakerModes.has(url.searchParams.get('sslmode') ?? '') || url.searchParams.has('uselibpqcompat'))
    return undefined;
  const strict = new URL(url);
  strict.searchParams.set('sslmode', 'verify-full');
  return strict.href;
}

function firstOf(...texts: readonly (string | null | undefined)[]): string {
  return texts.find((one) => one !== undefined && one !== null && one !== '') ?? '';
}

/** What other users of this machine see in the list of processes is the title, once there is one. */
function hideArguments(): void {
  if (process.argv.some((argument) => /postgres(ql)?:/.test(argument))) process.title = 'sideband';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notAUrl();
  }
}

function notAUrl(): SidebandError {
  return new SidebandError('usage.invalid', 'the database is a URL such as postgres://user@host/database');
}
