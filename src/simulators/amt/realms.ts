/** Realms of accounts, as AMT numbers them. An account with `administration` may do everything. */
export const Realm = {
  redirection: 2,
  administration: 3,
  hardwareAsset: 4,
  remoteControl: 5,
  storage: 6,
  eventManager: 7,
  storageAdministration: 8,
  agentPresenceLocal: 9,
  agentPresenceRemote: 10,
  circuitBreaker: 11,
  networkTime: 12,
  generalInformation: 13,
  firmwareUpdate: 14,
  eit: 15,
  localUserNotification: 16,
  endpointAccessControl: 17,
  endpointAccessControlAdministration: 18,
  eventLogReader: 19,
  auditLog: 20,
  accessControl: 21,
  localSystem: 24,
} as const;
export type Realm = (typeof Realm)[keyof typeof Realm];

/** Who may read what the computer is made of. */
export const hardwareReaders: readonly Realm[] = [Realm.hardwareAsset, Realm.generalInformation];
