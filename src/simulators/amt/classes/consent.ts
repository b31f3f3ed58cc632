import { randomInt } from 'node:crypto';
import type { AmtDevice } from '../device';
import { type AmtArea, type AmtClass, perDevice } from '../model/amtClass';
import { AmtFault, invalidValue } from '../model/fault';
import { serviceKeys, systemKeys } from '../model/values';
import { Realm } from '../realms';
import { Audit, auditLog } from './auditLog';
import { isRedirectionOpen } from './redirectionSessions';

/** OptInRequired of IPS_OptInService. */
export const ConsentPolicy = { none: 0, kvm: 1, all: 0xffff_ffff } as const;
export type ConsentPolicy = (typeof ConsentPolicy)[keyof typeof ConsentPolicy];

const OptInState = { notStarted: 0, requested: 1, displayed: 2, received: 3, inSession: 4 } as const;
type OptInState = (typeof OptInState)[keyof typeof OptInState];

const internalError = 1;
const invalidState = 2;
const blocked = 3;
const mostTries = 3;
const blockedMs = 60_000;

/** The consent of whoever sits at the computer. */
export class Consent {
  readonly #device: AmtDevice;
  policy: ConsentPolicy;
  codeTimeoutSeconds = 120;
  displayTimeoutSeconds = 300;
  /** The six digits on the screen; absent when there are none. */
  code: string | undefined;
  #state: OptInState = OptInState.notStarted;
  #until = 0;
  #tries = 0;
  #blockedUntil = 0;

  constructor(device: AmtDevice) {
    this.#device = device;
    this.policy = device.profile.controlMode === 'ccm' ? ConsentPolicy.all : ConsentPolicy.none;
  }

  get state(): OptInState {
    if (this.#state === OptInState.received && isRedirectionOpen(this.#device)) return OptInState.inSession;
    if (this.#state !== OptInState.notStarted && Date.now() >= this.#until) this.#end();
    return this.#state;
  }

  get isGiven(): boolean {
    return this.state === OptInState.received || this.state === OptInState.inSession;
  }

  /** Whether this may not be done as things stand. */
  isMissingFor(what: 'kvm' | 'boot options'): boolean {
    if (this.isGiven || this.policy === ConsentPolicy.none) return false;
    return this.policy === ConsentPolicy.all || what === 'kvm';
  }

  start(): number {
    if (Date.now() < this.#blockedUntil) return blocked;
    if (this.policy === ConsentPolicy.none || this.state !== OptInState.notStarted) return invalidState;
    if (!this.#device.machine.isOn) return internalError; // nobody sees the code
    this.code = this.#device.options.consentCode ?? String(randomInt(1_000_000)).padStart(6, '0');
    this.#enter(OptInState.displayed, this.displayTimeoutSeconds);
    this.#tries = 0;
    return 0;
  }

  send(code: number): number {
    if (Date.now() < this.#blockedUntil) return blocked;
    if (this.state !== OptInState.displayed) return invalidState;
    if (code === Number(this.code)) {
      this.code = undefined;
      this.#enter(OptInState.received, this.codeTimeoutSeconds);
      return 0;
    }
    if (++this.#tries < mostTries) return invalidState;
    this.#blockedUntil = Date.now() + blockedMs;
    this.#end();
    return blocked;
  }

  cancel(): number {
    if (this.state === OptInState.notStarted) return invalidState;
    this.#end();
    return 0;
  }

  #enter(state: OptInState, seconds: number): void {
    this.#state = state;
    this.#until = Date.now() + seconds * 1000;
  }

  #end(): void {
    this.#state = OptInState.notStarted;
    this.code = undefined;
  }
}

export const consent = perDevice((device) => new Consent(device));

const name = 'Intel(r) AMT OptIn Service';

const service: AmtClass = {
  name: 'IPS_OptInService',
  keys: serviceKeys,
  isDated: true,
  writers: [Realm.redirection],
  list(device) {
    const { policy, state, codeTimeoutSeconds, displayTimeoutSeconds } = consent(device);
    return [
      {
        ...systemKeys('IPS_OptInService'),
        CanModifyOptInPolicy: device.profile.controlMode === 'acm' ? 1 : 0,
        ElementName: name,
        Name: name,
        OptInCodeTimeout: codeTimeoutSeconds,
        OptInDisplayTimeout: displayTimeoutSeconds,
        OptInRequired: policy,
        OptInState: state,
      },
    ];
  },
  put(context, sent) {
    const own = consent(context.device);
    const wanted = sent.requiredInteger('OptInRequired');
    const policy = Object.values(ConsentPolicy).find((one) => one === wanted);
    if (policy === undefined) throw invalidValue();
    if (policy !== own.policy) {
      if (context.device.profile.controlMode !== 'acm') throw new AmtFault('AccessDenied');
      auditLog(context.device).add(context, { app: Audit.consent.app, event: Audit.consent.policy });
    }
    own.policy = policy;
    own.codeTimeoutSeconds = sent.integer('OptInCodeTimeout') ?? own.codeTimeoutSeconds;
    own.displayTimeoutSeconds = sent.integer('OptInDisplayTimeout') ?? own.displayTimeoutSeconds;
  },
  methods: {
    StartOptIn: ({ device }) => consent(device).start(),
    SendOptInCode(context, input) {
      const returned = consent(context.device).send(input.requiredInteger('OptInCode'));
      if (returned !== invalidState) {
        const data = Buffer.from([returned === 0 ? 0 : 1]);
        auditLog(context.device).add(context, { app: Audit.consent.app, event: Audit.consent.code, data });
      }
      return returned;
    },
    CancelOptIn: ({ device }) => consent(device).cancel(),
  },
};

/** User consent. */
export const consents: AmtArea = { classes: [service] };
