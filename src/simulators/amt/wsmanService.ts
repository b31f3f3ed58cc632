import { findChild } from '../../base/xml/element';
import {
  type Answer,
  createdAnswer,
  emptyAnswer,
  enumerateAnswer,
  instanceAnswer,
  namespacesOf,
  outputAnswer,
  pullAnswer,
} from './answers';
import { classesUnder } from './classes';
import type { AmtCall, AmtDevice } from './device';
import { type EnumerationMode, Enumerations, type Found } from './enumerations';
import type { AmtClass, Context, Output } from './model/amtClass';
import { AmtFault, missingValue } from './model/fault';
import { Sent } from './model/sent';
import { keysOf, matches } from './model/selectors';
import { type Keys, type Properties, resourceUri } from './model/values';
import { Realm } from './realms';
import { faultEnvelope, replyEnvelope } from './wire/envelope';
import * as ns from './wire/namespaces';
import type { WsmanRequest as Received } from './wire/readRequest';

/** The account may not do that at all: some firmware says so without an envelope. */
class RealmMissing extends AmtFault {
  constructor() {
    super('AccessDenied');
  }
}

/** Who sent a request, and how. */
export interface Caller {
  readonly account: string;
  readonly isSecure: boolean;
  readonly from: string;
}

export interface WsmanReply {
  /** 403 has no envelope. */
  readonly status: 200 | 400 | 403 | 500;
  readonly envelope: string;
}

type WsmanRequest = Received & { readonly selectors: Keys };

const mostAtOnce = 999;

/** The WS-Management service of a device: requests to replies. */
export class WsmanService {
  readonly #device: AmtDevice;
  readonly #enumerations = new Enumerations();
  /** Counts from the start of the management engine. */
  #messages = 0;

  constructor(device: AmtDevice) {
    this.#device = device;
  }

