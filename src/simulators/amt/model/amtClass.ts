import type { XmlElement } from '../../../base/xml/element';
import type { AmtDevice } from '../device';
import type { Realm } from '../realms';
import type { Sent } from './sent';
import type { ClassName, Keys, Properties } from './values';

/** Who asks for what, handed to every behaviour. */
export interface Context {
  readonly device: AmtDevice;
  /** The account that is logged in. */
  readonly account: string;
  /** Whether the request came over TLS. */
  readonly isSecure: boolean;
  /** The console's address. */
  readonly from: string;
  /** The selectors that were sent. */
  readonly selectors: Keys;
  /** The instance that the selectors name. */
  readonly instance: Properties;
}

/** A ReturnValue, or out-parameters in their order with the ReturnValue last. */
export type Output = number | (Properties & { readonly ReturnValue: number });

/** Refuses by a ReturnValue other than 0, or by throwing an `AmtFault`. */
export type Method = (context: Context, input: Sent) => Output;

/** What the reply to an action of its own has in its body. */
export interface ActionReply {
  readonly action: string;
  /** Namespaces of the body, which get the prefixes g, h and so on. */
  readonly namespaces: readonly string[];
  readonly body: string;
}

/** `instance` is absent when no selectors were sent. */
export type Action = (
  context: Omit<Context, 'instance'> & { readonly header: XmlElement; readonly instance?: Properties },
  body: Sent,
) => ActionReply;

/**
 * A CIM class as a device has it: its instances as plain data, and what may be done with them. Anything that is left out is
 * answered with ActionNotSupported.
 */
export interface AmtClass {
  readonly name: ClassName;
  /** The properties that selectors may name. None: a singleton without keys. */
  readonly keys: readonly string[];
  /** Superclasses whose enumeration gives these instances too. */
  readonly parents?: readonly ClassName[];
  /** Whether the class has a date among its properties, set or not: its envelopes declare one namespace more. */
  readonly isDated?: true;
  /** What an account needs to read it, one of them; absent: nothing. */
  readonly readers?: readonly Realm[];
  /** What an account needs to change it, one of them; absent: `administration`. */
  readonly writers?: readonly Realm[];
  /** Whether this device has the class; absent: yes. Without it every request is answered with DestinationUnreachable. */
  isThere?(device: AmtDevice): boolean;
  /** The instances, asked for anew at each request. */
  list(device: AmtDevice): readonly Properties[];
  /** Takes over what was sent. The reply is the instance as `list` has it afterwards. */
  put?(context: Context, sent: Sent): void;
  /** Some classes answer Put with an empty body. */
  readonly putReply?: 'empty';
  /** Makes an instance; returns its keys. */
  create?(context: Omit<Context, 'instance'>, sent: Sent): Keys;
  /** Removes `context.instance`. */
  delete?(context: Context): void;
  /** Methods that change something; those that succeed stand in `device.calls`. */
  readonly methods?: Readonly<Record<string, Method>>;
  /** Operations other than those of WS-Transfer, by their whole action, such as Subscribe. The output is the body's XML. */
  readonly actions?: Readonly<Record<string, Action>>;
  /** Methods that only tell something. */
  readonly queries?: Readonly<Record<string, Method>>;
}

/** Classes that belong together. */
export interface AmtArea {
  readonly classes: readonly AmtClass[];
  /** Called once for each device when it is made. */
  start?(device: AmtDevice): void;
}

/** State that belongs to each device, made when it is first asked for: `const alarms = perDevice(() => new Map())`. */
export function perDevice<State>(make: (device: AmtDevice) => State): (device: AmtDevice) => State {
  const states = new WeakMap<AmtDevice, { readonly state: State }>();
  return (device) => {
    let found = states.get(device);
    if (!found) {
      found = { state: make(device) };
      states.set(device, found);
    }
    return found.state;
  };
}
