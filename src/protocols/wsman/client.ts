import { Turns } from '../../base/turns';
import type { XmlElement } from '../../base/xml/element';
import { enumerateAll, type EnumerationFilter } from './enumeration';
import type { Message } from './envelope';
import {
  issuedTokens,
  readSubscription,
  subscribeBody,
  unsubscribeBody,
  type Subscription,
  type SubscriptionRequest,
} from './eventing';
import { Exchanger, readSaid, type RequestKind, type WsmanExchange, type WsmanOptions } from './exchanger';
import { Instance } from './instance';
import { namespaces } from './namespaces';
import { readInstance, readOutput, readResourceCreated, type Reply } from './response';
import { propertyElements } from './sendable';
import { element } from './tree';
import type { EndpointReference, Properties, Selectors } from './values';

export interface CallOptions {
  /** Keys of the instance. Absent: the class has only one. */
  readonly selectors?: Selectors;
  readonly signal: AbortSignal;
}

export interface EnumerateOptions extends CallOptions {
  readonly filter?: EnumerationFilter;
  /** Beyond this the answer is taken for a mistake. Usually 10,000. */
  readonly mostItems?: number;
}

export interface InvokeOptions extends CallOptions {
  /** `read` for methods that change nothing. Usually `change`. */
  readonly kind?: RequestKind;
}

const usualMostItems = 10_000;

/**
 * WS-Management with one device, DSP0226: one request in flight at a time, and one enumeration. Requests reject with what the exchange
 * rejects with, with the device's fault as `device.*` or `access.privilege`, or with `protocol.*`. A lost answer to a read is no
 * matter; to anything else it has the effect `unknown`.
 */
export class WsmanClient {
  readonly #exchanger: Exchanger;
  readonly #turns = new Turns();

  constructor(exchange: WsmanExchange, options: WsmanOptions = {}) {
    this.#exchanger = new Exchanger(exchange, options);
  }

  async get(resourceUri: string, options: CallOptions): Promise<Instance> {
    const what = `Get ${className(resourceUri)}`;
    const reply = await this.#ask({ what, kind: 'read', action: transfer('Get'), resourceUri }, options);
    return readInstance(reply, what);
  }

  /** Replaces an instance as a whole. Resolves with it as stored, or undefined when the device does not say. */
  async put(resourceUri: string, instance: Instance | Properties, options: CallOptions): Promise<Instance | undefined> {
    const what = `Put ${className(resourceUri)}`;
    const body = toBody(resourceUri, instance);
    const reply = await this.#ask({ what, kind: 'change', action: transfer('Put'), resourceUri, body }, options);
    return reply.content && Instance.read(reply.content);
  }

  async create(resourceUri: string, instance: Instance | Properties, options: CallOptions): Promise<EndpointReference> {
    const what = `Create ${className(resourceUri)}`;
    const body = toBody(resourceUri, instance);
    const reply = await this.#ask({ what, kind: 'change', action: transfer('Create'), resourceUri, body }, options);
    return readSaid('change', () => readResourceCreated(reply, what));
  }

  async delete(resourceUri: string, options: CallOptions): Promise<void> {
    const what = `Delete ${className(resourceUri)}`;
    await this.#ask({ what, kind: 'change', action: transfer('Delete'), resourceUri }, options);
  }

  /** All instances, those of subclasses too, which have their own class name. */
  async enumerate(resourceUri: string, options: EnumerateOptions): Promise<readonly Instance[]> {
    const { selectors, filter, mostItems = usualMostItems, signal } = options;
    const what = `Enumerate ${className(resourceUri)}`;
    const items = await this.#inTurn(signal, () =>
      enumerateAll(this.#exchanger, { resourceUri, what, selectors, filter, mostItems }, signal),
    );
    return items.map((item) => Instance.read(item));
  }

  /** Calls a method. Resolves with its output, whatever the ReturnValue in it. */
  async invoke(resourceUri: string, method: string, parameters: Properties, options: InvokeOptions): Promise<Instance> {
    const what = `${className(resourceUri)}.${method}`;
    const body = element(resourceUri, `${method}_INPUT`, propertyElements(resourceUri, parameters));
    const { kind = 'change' } = options;
    const reply = await this.#ask({ what, kind, action: `${resourceUri}/${method}`, resourceUri, body }, options);
    return readSaid(kind, () => readOutput(reply, what));
  }

  /** Asks for events. In Intel AMT the resource is a CIM_FilterCollection. */
  async subscribe(resourceUri: string, request: SubscriptionRequest, options: CallOptions): Promise<Subscription> {
    const message = {
      what: `Subscribe ${className(resourceUri)}`,
      kind: 'change' as const,
      action: `${namespaces.eventing}/Subscribe`,
      resourceUri,
      body: subscribeBody(request),
      ...(request.login && { headers: [issuedTokens(request.login)] }),
    };
    const reply = await this.#ask(message, options);
    return readSaid('change', () => readSubscription(reply));
  }

  /** In Intel AMT the resource is a CIM_FilterCollectionSubscription, and its keys say which. */
  async unsubscribe(resourceUri: string, options: CallOptions): Promise<void> {
    const what = `Unsubscribe ${className(resourceUri)}`;
    const action = `${namespaces.eventing}/Unsubscribe`;
    await this.#ask({ what, kind: 'change', action, resourceUri, body: unsubscribeBody() }, options);
  }

  #ask(
    message: Message & { readonly what: string; readonly kind: RequestKind },
    { selectors, signal }: CallOptions,
  ): Promise<Reply> {
    const request = { ...message, ...(selectors && { selectors }) };
    return this.#inTurn(signal, () => this.#exchanger.ask(request, signal));
  }

  async #inTurn<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    if (!this.#turns.tryEnter()) await this.#turns.enter(signal);
    try {
      return await act();
    } finally {
      this.#turns.leave();
    }
  }
}

function className(resourceUri: string): string {
  return resourceUri.slice(resourceUri.lastIndexOf('/') + 1);
}

function transfer(operation: string): string {
  return `${namespaces.transfer}/${operation}`;
}

function toBody(resourceUri: string, instance: Instance | Properties): XmlElement {
  return (instance instanceof Instance ? instance : Instance.of(resourceUri, instance)).toElement();
}