  answer(request: Received, caller: Caller): WsmanReply {
    const head = { relatesTo: request.messageId, messageId: this.#nextMessageId() };
    try {
      if (this.#device.faults.takesBusy()) throw new AmtFault('QuotaLimit');
      if (request.action === '' || request.messageId === '') throw new AmtFault('MessageInformationHeaderRequired');
      const { selectors } = request;
      if (!selectors) throw new AmtFault('InvalidSelectors');
      const answer = this.#carryOut({ ...request, selectors }, caller);
      return {
        status: 200,
        envelope: replyEnvelope({ ...head, ...answer, resourceUri: request.resourceUri }, answer.body),
      };
    } catch (error) {
      if (error instanceof RealmMissing && this.#device.options.withoutRealm === '403') {
        return { status: 403, envelope: '' };
      }
      if (!(error instanceof AmtFault)) this.#device.errors.push(error);
      const fault = error instanceof AmtFault ? error : new AmtFault('InternalError');
      return { status: fault.kind.isReceiver ? 500 : 400, envelope: faultEnvelope(fault, head) };
    } finally {
      this.#device.counters.enumerationsOpen = this.#enumerations.size;
    }
  }

  #carryOut(request: WsmanRequest, caller: Caller): Answer {
    const found = request.className === undefined ? [] : classesUnder(this.#device, request.className);
    const cimClass = this.#choose(found, request);
    if (!cimClass) throw new AmtFault('DestinationUnreachable');
    switch (request.action) {
      case `${ns.enumeration}/Enumerate`:
        return this.#enumerate(request, found, caller);
      case `${ns.enumeration}/Pull`:
        return this.#pull(request);
      case `${ns.enumeration}/Release`:
        this.#enumerations.release(new Sent(request.body).requiredText('EnumerationContext'));
        return emptyAnswer(`${ns.enumeration}/ReleaseResponse`);
      case `${ns.transfer}/Get`:
        return this.#get(request, found, caller);
      case `${ns.transfer}/Put`:
        return this.#put(request, cimClass, caller);
      case `${ns.transfer}/Create`:
        return this.#create(request, cimClass, caller);
      case `${ns.transfer}/Delete`:
        return this.#delete(request, cimClass, caller);
      default:
        return this.#act(request, cimClass, caller);
    }
  }

  #enumerate(request: WsmanRequest, classes: readonly AmtClass[], caller: Caller): Answer {
    for (const one of classes) this.#assertMayRead(one, caller);
    if (findChild(request.body, 'Filter')) throw new AmtFault('FilteringNotSupported');
    const found = classes.flatMap((one) =>
      one.list(this.#device).map((properties): Found => {
        const { name: className, keys, isDated = false } = one;
        return { className, keys, isDated, properties };
      }),
    );
    const { resourceUri: uri } = request;
    return enumerateAnswer(this.#enumerations.start({ resourceUri: uri, mode: modeOf(request), found }, Date.now()));
  }

  #pull(request: WsmanRequest): Answer {
    const sent = new Sent(request.body);
    return pullAnswer(
      this.#enumerations.pull(sent.requiredText('EnumerationContext'), {
        resourceUri: request.resourceUri,
        most: Math.min(Math.max(sent.integer('MaxElements') ?? 1, 1), mostAtOnce),
        now: Date.now(),
      }),
    );
  }

  #get(request: WsmanRequest, classes: readonly AmtClass[], caller: Caller): Answer {
    for (const one of classes) {
      this.#assertMayRead(one, caller);
      const [instance] = this.#select(one, request.selectors);
      if (instance) return instanceAnswer(`${ns.transfer}/GetResponse`, one, instance);
    }
    throw new AmtFault('DestinationUnreachable');
  }

  #put(request: WsmanRequest, cimClass: AmtClass, caller: Caller): Answer {
    if (!cimClass.put) throw new AmtFault('ActionNotSupported');
    this.#assertMayChange(cimClass, caller);
    const instance = this.#selectOne(cimClass, request.selectors);
    const sent = this.#sentInstance(request, cimClass);
    cimClass.put({ ...this.#context(request, caller), instance }, sent);
    this.#record('Put', request, sent);
    const action = `${ns.transfer}/PutResponse`;
    if (cimClass.putReply === 'empty') {
      return emptyAnswer(action, namespacesOf(cimClass.name, cimClass.isDated ?? false));
    }
    const keys = keysOf(instance, cimClass.keys);
    return instanceAnswer(action, cimClass, this.#select(cimClass, keys)[0] ?? instance);
  }

  #create(request: WsmanRequest, cimClass: AmtClass, caller: Caller): Answer {
    if (!cimClass.create) throw new AmtFault('ActionNotSupported');
    this.#assertMayChange(cimClass, caller);
    const sent = this.#sentInstance(request, cimClass);
    const keys = cimClass.create(this.#context(request, caller), sent);
    this.#record('Create', request, sent);
    return createdAnswer(cimClass.name, keys);
  }

  #delete(request: WsmanRequest, cimClass: AmtClass, caller: Caller): Answer {
    if (!cimClass.delete) throw new AmtFault('ActionNotSupported');
    this.#assertMayChange(cimClass, caller);
    const instance = this.#selectOne(cimClass, request.selectors);
    cimClass.delete({ ...this.#context(request, caller), instance });
    this.#record('Delete', request, new Sent(undefined));
    return emptyAnswer(`${ns.transfer}/DeleteResponse`);
  }

  /** A method, or an action of the class's own. */
  #act(request: WsmanRequest, cimClass: AmtClass, caller: Caller): Answer {
    const special = cimClass.actions?.[request.action];
    if (special) {
      this.#assertMayChange(cimClass, caller);
      const [instance] =
        Object.keys(request.selectors).length > 0 ? [this.#selectOne(cimClass, request.selectors)] : [];
      const sent = new Sent(request.body);
      const context = { ...this.#context(request, caller), header: request.header };
      const reply = special(instance ? { ...context, instance } : context, sent);
      this.#record(request.action.slice(request.action.lastIndexOf('/') + 1), request, sent);
      return reply;
    }
    const prefix = `${resourceUri(cimClass.name)}/`;
    if (!request.action.startsWith(prefix)) throw new AmtFault('ActionNotSupported');
    return this.#invoke(request.action.slice(prefix.length), request, cimClass, caller);
  }

  #invoke(method: string, request: WsmanRequest, cimClass: AmtClass, caller: Caller): Answer {
    const query = cimClass.queries?.[method];
    const run = query ?? cimClass.methods?.[method];
    if (!run) throw new AmtFault('ActionNotSupported');
    if (query) this.#assertMayRead(cimClass, caller);
    else this.#assertMayChange(cimClass, caller);
    if (request.body?.name !== `${method}_INPUT`) throw new AmtFault('SchemaValidationError');
    const instance = this.#selectOne(cimClass, request.selectors);
    const sent = new Sent(request.body);
    const output = asParameters(run({ ...this.#context(request, caller), instance }, sent));
    if (!query) this.#record(method, request, sent, output.ReturnValue);
    return outputAnswer(cimClass.name, method, output);
  }

  /** Where a request goes when more than one area has instances of its class: where the selectors lead. */
  #choose(classes: readonly AmtClass[], { className, selectors }: WsmanRequest): AmtClass | undefined {
    const own = classes.filter(({ name }) => name === className);
    if (own.length < 2) return own[0] ?? classes[0];
    return own.find((one) => one.list(this.#device).some((instance) => matches(instance, selectors))) ?? own[0];
  }

  #sentInstance(request: WsmanRequest, cimClass: AmtClass): Sent {
    if (!request.body) throw missingValue();
    if (request.body.name !== cimClass.name) throw new AmtFault('SchemaValidationError');
    return new Sent(request.body);
  }

  /** The instances that have all the selectors. */
  #select(cimClass: AmtClass, selectors: Keys): readonly Properties[] {
    if (Object.keys(selectors).some((name) => !cimClass.keys.includes(name))) throw new AmtFault('InvalidSelectors');
    return cimClass.list(this.#device).filter((instance) => matches(instance, selectors));
  }

  /** For what changes something there must be no doubt which instance is meant. */
  #selectOne(cimClass: AmtClass, selectors: Keys): Properties {
    const [instance, another] = this.#select(cimClass, selectors);
    if (!instance) throw new AmtFault('DestinationUnreachable');
    if (another) throw new AmtFault('InvalidSelectors', 'InsufficientSelectors');
    return instance;
  }

  #assertMayRead({ readers, writers = [] }: AmtClass, { account }: Caller): void {
    if (readers && !this.#device.accounts.mayUse(account, [...readers, ...writers])) throw new RealmMissing();
  }

  #assertMayChange({ writers = [Realm.administration] }: AmtClass, { account }: Caller): void {
    if (!this.#device.accounts.mayUse(account, writers)) throw new RealmMissing();
  }

  #context({ selectors }: WsmanRequest, caller: Caller): Omit<Context, 'instance'> {
    return { device: this.#device, selectors, ...caller };
  }

  #record(method: string, request: WsmanRequest, sent: Sent, returned = 0): void {
    const { className: resource = '', selectors } = request;
    const call: AmtCall = { method, resource, selectors, parameters: sent.summary(), returned };
    (returned === 0 ? this.#device.calls : this.#device.refused).push(call);
  }

  /** `uuid:00000000-8086-8086-8086-000000000030` */
  #nextMessageId(): string {
    this.#messages++;
    return `uuid:00000000-8086-8086-8086-${this.#messages.toString(16).toUpperCase().padStart(12, '0')}`;
  }
}

function modeOf({ body }: WsmanRequest): EnumerationMode {
  const mode = findChild(body, 'EnumerationMode')?.text.trim();
  if (mode === undefined) return 'instances';
  if (mode !== 'EnumerateEPR') throw new AmtFault('UnsupportedFeature', 'EnumerationMode');
  return 'references';
}

function asParameters(output: Output): Properties & { readonly ReturnValue: number } {
  return typeof output === 'number' ? { ReturnValue: output } : output;
}
