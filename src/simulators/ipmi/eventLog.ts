/** A System Event Log with reservations, IPMI v2.0 section 31. */
export class EventLog {
  #records: readonly Buffer[];
  #reservation = 0;
  #addedAt: number;
  #erasedAt = 0;

  constructor(startedAt: number) {
    this.#addedAt = startedAt;
    const events = [
      [0x08, 0x08, 0x6f, 0x00, 0xff, 0xff], // power supply: presence detected
      [0x12, 0xff, 0x6f, 0x01, 0xff, 0xff], // system event: OEM system boot
      [0x0f, 0xff, 0x6f, 0xc2, 0x13, 0xff], // firmware progress: starting OS boot
      [0x01, 0x01, 0x01, 0x57, 0x56, 0x55], // temperature: upper non-critical going high
      [0x01, 0x01, 0x81, 0x57, 0x50, 0x55], // and back
    ];
    this.#records = events.map((event, index) =>
      systemEvent(index + 1, startedAt - 3600 * (events.length - index), event),
    );
  }

  info(): readonly number[] {
    const bytes = Buffer.alloc(14);
    bytes[0] = 0x51;
    bytes.writeUInt16LE(this.#records.length, 1);
    bytes.writeUInt16LE(0x3fff - 16 * this.#records.length, 3);
    bytes.writeUInt32LE(this.#addedAt, 5);
    bytes.writeUInt32LE(this.#erasedAt, 9);
    bytes[13] = 0x02;
    return [...bytes];
  }

  reserve(): readonly number[] {
    this.#reservation = (this.#reservation % 0xffff) + 1;
    return le16(this.#reservation);
  }

  /** Next record id and the record; nothing when there is no such record. */
  entry(id: number): readonly number[] | undefined {
    const index = id === 0 ? 0 : id === 0xffff ? this.#records.length - 1 : id - 1;
    const record = this.#records[index];
    return record && [...le16(index + 1 < this.#records.length ? index + 2 : 0xffff), ...record];
  }

  /** Whether the reservation was still good. */
  clear(reservation: number): boolean {
    if (reservation !== this.#reservation || reservation === 0) return false;
    this.#records = [];
    this.#erasedAt = Math.floor(Date.now() / 1000);
    return true;
  }
}

function systemEvent(id: number, time: number, event: readonly number[]): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt16LE(id, 0);
  record[2] = 0x02;
  record.writeUInt32LE(time, 3);
  record[7] = 0x20;
  record[9] = 0x04;
  record.set(event, 10);
  return record;
}

function le16(value: number): readonly number[] {
  return [value & 0xff, value >> 8];
}
