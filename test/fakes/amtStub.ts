import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SidebandError } from '../../src/base/errors';
import { silentLog } from '../../src/base/log';
import { Secret } from '../../src/base/secret';
import { builtInDefinitions } from '../../src/fleet/definitions';
import type { Node, Row } from '../../src/nodes/node';
import type { Operation, StepResult, Way, WayRequest } from '../../src/operations/operation';
import { WsmanClient } from '../../src/protocols/wsman/client';
import { AmtClient } from '../../src/technologies/amt/client';
import { memoryCache } from './cache';
import { fakeComputer } from './technology';

/**
 * What answers a request: what is inside the body of a device's envelope, `g` and `h` standing for the class and `i` for the common
 * namespace; or a whole recorded envelope; or that the answer is lost, or the connection refused.
 */
export type StubAnswer = Answered | ((body: string, envelope: string) => Answered);
type Answered = string | typeof lost | typeof refused;
export const lost = Symbol('the answer is lost');
export const refused = Symbol('the connection is refused');

const schemas = {
  AMT: 'http://intel.com/wbem/wscim/1/amt-schema/1/',
  CIM: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/',
  IPS: 'http://intel.com/wbem/wscim/1/ips-schema/1/',
} as const;
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';

/** A recorded envelope, without the number of the request that it answered. */
export function recorded(path: string): string {
  const file = readFileSync(join(import.meta.dirname, '../fixtures/amt/wsman', path), 'utf8');
  return file.replace(/<b:RelatesTo>.*?<\/b:RelatesTo>/s, '');
}

/** The state that an operation leads to, as plans show it. */
export function thenOf(operation: Operation, parameters: Readonly<Record<string, unknown>> = {}): string | undefined {
  return operation.then?.(operation.parameters.parse(parameters), builtInDefinitions);
}

/** The output of a method that has nothing to say but its ReturnValue. */
export function returned(method: string, value: number): string {
  return `<g:${method}_OUTPUT><g:ReturnValue>${value}</g:ReturnValue></g:${method}_OUTPUT>`;
}

/**
 * Answers requests by name: `Get AMT_GeneralSettings`, `Put …`, `Enumerate …`, `AMT_RedirectionService.RequestStateChange`, with keys
 * behind it where there are several: `Get AMT_EthernetPortSettings InstanceID=…`. What it has no answer for does not exist. A Put
 * without an answer is believed: it is what the next Get says.
 */
export class AmtStub {
  readonly answers: Map<string, StubAnswer>;
  /** Every request that may change something: its name, and the body as it was sent. */
  readonly changes: string[] = [];
  /** Of every profile. */
  storedPassword = 'secret';
  readonly client: AmtClient;

  constructor(answers: Readonly<Record<string, StubAnswer>> = {}, { tls = true } = {}) {
    this.answers = new Map(Object.entries(answers));
    const wsman = new WsmanClient((envelope) => this.#answer(envelope));
    const address = { port: tls ? 16993 : 16992, tls: tls ? ('tls' as const) : ('clear' as const) };
    const connection = {
      wsman,
      address,
      version: '15.0.23.1706',
      realm: undefined,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    const endpoint = {
      ...{ computer: 'lab-01', host: '10.0.0.1', port: address.port, isPortGiven: false },
      options: { user: 'admin', trust: 'pin' as const, legacy: false },
      secret: () => Promise.resolve(new Secret('admin')),
    };
    this.client = new AmtClient(endpoint, connection, { cache: memoryCache() });
  }

  run(
    operation: Operation,
    parameters: Readonly<Record<string, unknown>> = {},
    beforeAct: Parameters<Way['run']>[2] = () => Promise.resolve(),
  ): Promise<StepResult> {
    const given = operation.parameters.parse(parameters);
    return this.#way(operation, given).run(this.#request(), given, beforeAct);
  }

  /** Runs it, and keeps its intent among the changes: `intend off`. */
  runRecorded(operation: Operation, parameters: Readonly<Record<string, unknown>> = {}): Promise<StepResult> {
    return this.run(operation, parameters, (before = '') => {
      this.changes.push(`intend ${before}`.trimEnd());
      return Promise.resolve();
    });
  }

  now(operation: Operation, parameters: Readonly<Record<string, unknown>> = {}): Promise<string> | undefined {
    const given = operation.parameters.parse(parameters);
    return this.#way(operation, given).now?.(this.#request(), given);
  }

  lacks(
    operation: Operation,
    parameters: Readonly<Record<string, unknown>> = {},
  ): Promise<string | undefined> | undefined {
    const given = operation.parameters.parse(parameters);
    return this.#way(operation, given).lacks?.(this.#request(), given);
  }

  async show(node: Node): Promise<readonly Row[]> {
    const source = node.sources.find(({ technology }) => technology === 'amt');
    if (!source) throw new Error(`${node.id} is not read by AMT`);
    const { sessions, computer, signal } = this.#request();
    return (await source.read(sessions, computer, { signal })).rows;
  }

  #way(operation: Operation, given: unknown): Operation['ways'][number] {
    const way = operation.ways.find((one) => one.technology === 'amt' && one.serves(given));
    if (!way) throw new Error(`${operation.id} has no AMT way`);
    return way;
  }

  #request(): WayRequest {
    const use = (_: unknown, __: unknown, ___: unknown, act: (client: AmtClient) => unknown): unknown =>
      act(this.client);
    const secret = (): Promise<Secret> => Promise.resolve(new Secret(this.storedPassword));
    const sessions = { use, secret } as unknown as WayRequest['sessions'];
    const { signal } = new AbortController();
    const computer = fakeComputer('lab-01', ['amt']);
    return { sessions, computer, signal, log: silentLog, definitions: builtInDefinitions };
  }

