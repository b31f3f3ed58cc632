// The Device Management Toolkit's way: its messages, a connection for each request, every answer parsed into objects.
import http from 'node:http';
import https from 'node:https';
import type { BenchClient, Target } from './client.mts';
import { enumerations, gets, onAll } from './common.mts';
import { FloorLogin } from './floorLogin.mts';
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
    const login = new FloorLogin();
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

async function post(target: Target, body: string, login: FloorLogin): Promise<string> {
  const first = await send(target, body, login);
  if (first.status !== 401) return first.text;
  login.accept(first.challenge);
  return (await send(target, body, login)).text;
}

function send(
  { host, port, tls }: Target,
  body: string,
  login: FloorLogin,
): Promise<{ readonly status: number; readonly challenge: string; readonly text: string }> {
  const { request } = tls ? https : http;
  const headers = { 'Content-Type': 'application/soap+xml;charset=UTF-8', ...login.headers() };
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
