import { findChild, findPath, type XmlElement } from '../../../../src/base/xml/element';
import { parseXml } from '../../../../src/base/xml/parseXml';
import { areas } from '../../../../src/simulators/amt/classes';
import { AmtDevice, type AmtDeviceOptions } from '../../../../src/simulators/amt/device';
import { readRequest } from '../../../../src/simulators/amt/wire/readRequest';
import { WsmanService } from '../../../../src/simulators/amt/wsmanService';

const soap = 'http://www.w3.org/2003/05/soap-envelope';
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const wsman = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';
const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const schemas = {
  AMT: 'http://intel.com/wbem/wscim/1/amt-schema/1/',
  CIM: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/',
  IPS: 'http://intel.com/wbem/wscim/1/ips-schema/1/',
} as const;
export type ClassName = `${keyof typeof schemas}_${string}`;

const limits = { maxBytes: 1_000_000, maxDepth: 32, maxElements: 10_000, maxAttributes: 32 };

/** The text of each property; several in an array, references as their XML elements. */
export type Instance = Readonly<Record<string, string | readonly string[]>>;

/** What is sent: text, several of it, or XML that is inside already. */
export type Sent = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | { readonly xml: string }>
>;

export interface Reply {
  readonly status: number;
  readonly xml: string;
  readonly header: XmlElement;
  /** What is in the body. */
  readonly body: XmlElement | undefined;
}

/** A device and its WS-Management service without a network: envelopes are written and read here, apart from any client. */
export class Soap {
  readonly device: AmtDevice;
  readonly #service: WsmanService;
  readonly #account: string;
  readonly #isSecure: boolean;

  constructor(options: AmtDeviceOptions = {}, account = 'admin', transport: 'plain' | 'tls' = 'plain') {
    this.device = new AmtDevice(options, 0);
    for (const area of areas) area.start?.(this.device);
    this.#service = new WsmanService(this.device);
    this.#account = account;
    this.#isSecure = transport === 'tls';
  }

  get(name: ClassName, selectors?: Sent): Instance {
    return toInstance(body(this.send(`${transfer}/Get`, name, { ...(selectors && { selectors }) })));
  }

  put(name: ClassName, instance: Sent, selectors?: Sent): Reply {
    return this.send(`${transfer}/Put`, name, {
      inner: element(name, name, instance),
      ...(selectors && { selectors }),
    });
  }

  create(name: ClassName, instance: Sent): Reply {
    return this.send(`${transfer}/Create`, name, { inner: element(name, name, instance) });
  }

  delete(name: ClassName, selectors: Sent): Reply {
    return this.send(`${transfer}/Delete`, name, { selectors });
  }

  /** Everything, through as many pulls as it takes. */
  list(name: ClassName): readonly Instance[] {
    return this.elements(name).map(toInstance);
  }

  elements(name: ClassName): readonly XmlElement[] {
    const found: XmlElement[] = [];
    let context = this.#enumerate(name);
    while (context !== undefined) {
      const pulled = body(this.#pull(name, context));
      found.push(...(findChild(pulled, 'Items')?.children ?? []));
      context = findChild(pulled, 'EnumerationContext')?.text;
    }
    return found;
  }

  /** The reply to the first Pull. */
  pull(name: ClassName): Reply {
    return this.#pull(name, this.#enumerate(name) ?? '');
  }

  #enumerate(name: ClassName): string | undefined {
    const inner = `<n:Enumerate xmlns:n="${enumeration}"/>`;
    return findChild(body(this.send(`${enumeration}/Enumerate`, name, { inner })), 'EnumerationContext')?.text;
  }

