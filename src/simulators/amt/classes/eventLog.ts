import { Emitter } from '../../../base/emitter';
import type { AmtDevice } from '../device';
import { type AmtArea, type AmtClass, perDevice } from '../model/amtClass';
import { Realm } from '../realms';

/** What a record of the event log says, as in a PET. Numbers that are left out are those of the recorded devices. */
export interface AmtEvent {
  readonly sensorType: number;
  readonly offset: number;
  /** 0x6F: sensor specific. */
  readonly eventType?: number;
  /** 0x68: firmware, 0x58: the management engine. */
  readonly sourceType?: number;
  /** 1 monitor, 2 information, 4 OK, 8 non-critical, 16 critical, 32 non-recoverable. */
  readonly severity?: number;
  readonly sensorNumber?: number;
  readonly entity?: number;
  readonly entityInstance?: number;
  /** Up to eight bytes. */
  readonly data?: readonly number[];
}

const mostRecords = 390;
const recordBytes = 21;
const frozen = 2059; // PT_STATUS EVENTLOG_FROZEN
const invalidIteration = 2;

/** The ring of records, newest first. */
export class EventLog {
  readonly #device: AmtDevice;
  readonly #records: Buffer[] = [];
  readonly #added = new Emitter<AmtEvent>();
  isFrozen = false;

  constructor(device: AmtDevice) {
    this.#device = device;
  }

  readonly onDidAdd = this.#added.event;

  get records(): readonly Buffer[] {
    return this.#records;
  }

  /** Writes a record; a frozen log stays as it is. */
  add(event: AmtEvent, at = this.#device.now()): void {
    this.#added.fire(event);
    if (this.isFrozen) return;
    this.#records.unshift(encode(event, Math.floor(at / 1000)));
    if (this.#records.length > mostRecords) this.#records.pop();
  }

  clear(): void {
    this.#records.length = 0;
  }
}

export const eventLog = perDevice((device) => new EventLog(device));

const log: AmtClass = {
  name: 'AMT_MessageLog',
  keys: ['CreationClassName', 'Name'],
  isDated: true,
  readers: [Realm.eventLogReader, Realm.generalInformation],
  writers: [Realm.eventManager],
  list(device) {
    const { records, isFrozen } = eventLog(device);
    return [
      {
        Capabilities: [5, 6, 8, 7],
        CharacterSet: 10,
        CreationClassName: 'AMT_MessageLog',
        CurrentNumberOfRecords: records.length,
        ElementName: 'Intel(r) AMT:MessageLog 1',
        EnabledDefault: 2,
        EnabledState: 2,
        HealthState: 5,
        IsFrozen: isFrozen,
        LastChange: 0,
        LogState: 4,
        MaxLogSize: 0,
        MaxNumberOfRecords: mostRecords,
        MaxRecordSize: recordBytes,
        Name: 'Intel(r) AMT:MessageLog 1',
        OperationalStatus: 2,
        OverwritePolicy: 2,
        PercentageNearFull: 100,
        RequestedState: 12,
        SizeOfHeader: 0,
        SizeOfRecordHeader: 0,
        Status: 'OK',
      },
    ];
  },
  queries: {
    PositionToFirstRecord: () => ({ IterationIdentifier: 1, ReturnValue: 0 }),
    GetRecords({ device }, input) {
      const { records } = eventLog(device);
      const first = input.requiredInteger('IterationIdentifier');
      const most = input.requiredInteger('MaxReadRecords');
      if (first < 1 || first > Math.max(records.length, 1)) return invalidIteration;
      const some = records.slice(first - 1, first - 1 + Math.min(Math.max(most, 1), mostRecords));
      const next = first + some.length;
      return {
        IterationIdentifier: Math.min(next, records.length),
        NoMoreRecords: next > records.length,
        RecordArray: some.map((record) => record.toString('base64')),
        ReturnValue: 0,
      };
    },
    CancelIteration: () => 0,
  },
  methods: {
    ClearLog({ device }) {
      if (eventLog(device).isFrozen) return frozen;
      eventLog(device).clear();
      return 0;
    },
    FreezeLog({ device }, input) {
      eventLog(device).isFrozen = input.requiredBoolean('Freeze');
      return 0;
    },
  },
};

/** The log of events, and what the engine itself writes there. */
export const events: AmtArea = {
  classes: [log],
  start(device) {
    device.onDidLock((failures) => {
      const data = [0xaa, failures & 0xff, failures >> 8];
      const sensor = { sensorType: 6, offset: 5, sensorNumber: 0xff, entity: 0x26, entityInstance: 0x61 };
      eventLog(device).add({ ...sensor, severity: 16, data });
    });
    const now = device.now();
    for (const [age, event] of history.entries()) {
      eventLog(device).add(event, now - (history.length - age) * 3_600_000);
    }
  },
};

/** What a log has from the days before. */
const history: readonly AmtEvent[] = [
  { sensorType: 15, offset: 2, entity: 7, data: [0x40, 0x17] },
  { sensorType: 15, offset: 2, entity: 7, data: [0x40, 0x0c] },
  { sensorType: 15, offset: 2, entity: 4, data: [0x40, 0x02] },
  { sensorType: 15, offset: 2, severity: 8, entity: 34, data: [0x40, 0x13] },
  { sensorType: 15, offset: 2, entity: 0, data: [0x40, 0x12] },
  { sensorType: 15, offset: 2, entity: 34, data: [0x40, 0x07] },
];

/** 21 bytes, the time lowest byte first. */
function encode(event: AmtEvent, seconds: number): Buffer {
  const record = Buffer.alloc(recordBytes);
  record.writeUInt32LE(seconds >>> 0, 0);
  const { eventType = 0x6f, sourceType = 0x68, severity = 1, sensorNumber = 0xff } = event;
  const { sensorType, offset, entity = 0, entityInstance = 0, data = [] } = event;
  record.set([0xff, sensorType, eventType, offset, sourceType, severity, sensorNumber, entity, entityInstance], 4);
  record.set(data.slice(0, 8), 13);
  return record;
}
