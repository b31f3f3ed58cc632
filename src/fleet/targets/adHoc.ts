import type * as z from 'zod';
import { describeIssue, describeUnknownKey } from '../../base/describeIssue';
import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { isSecretKey } from '../../base/secret';
import { keysAt } from '../../base/yaml/schemaKeys';
import { Computer } from '../computer';
import { technologyNames } from '../technologyName';
import type { TechnologySchema } from '../technologySchema';

const longestShown = 100;

/**
 * The computer of a URL such as `ipmi://admin@10.0.0.5:9623?cipherSuite=3`, which needs no fleet. Its name is the URL without the
 * user. Throws `targets.invalid`.
 */
export function adHocComputer(text: string, technologies: readonly TechnologySchema[]): Computer {
  const url = parseUrl(text);
  assertNoSecret(url);
  const { technology, preset } = technologyOf(url.protocol.slice(0, -1), technologies);
  const options = readOptions(url, preset, technology);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const name = nameOf(url);
  const { port = url.port === '' ? undefined : Number(url.port) } = options as { readonly port?: number };
  const access = { technology: technology.name, host, options, ...(port !== undefined && { port }) };
  return new Computer({ name, host, tags: {}, accesses: [access] });
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  const isPlain = url && (url.pathname === '' || url.pathname === '/') && url.hash === '';
  if (isPlain && /^(\[[0-9a-f:.]+\]|[A-Za-z0-9_.-]+)$/i.test(url.hostname)) return url;
  throw invalid(`a URL such as ipmi://user@address:port is expected, not "${hideUser(text)}"`);
}

function assertNoSecret(url: URL): void {
  const key = [...url.searchParams.keys()].find(isSecretKey);
  if (url.password === '' && key === undefined) return;
  const where = `${url.protocol}//${url.host}`;
  const message = `${where}: a password does not belong into a URL`;
  throw new SidebandError('targets.invalid', message, { hint: 'Give it in the environment, as SIDEBAND_PASSWORD.' });
}

function technologyOf(scheme: string, technologies: readonly TechnologySchema[]) {
  for (const technology of technologies) {
    const preset = technology.schemes.find(({ name }) => name === scheme)?.options;
    if (preset) return { technology, preset };
  }
  const known = technologies.flatMap(({ schemes }) => schemes.map(({ name }) => name));
  const offered = `this version speaks ${known.join(', ')}`;
  const isPlanned = technologyNames.some((name) => scheme === name || scheme === `${name}s`);
  if (isPlanned) throw invalid(`${scheme}:// is not spoken yet: ${offered}`);
  throw invalid(`${scheme}:// is not known here: ${offered}.${didYouMean(scheme, known)}`);
}

function readOptions(
  url: URL,
  preset: Readonly<Record<string, unknown>>,
  { options: schema }: TechnologySchema,
): unknown {
  const known = keysAt(schema, []);
  const query = Object.fromEntries(url.searchParams);
  const given = {
    ...(url.username !== '' && { user: decodeUser(url) }),
    ...(url.port !== '' && known.includes('port') && { port: Number(url.port) }),
  };
  const values: Record<string, unknown> = { ...preset, ...mapValues(query, toScalar), ...given };
  let checked = schema.safeParse(values);
  // A text option may look like a number: where the schema asks for text, it is text.
  for (const issue of checked.error?.issues ?? []) {
    const key = String(issue.path[0]);
    if (issue.code === 'invalid_type' && issue.expected === 'string' && key in query && !(key in given))
      values[key] = query[key];
  }
  if (!checked.success) checked = schema.safeParse(values);
  if (checked.success) return checked.data;
  throw invalid(
    `${nameOf(url)}: ${checked.error.issues.map((issue) => describeOption(issue, values, known)).join('; ')}`,
  );
}

function describeOption(
  issue: z.core.$ZodIssue,
  values: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => describeUnknownKey(key, known)).join(' ');
  const key = String(issue.path[0] ?? '');
  if (key === 'user' && values.user === undefined)
    return 'the user is missing: write it in front of the address, user@address';
  return `${key}: ${describeIssue(issue, values[key])}`;
}

function decodeUser(url: URL): string {
  try {
    return decodeURIComponent(url.username);
  } catch {
    throw invalid(`${nameOf(url)}: the user holds a % that begins no code such as %40`);
  }
}

function toScalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function nameOf({ protocol, host, search }: URL): string {
  return `${protocol}//${host}${search}`;
}

/** What may be shown of a URL that could not be read: the user, a password and the options may stand anywhere in it. */
function hideUser(text: string): string {
  const scheme = text.slice(0, text.indexOf('//') + 2);
  const address = text.slice(Math.max(text.lastIndexOf('@') + 1, scheme.length)).split('?', 1)[0] ?? '';
  return scheme + address.slice(0, longestShown).replace(/^([^/#:[\]]*):(?!\d{1,5}([/#]|$)).*/s, '$1:***');
}

function invalid(message: string): SidebandError {
  return new SidebandError('targets.invalid', message);
}