  #pull(name: ClassName, context: string): Reply {
    const inner =
      `<n:Pull xmlns:n="${enumeration}"><n:EnumerationContext>${context}</n:EnumerationContext>` +
      '<n:MaxElements>999</n:MaxElements></n:Pull>';
    return this.send(`${enumeration}/Pull`, name, { inner });
  }

  /** The reply of a method. */
  call(name: ClassName, method: string, input: Sent = {}, selectors?: Sent): Reply {
    const inner = element(name, `${method}_INPUT`, input);
    return this.send(`${uri(name)}/${method}`, name, { inner, ...(selectors && { selectors }) });
  }

  /** The out-parameters of a method. */
  invoke(name: ClassName, method: string, input: Sent = {}, selectors?: Sent): Instance {
    return toInstance(body(this.call(name, method, input, selectors)));
  }

  send(
    action: string,
    name: ClassName,
    { inner = '', selectors = {}, header = '' }: { inner?: string; selectors?: Sent; header?: string },
  ): Reply {
    const set = Object.entries(selectors)
      .map(([key, value]) => `<w:Selector Name="${key}">${written(value)}</w:Selector>`)
      .join('');
    const request = readRequest(
      new TextEncoder().encode(
        `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}" xmlns:w="${wsman}"><s:Header><a:Action>${action}</a:Action>` +
          `<a:To>/wsman</a:To><w:ResourceURI>${uri(name)}</w:ResourceURI><a:MessageID>7</a:MessageID>` +
          `${header}<w:SelectorSet>${set}</w:SelectorSet></s:Header><s:Body>${inner}</s:Body></s:Envelope>`,
      ),
    );
    if (!request) throw new Error('the device did not take it for an envelope');
    const caller = { account: this.#account, isSecure: this.#isSecure, from: '127.0.0.1' };
    const { status, envelope } = this.#service.answer(request, caller);
    const read = parseXml(new TextEncoder().encode(envelope), limits);
    const header_ = findPath(read, 'Header');
    if (!header_) throw new Error(envelope);
    return { status, xml: envelope, header: header_, body: findPath(read, 'Body')?.children[0] };
  }
}

/** `AlreadyExists`, or `InternalError 16` where there is a status, or `InvalidRepresentation InvalidValues`; `ok` when it is none. */
export function faultOf({ status, body: found }: Reply): string {
  if (status === 200) return 'ok';
  const subcode = findPath(found, 'Code', 'Subcode', 'Value')?.text.replace(/^.*:/, '') ?? '';
  const [detail] = findPath(found, 'Detail')?.children ?? [];
  return detail ? `${subcode} ${detail.text.replace(/^.*[/ ]/, '')}` : subcode;
}

/** A reference as a parameter or property: Address and ReferenceParameters. */
export function reference(name: ClassName, selectors: Sent): { readonly xml: string } {
  const set = Object.entries(selectors)
    .map(([key, value]) => `<w:Selector Name="${key}">${written(value)}</w:Selector>`)
    .join('');
  return {
    xml:
      `<a:Address xmlns:a="${addressing}">${addressing}/role/anonymous</a:Address><a:ReferenceParameters xmlns:a="${addressing}" ` +
      `xmlns:w="${wsman}"><w:ResourceURI>${uri(name)}</w:ResourceURI><w:SelectorSet>${set}</w:SelectorSet></a:ReferenceParameters>`,
  };
}

/** A reference as the value of a selector. */
export function key(name: ClassName, selectors: Sent): { readonly xml: string } {
  return {
    xml: `<a:EndpointReference xmlns:a="${addressing}">${reference(name, selectors).xml}</a:EndpointReference>`,
  };
}

/** An instance inside a parameter. */
export function inside(name: ClassName, instance: Sent): { readonly xml: string } {
  return { xml: children(name, instance) };
}

/** The value of the selector of that name, at any depth of a property. */
export function selectorIn(parent: XmlElement | undefined, name: string): string | undefined {
  if (!parent) return undefined;
  if (parent.name === 'Selector' && parent.attributes.get('Name') === name && parent.children.length === 0) {
    return parent.text;
  }
  return parent.children.map((child) => selectorIn(child, name)).find((found) => found !== undefined);
}

function body(reply: Reply): XmlElement {
  if (reply.status !== 200 || !reply.body) throw new Error(`${faultOf(reply)}: ${reply.xml}`);
  return reply.body;
}

function toInstance(parent: XmlElement): Instance {
  const names = [...new Set(parent.children.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const texts = parent.children.filter((child) => child.name === name).map(textOf);
      return [name, texts.length === 1 ? (texts[0] ?? '') : texts];
    }),
  );
}

function textOf(element: XmlElement): string {
  const [only] = element.children;
  if (!only) return element.text;
  return only.name === 'Datetime' || only.name === 'Interval' ? only.text : '(reference)';
}

function uri(name: ClassName): string {
  return schemas[name.slice(0, 3) as keyof typeof schemas] + name;
}

function element(namespace: ClassName, name: string, instance: Sent): string {
  return `<r:${name} xmlns:r="${uri(namespace)}">${children(namespace, instance)}</r:${name}>`;
}

function children(namespace: ClassName, instance: Sent): string {
  return Object.entries(instance)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one: unknown) => ({ name, one })))
    .map(({ name, one }) => `<r:${name} xmlns:r="${uri(namespace)}">${written(one)}</r:${name}>`)
    .join('');
}

function written(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'xml' in value) return String(value.xml);
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