  #answer(envelope: string): Promise<{ status: number; body: Uint8Array }> {
    const [, action = ''] = /<a:Action>[^<]*\/([^/<]+)<\/a:Action>/.exec(envelope) ?? [];
    const [, uri = ''] = /<w:ResourceURI>([^<]*)<\/w:ResourceURI>/.exec(envelope) ?? [];
    const body = /<s:Body>(.*)<\/s:Body>/s.exec(envelope)?.[1] ?? '';
    const className = uri.slice(uri.lastIndexOf('/') + 1);
    const isMethod = envelope.includes(`${action}_INPUT`);
    const verb = action === 'Pull' ? 'Enumerate' : action;
    const name = isMethod ? `${className}.${action}` : `${verb} ${className}`;
    const header = envelope.slice(0, envelope.indexOf('<s:Body'));
    const keys = [...header.matchAll(/<w:Selector Name="([^"]*)">([^<]*)</g)].map(
      ([, key, value]) => `${key}=${value}`,
    );
    const full = [name, ...keys].join(' ');
    if (!/^(Get|Enumerate|Pull|Release)$/.test(action)) this.changes.push(`${full}: ${body}`);
    const answer = this.answers.get(full) ?? this.answers.get(name);
    if (action === 'Enumerate' && answer !== undefined) {
      const context = '<g:EnumerationContext>17000000-0000-0000-0000-000000000000</g:EnumerationContext>';
      return reply(`<g:EnumerateResponse>${context}</g:EnumerateResponse>`, enumeration, uri);
    }
    if (answer === undefined) return action === 'Put' ? this.#believe(full, envelope) : unreachable(uri);
    const text = typeof answer === 'function' ? answer(body, envelope) : answer;
    if (text === lost)
      return Promise.reject(new SidebandError('connect.lost', 'the connection was closed', { effect: 'unknown' }));
    if (text === refused) return Promise.reject(new SidebandError('connect.refused', 'nothing listens'));
    if (text.startsWith('<?xml')) return sent(200, text);
    if (action !== 'Pull' || text.startsWith('<g:')) return reply(text, action === 'Pull' ? enumeration : uri, uri);
    return reply(`<g:PullResponse><g:Items>${text}</g:Items><g:EndOfSequence/></g:PullResponse>`, enumeration, uri);
  }

  #believe(full: string, envelope: string): Promise<{ status: number; body: Uint8Array }> {
    const held = full.replace('Put', 'Get');
    this.answers.set(held, envelope.replace(/<a:MessageID>.*?<\/a:MessageID>/, ''));
    return sent(200, this.answers.get(held) as string);
  }
}

function reply(body: string, g: string, h: string): Promise<{ status: number; body: Uint8Array }> {
  return sent(200, envelopeOf(body, g, h));
}

function unreachable(uri: string): Promise<{ status: number; body: Uint8Array }> {
  const code =
    '<a:Code><a:Value>a:Sender</a:Value><a:Subcode><a:Value>b:DestinationUnreachable</a:Value></a:Subcode></a:Code>';
  const reason =
    '<a:Reason><a:Text xml:lang="en-US">No route can be determined to reach the destination role.</a:Text></a:Reason>';
  return sent(400, envelopeOf(`<a:Fault>${code}${reason}<a:Detail></a:Detail></a:Fault>`, uri, uri));
}

function envelopeOf(body: string, g: string, h: string): string {
  const declared = {
    a: 'http://www.w3.org/2003/05/soap-envelope',
    b: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
    c: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
    d: 'http://schemas.xmlsoap.org/ws/2004/08/eventing',
    t: 'http://schemas.xmlsoap.org/ws/2004/09/transfer',
    ...{ g, h, i: 'http://schemas.dmtf.org/wbem/wscim/1/common' },
  };
  const namespaces = Object.entries(declared).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  return `<?xml version="1.0" encoding="UTF-8"?><a:Envelope${namespaces.join('')}><a:Header></a:Header><a:Body>${body}</a:Body></a:Envelope>`;
}

function sent(status: number, text: string): Promise<{ status: number; body: Uint8Array }> {
  return Promise.resolve({ status, body: new TextEncoder().encode(text) });
}

/** A reference as a device writes it. */
export function referenceTo(
  className: `${keyof typeof schemas}_${string}`,
  keys: Readonly<Record<string, string>>,
): string {
  const schema = schemas[className.slice(0, 3) as keyof typeof schemas];
  const selectors = Object.entries(keys).map(([name, value]) => `<c:Selector Name="${name}">${value}</c:Selector>`);
  return (
    '<b:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</b:Address>' +
    `<b:ReferenceParameters><c:ResourceURI>${schema}${className}</c:ResourceURI>` +
    `<c:SelectorSet>${selectors.join('')}</c:SelectorSet></b:ReferenceParameters>`
  );
}
