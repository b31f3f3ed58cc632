import type { AmtDevice } from '../device';
import { type AmtArea, type AmtClass, type Context, perDevice } from '../model/amtClass';
import { datetime } from '../model/values';
import { Realm } from '../realms';

/** Applications and their events, as audit records number them. */
export const Audit = {
  security: { app: 16, passwordsWrong: 5, tlsState: 7, rootAdded: 10, rootRemoved: 11, unprovisioning: 19 },
  remoteControl: { app: 17, up: 0, down: 1, cycle: 2, reset: 3, bootOptions: 4 },
  redirection: { app: 18, iderOn: 2, iderOff: 3, solOn: 6, solOff: 7, kvmOn: 10, kvmOff: 11 },
  auditLog: { app: 20, cleared: 0 },
  time: { app: 21, set: 0 },
  network: { app: 22, addresses: 0 },
  eventLog: { app: 24, subscribed: 0, unsubscribed: 1, cleared: 2, frozen: 3 },
  systemDefense: { app: 25, filterAdded: 0, filterRemoved: 1, policyAdded: 2, policyRemoved: 3, defaultPolicySet: 4 },
  agentPresence: { app: 26, added: 0, removed: 1, actionSet: 2 },
  wireless: { app: 27, profileAdded: 0, profileRemoved: 1, profileUpdated: 2 },
  consent: { app: 30, policy: 0, code: 1 },
  watchdog: { app: 33, settings: 1, linked: 2 },
} as const;

export interface AuditEvent {
  readonly app: number;
  readonly event: number;
  readonly data?: Buffer;
}

const perCall = 10;
const mostBytes = 24_000;
const longestLockSeconds = 300;
const internalError = 1;
const notPermitted = 16;
const invalidIndex = 35;

/** The records, oldest first, and the lock that clearing needs. */
export class AuditLog {
  readonly records: Buffer[] = [];
  lastAt = 0;
  #lock: { readonly handle: number; readonly until: number } | undefined;
  #handles = 0;

  /** Writes down who has done what. */
  add({ device, account, from }: Pick<Context, 'device' | 'account' | 'from'>, { app, event, data }: AuditEvent): void {
    this.lastAt = device.now();
    this.records.push(
      Buffer.concat([
        be16(app),
        be16(event),
        Buffer.from([0]),
        counted(Buffer.from(account)),
        be32(Math.floor(this.lastAt / 1000)),
        Buffer.from([0]),
        counted(Buffer.from(from)),
        counted(data ?? Buffer.alloc(0)),
      ]),
    );
  }

  get isLocked(): boolean {
    return this.#lock !== undefined && Date.now() < this.#lock.until;
  }

  holds(handle: number): boolean {
    return this.isLocked && this.#lock?.handle === handle;
  }

  lock(seconds: number): number {
    this.#lock = { handle: ++this.#handles, until: Date.now() + seconds * 1000 };
    return this.#lock.handle;
  }

  unlock(): void {
    this.#lock = undefined;
  }
}

export const auditLog = perDevice(() => new AuditLog());

const log: AmtClass = {
  name: 'AMT_AuditLog',
  keys: ['Name'],
  isDated: true,
  readers: [Realm.auditLog],
  writers: [Realm.auditLog],
  list: (device) => [describe(device)],
  queries: {
    ReadRecords({ device }, input) {
      const { records } = auditLog(device);
      const start = input.requiredInteger('StartIndex');
      if (start < 1 || (records.length > 0 && start > records.length)) return invalidIndex;
      const some = records.slice(start - 1, start - 1 + perCall);
      return {
        TotalRecordCount: records.length,
        RecordsReturned: some.length,
        EventRecords: some.map((record) => record.toString('base64')),
        ReturnValue: 0,
      };
    },
  },
  methods: {
    SetAuditLock({ device }, input) {
      const own = auditLog(device);
      const seconds = input.integer('LockTimeoutInSeconds') ?? 0;
      if (input.requiredInteger('Flag') === 2) {
        if (!own.holds(input.requiredInteger('Handle'))) return notPermitted;
        own.unlock();
        return { Handle: 0, ReturnValue: 0 };
      }
      if (own.isLocked || seconds > longestLockSeconds) return notPermitted;
      return { Handle: own.lock(seconds), ReturnValue: 0 };
    },
    ClearLog(context) {
      const own = auditLog(context.device);
      if (!own.isLocked) return internalError;
      own.records.length = 0;
      own.add(context, { app: Audit.auditLog.app, event: Audit.auditLog.cleared });
      return 0;
    },
  },
};

/** Who did what to the management engine. */
export const audits: AmtArea = {
  classes: [log],
  start(device) {
    device.onDidLock((failures) => {
      const data = Buffer.from([failures]);
      const nobody = { device, account: '', from: '' };
      auditLog(device).add(nobody, { app: Audit.security.app, event: Audit.security.passwordsWrong, data });
    });
  },
};

function describe(device: AmtDevice) {
  const { records, lastAt, isLocked } = auditLog(device);
  const used = records.reduce((total, { length }) => total + length, 0);
  const free = Math.max(0, 100 - Math.ceil((100 * used) / mostBytes));
  const noSigningKey = 16;
  return {
    AuditState: noSigningKey + (isLocked ? 2 : 0) + (free <= 15 ? 4 : 0) + (free === 0 ? 8 : 0),
    CurrentNumberOfRecords: records.length,
    ElementName: 'Intel(r) AMT Audit Log',
    EnabledState: 2,
    MaxAllowedAuditors: 1,
    MaxNumberOfRecords: 0,
    Name: 'Intel(r) AMT:Audit Log',
    OverwritePolicy: 2,
    PercentageFree: free,
    RequestedState: 2,
    StoragePolicy: 1,
    TimeOfLastRecord: datetime(lastAt),
  } as const;
}

function counted(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function be16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function be32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
