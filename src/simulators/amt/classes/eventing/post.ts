import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Subscription } from './subscriptions';

export interface PostReply {
  readonly status: number;
  readonly body: Uint8Array;
}

const mostReplyBytes = 65_536;
const parameter = /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/gi;

/** Posts an envelope to a collector, logging in by digest when it asks for that. Rejects when it cannot be reached. */
export async function post(
  envelope: string,
  { destination, login }: Pick<Subscription, 'destination' | 'login'>,
  signal: AbortSignal,
): Promise<PostReply> {
  const url = new URL(destination);
  const first = await send(url, envelope, { signal });
  const challenge = first.challenge;
  if (first.status !== 401 || !login || challenge === undefined) return first;
  const authorization = answerTo(challenge, { login, uri: `${url.pathname}${url.search}`, envelope });
  return authorization === undefined ? first : send(url, envelope, { signal, authorization });
}

async function send(
  url: URL,
  envelope: string,
  { signal, authorization }: { readonly signal: AbortSignal; readonly authorization?: string },
): Promise<PostReply & { readonly challenge: string | undefined }> {
  const body = Buffer.from(envelope);
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const sending = open(url, {
    method: 'POST',
    agent: false,
    signal,
    // Devices compare with the root certificates that they have been given; a simulated one trusts everybody.
    rejectUnauthorized: false,
    headers: {
      'Content-Type': 'application/soap+xml; charset=UTF-8',
      'Content-Length': body.length,
      Connection: 'close',
      ...(authorization !== undefined && { Authorization: authorization }),
    },
  });
  sending.end(body);
  const [reply] = (await once(sending, 'response')) as [IncomingMessage];
  return { status: reply.statusCode ?? 0, body: await readAll(reply), challenge: reply.headers['www-authenticate'] };
}

async function readAll(reply: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of reply) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > mostReplyBytes) throw new Error('the reply is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** RFC 2617 with MD5. Nothing for what is no digest challenge. */
function answerTo(
  challenge: string,
  {
    login,
    uri,
    envelope,
  }: { readonly login: NonNullable<Subscription['login']>; readonly uri: string; readonly envelope: string },
): string | undefined {
  if (!/^digest /i.test(challenge)) return undefined;
  const found = new Map<string, string>();
  for (const [, name = '', quoted, bare] of challenge.slice('digest '.length).matchAll(parameter)) {
    found.set(name.toLowerCase(), quoted ?? bare ?? '');
  }
  const { realm = '', nonce = '', qop = '' } = Object.fromEntries(found);
  const offered = qop.split(',').map((one) => one.trim());
  const chosen = offered.includes('auth-int') && !offered.includes('auth') ? 'auth-int' : 'auth';
  const cnonce = randomBytes(8).toString('hex');
  const ha1 = hash('md5', `${login.user}:${realm}:${login.password.reveal()}`);
  const entity = chosen === 'auth-int' ? `:${hash('md5', envelope)}` : '';
  const ha2 = hash('md5', `POST:${uri}${entity}`);
  const response = hash('md5', `${ha1}:${nonce}:00000001:${cnonce}:${chosen}:${ha2}`);
  return (
    `Digest username="${login.user}",realm="${realm}",nonce="${nonce}",uri="${uri}",response="${response}",` +
    `qop=${chosen},nc=00000001,cnonce="${cnonce}"`
  );
}
