import type { AmtDevice } from '../device';
import { type AmtArea, type AmtClass, perDevice } from '../model/amtClass';
import { invalidValue } from '../model/fault';
import type { Sent } from '../model/sent';
import { serviceKeys, systemKeys } from '../model/values';
import { Realm } from '../realms';
import { Audit, auditLog } from './auditLog';
import { type RedirectionKind, redirectionSessions } from './redirectionSessions';

/** EnabledState of AMT_RedirectionService; the lowest bit is IDE redirection, the next SOL. */
export const RedirectionState = { none: 32768, ider: 32769, sol: 32770, both: 32771 } as const;

interface KvmSettings {
  readonly backToBack: boolean;
  readonly isPort5900Open: boolean;
  readonly needsConsent: boolean;
  readonly consentTimeoutSeconds: number;
  readonly sessionTimeoutMinutes: number;
  readonly defaultScreen: number;
  readonly decimation: number;
  readonly password: string;
}

/** What of redirection is switched on. */
export class Redirection {
  /** A value of {@link RedirectionState}. */
  state: number = RedirectionState.both;
  isListening = true;
  isKvmOn = true;
  kvm: KvmSettings = {
    backToBack: false,
    isPort5900Open: false,
    needsConsent: true,
    consentTimeoutSeconds: 300,
    sessionTimeoutMinutes: 3,
    defaultScreen: 0,
    decimation: 2,
    password: '',
  };
}

export const redirectionOf = perDevice(() => new Redirection());

const invalidParameter = 36;
const serviceName = 'Intel(r) AMT Redirection Service';
const kvmName = 'KVM Redirection Service Access Point';
const kvmSettingsName = 'Intel(r) KVM Redirection Settings';
/** SessionType of TerminateSession. */
const sessionTypes: readonly RedirectionKind[] = ['SOL', 'IDER', 'KVM'];

const service: AmtClass = {
  name: 'AMT_RedirectionService',
  keys: serviceKeys,
  isDated: true,
  writers: [Realm.redirection],
  list(device) {
    const { state, isListening } = redirectionOf(device);
    return [
      {
        ...systemKeys('AMT_RedirectionService'),
        ElementName: serviceName,
        EnabledState: state,
        ListenerEnabled: isListening,
        Name: serviceName,
      },
    ];
  },
  put({ device }, sent) {
    const state = sent.integer('EnabledState') ?? redirectionOf(device).state;
    if (!Object.values<number>(RedirectionState).includes(state)) throw invalidValue();
    redirectionOf(device).isListening = sent.requiredBoolean('ListenerEnabled');
    enter(device, state);
  },
  methods: {
    RequestStateChange(context, input) {
      const { device } = context;
      const requested = input.requiredInteger('RequestedState');
      if (!Object.values<number>(RedirectionState).includes(requested)) return invalidParameter;
      const { app, iderOn, iderOff, solOn, solOff } = Audit.redirection;
      const changed = redirectionOf(device).state ^ requested;
      if (changed & 1) auditLog(device).add(context, { app, event: requested & 1 ? iderOn : iderOff });
      if (changed & 2) auditLog(device).add(context, { app, event: requested & 2 ? solOn : solOff });
      enter(device, requested);
      return 0;
    },
    TerminateSession({ device }, input) {
      const kind = sessionTypes[input.requiredInteger('SessionType')];
      return kind && redirectionSessions(device).delete(kind) ? 0 : invalidParameter;
    },
  },
};

const kvmAccessPoint: AmtClass = {
  name: 'CIM_KVMRedirectionSAP',
  keys: serviceKeys,
  isDated: true,
  writers: [Realm.redirection],
  isThere: (device) => device.has('kvm'),
  list(device) {
    const { isKvmOn } = redirectionOf(device);
    const inUse = redirectionSessions(device).has('KVM');
    return [
      {
        ...systemKeys('CIM_KVMRedirectionSAP', 'ManagedSystem'),
        ElementName: kvmName,
        EnabledState: isKvmOn ? (inUse ? 2 : 6) : 3,
        KVMProtocol: 4,
        Name: kvmName,
        RequestedState: isKvmOn ? 2 : 3,
      },
    ];
  },
  methods: {
    RequestStateChange(context, input) {
      const { device } = context;
      const requested = input.requiredInteger('RequestedState');
      if (requested !== 2 && requested !== 3) return 1; // not supported
      redirectionOf(device).isKvmOn = requested === 2;
      if (requested === 3) redirectionSessions(device).delete('KVM');
      const { app, kvmOn, kvmOff } = Audit.redirection;
      auditLog(device).add(context, { app, event: requested === 2 ? kvmOn : kvmOff });
      return 0;
    },
  },
};

const kvmSettings: AmtClass = {
  name: 'IPS_KVMRedirectionSettingData',
  keys: ['InstanceID'],
  writers: [Realm.redirection],
  isThere: (device) => device.has('kvm'),
  list(device) {
    const { kvm } = redirectionOf(device);
    const newer = {
      DoubleBufferActive: false,
      DoubleBufferEnabled: false,
      GrayscalePixelFormatSupported: true,
      InitialDecimationModeForLowRes: kvm.decimation,
      ZlibControlSupported: true,
    };
    return [
      {
        BackToBackFbMode: kvm.backToBack,
        DefaultScreen: kvm.defaultScreen,
        ElementName: kvmSettingsName,
        EnabledByMEBx: true,
        InstanceID: kvmSettingsName,
        Is5900PortEnabled: kvm.isPort5900Open,
        OptInPolicy: kvm.needsConsent,
        OptInPolicyTimeout: kvm.consentTimeoutSeconds,
        RFBPassword: '',
        SessionTimeout: kvm.sessionTimeoutMinutes,
        ...(device.has('recoveryBoot') && newer),
      },
    ];
  },
  put({ device }, sent) {
    const own = redirectionOf(device);
    own.kvm = {
      backToBack: sent.boolean('BackToBackFbMode') ?? own.kvm.backToBack,
      isPort5900Open: sent.requiredBoolean('Is5900PortEnabled'),
      needsConsent: sent.requiredBoolean('OptInPolicy'),
      consentTimeoutSeconds: sent.integer('OptInPolicyTimeout') ?? own.kvm.consentTimeoutSeconds,
      sessionTimeoutMinutes: sent.requiredInteger('SessionTimeout'),
      defaultScreen: sent.integer('DefaultScreen') ?? own.kvm.defaultScreen,
      decimation: sent.integer('InitialDecimationModeForLowRes') ?? own.kvm.decimation,
      password: newPassword(sent) ?? own.kvm.password,
    };
  },
};

/** SOL, IDE redirection and KVM: whether they may be used. */
export const redirection: AmtArea = {
  classes: [service, kvmAccessPoint, kvmSettings],
};

/** What is switched off loses its sessions; everything off ends a KVM session too. */
function enter(device: AmtDevice, state: number): void {
  redirectionOf(device).state = state;
  const sessions = redirectionSessions(device);
  if ((state & 1) === 0) sessions.delete('IDER');
  if ((state & 2) === 0) sessions.delete('SOL');
  if (state === RedirectionState.none) sessions.delete('KVM');
}

/** Exactly eight characters of four kinds. An empty one leaves the old. */
function newPassword(sent: Sent): string | undefined {
  const password = sent.text('RFBPassword') ?? '';
  if (password === '') return undefined;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/];
  if (password.length !== 8 || /[",:]/.test(password) || !kinds.every((kind) => kind.test(password))) {
    throw invalidValue();
  }
  return password;
}
