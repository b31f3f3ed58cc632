import { perDevice } from '../../model/amtClass';

export const limits = { servers: 6, serversPerPolicy: 2, policies: 3, proxies: 15 } as const;

/** A management presence server, to which the device connects from outside. */
export interface PresenceServer {
  readonly number: number;
  readonly address: string;
  readonly format: number;
  readonly port: number;
  readonly commonName: string;
  /** With a password that nobody can read again; absent: the device shows its certificate. */
  readonly user: string | undefined;
}

/** When the device connects by itself. */
export interface AccessPolicy {
  readonly trigger: number;
  /** Seconds; 0: stays. */
  readonly lifetime: number;
  readonly extended: string | undefined;
  readonly servers: readonly { readonly server: number; readonly order: number; readonly type: number }[];
}

interface RemoteAccess {
  servers: readonly PresenceServer[];
  madeServers: number;
  /** By trigger. */
  readonly policies: Map<number, AccessPolicy>;
  /** What the device has on its way: tests say whether it is connected. */
  isConnected: boolean;
  /** EnabledState of AMT_UserInitiatedConnectionService. */
  userInitiated: number;
}

export const remoteAccessOf = perDevice((): RemoteAccess => ({
  servers: [],
  madeServers: 0,
  policies: new Map(),
  isConnected: false,
  userInitiated: 32771,
}));
