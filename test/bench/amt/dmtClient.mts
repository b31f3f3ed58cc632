// The Device Management Toolkit's way: its messages, a connection for each request, every answer parsed into objects.
import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { BenchClient, Target } from './client.mts';
import { enumerations, gets, onAll, password, user } from './common.mts';
import { peerRequire } from './peerRequire.mts';

interface MessagesOfClass {
  Get(): string;
  Enumerate(): string;
  Pull(context: string): string;
}

interface Batch {
  readonly Items?: unknown;
  readonly EnumerationContext?: string;
}
interface Body {
  readonly EnumerateResponse?: Batch;
  readonly PullResponse?: Batch;
}

export const dmtClient: BenchClient = (targets, task) => {
  const require = peerRequire();
  const { CIM } = require('@device-management-toolkit/wsman-messages') as {
    CIM: { Messages: new () => Readonly<Record<string, MessagesOfClass>> };
  };
  const { XMLParser } = require('fast-xml-parser') as {
    XMLParser: new (options: object) => { parse(text: string): unknown };
  };
  const parser = new XMLParser({ ignoreAttributes: false, removeNSPrefix: true });
  const messages = new CIM.Messages();
  const of = (name: string): MessagesOfClass => {
    const found = messages[messageNames[name] ?? name.replace('CIM_', '')];
    if (!found) throw new Error(`no messages for ${name}`);
    return found;
  };
  return onAll(targets, async (target) => {
    const login: Login = { count: 0 };
    const ask = async (body: string): Promise<Body> =>
      (parser.parse(await post(target, body, login)) as { readonly Envelope: { readonly Body: Body } }).Envelope.Body;
    for (const name of gets[task]) if (!(name in (await ask(getOf(of, name))))) return false;
    for (const name of enumerations[task]) {
      let context = (await ask(of(name).Enumerate())).EnumerateResponse?.EnumerationContext;
      while (context !== undefined) {
        const pulled: Batch | undefined = (await ask(of(name).Pull(context))).PullResponse;
        if (!pulled?.Items) return false;
        context = pulled.EnumerationContext;
      }
    }
    return true;
  });
};

const messageNames: Readonly<Record<string, string>> = {
  CIM_AssociatedPowerManagementService: 'ServiceAvailableToElement',
};

/** Where the toolkit has no Get it enumerates; that the floor and we do with one request it does likewise, by a Get of its own form. */
function getOf(of: (name: string) => MessagesOfClass, name: string): string {
  if (!(name in messageNames)) return of(name).Get();
  const chassis = of('CIM_Chassis').Get();
  return chassis.replaceAll('CIM_Chassis', name);
}

interface Login {
  challenge?: { readonly realm: string; readonly nonce: string };
  count: number;
}

async function post(target: Target, body: string, login: Login): Promise<string> {
  const first = await send(target, body, login);
  if (first.status !== 401) return first.text;
  const [realm = '', nonce = ''] = ['realm', 'nonce'].map(
    (key) => new RegExp(`${key}="([^"]*)"`).exec(first.challenge)?.[1],
  );
  login.challenge = { realm, nonce };
  return (await send(target, body, login)).text;
}

function send(
  { host, port, tls }: Target,
  body: string,
  login: Login,
): Promise<{ readonly status: number; readonly challenge: string; readonly text: string }> {
  const { request } = tls ? https : http;
  const headers = { 'Content-Type': 'application/soap+xml;charset=UTF-8', ...authorize(login) };
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port,
      method: 'POST',
      path: '/wsman',
      headers,
      agent: false as const,
      rejectUnauthorized: false,
    };
    const sent = request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, challenge: answer.headers['www-authenticate'] ?? '', text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function authorize(login: Login): Readonly<Record<string, string>> {
  if (!login.challenge) return {};
  const { realm, nonce } = login.challenge;
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const nc = (++login.count).toString(16).padStart(8, '0');
  const cnonce = '0a4f113b';
  const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${nc}:${cnonce}:auth:${md5('POST:/wsman')}`);
  return {
    Authorization: `Digest username="${user}",realm="${realm}",nonce="${nonce}",uri="/wsman",response="${response}",qop=auth,nc=${nc},cnonce="${cnonce}"`,
  };
}
