import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { Computer } from '../computer';
import type { TechnologySchema } from '../technologySchema';

/**
 * The computer of a URL such as `ipmi://admin@10.0.0.5:9623?cipherSuite=3`, which needs no fleet. Its name is the URL without the
 * user. Throws `targets.invalid`.
 */
export function adHocComputer(text: string, technologies: readonly TechnologySchema[]): Computer {
  const url = parseUrl(text);
  if (url.password !== '') {
    throw new SidebandError('targets.invalid', `${nameOf(url)}: a password does not belong into a URL`, {
      hint: 'Give it in the environment, as SIDEBAND_PASSWORD.',
    });
  }
  const scheme = url.protocol.slice(0, -1);
  const technology = technologies.find(({ schemes }) => schemes.some(({ name }) => name === scheme));
  if (!technology) {
    const known = technologies.flatMap(({ schemes }) => schemes.map(({ name }) => name));
    const offered = `this version speaks ${known.join(', ')}`;
    throw new SidebandError('targets.invalid', `${scheme}:// is not known here: ${offered}.${didYouMean(scheme, known)}`);
  }
  const options = readOptions(url, scheme, technology);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? {} : { port: Number(url.port) };
  return new Computer({
    name: nameOf(url),
    host,
    tags: {},
    accesses: [{ technology: technology.name, host, ...port, options }],
  });
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && url.hostname !== '' && (url.pathname === '' || url.pathname === '/')) return url;
  throw new SidebandError('targets.invalid', `a URL such as ipmi://user@address:port is expected, not "${hideUser(text)}"`);
}

function readOptions(url: URL, scheme: string, technology: TechnologySchema): unknown {
  const preset = technology.schemes.find(({ name }) => name === scheme)?.options;
  const user = url.username === '' ? {} : { user: decodeURIComponent(url.username) };
  const query = Object.fromEntries([...url.searchParams].map(([key, value]) => [key, toScalar(value)]));
  const checked = technology.options.safeParse({ ...preset, ...query, ...user });
  if (checked.success) return checked.data;
  const mistakes = checked.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new SidebandError('targets.invalid', `${nameOf(url)}: ${mistakes.join('; ')}`);
}

function toScalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

function nameOf({ protocol, host, search }: URL): string {
  return `${protocol}//${host}${search}`;
}

function hideUser(text: string): string {
  return text.replace(/\/\/[^@]*@/, '//');
}
