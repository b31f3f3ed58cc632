/** The parts of a computer as BIOS tells them to the management engine, SMBIOS numbering where there is one. */
export interface Hardware {
  readonly chassis: { readonly maker: string; readonly model: string; readonly version: string; readonly type: number };
  readonly board: { readonly maker: string; readonly model: string; readonly version: string };
  readonly bios: { readonly maker: string; readonly version: string; readonly date: string };
  readonly processor: {
    readonly name: string;
    readonly maxMhz: number;
    readonly currentMhz: number;
    readonly family: number;
    readonly stepping: number;
    readonly upgrade: number;
  };
  readonly memory: readonly MemoryModule[];
  readonly disks: readonly Disk[];
  readonly fans: number;
  readonly battery?: Battery;
  /** Bits a second that the wired adapter is capable of, and reaches. */
  readonly wired: { readonly maxSpeed: number; readonly speed: number };
  readonly hasWifi: boolean;
}

export interface MemoryModule {
  readonly bank: string;
  readonly bytes: number;
  /** 9 DIMM, 13 SODIMM. */
  readonly form: number;
  /** 24 DDR3, 26 DDR4, 34 DDR5. */
  readonly type: number;
  readonly mhz: number;
  /** JEDEC number in hexadecimal, or a name. */
  readonly maker: string;
  readonly part: string;
}

export interface Disk {
  readonly model: string;
  /** 1,000 bytes each. */
  readonly kilobytes: number;
}

export interface Battery {
  readonly designMilliwattHours: number;
  readonly fullMilliwattHours: number;
  readonly remainingMilliwattHours: number;
  readonly designMillivolts: number;
  /** CIM: 6 lithium-ion. */
  readonly chemistry: number;
  /** CIM: 2 fully charged, 4 partially. */
  readonly status: number;
}

const gigabyte = 2 ** 30;

const sodimm: Omit<MemoryModule, 'bank'> = {
  bytes: 16 * gigabyte,
  form: 13,
  type: 26,
  mhz: 2400,
  maker: '859B',
  part: 'CT16G4SFD824A.M16FE',
};

/** After the recorded small desktop of 2020. */
const desktop: Hardware = {
  chassis: { maker: 'Intel(R) Client Systems', model: 'NUC9V7QNX', version: 'K47174-402', type: 0 },
  board: { maker: 'Intel Corporation', model: 'NUC9V7QNB', version: 'K47180-402' },
  bios: { maker: 'Intel Corp.', version: 'QNCFLX70.0054.2020.0810.2227', date: '2020-08-10T00:00:00Z' },
  processor: {
    name: 'Intel(R) Core(TM) i7-9850H CPU @ 2.60GHz',
    maxMhz: 8300,
    currentMhz: 2400,
    family: 198,
    stepping: 13,
    upgrade: 52,
  },
  memory: [
    { ...sodimm, bank: 'BANK 0' },
    { ...sodimm, bank: 'BANK 2' },
  ],
  disks: [
    { model: 'SAMSUNG MZVLB1T0HBLR-00000', kilobytes: 960_197_124 },
    { model: 'CT500MX500SSD1', kilobytes: 500_107_862 },
  ],
  fans: 2,
  wired: { maxSpeed: 2_500_000_000, speed: 1_000_000_000 },
  hasWifi: false,
};

const laptopMemory: Omit<MemoryModule, 'bank'> = {
  bytes: 8 * gigabyte,
  form: 13,
  type: 34,
  mhz: 4800,
  maker: '80AD',
  part: 'HMCG66AGBSA095N     ', // padded, as many are
};

const laptop: Hardware = {
  chassis: { maker: 'Example Computers', model: 'Notebook 14 G9', version: '', type: 10 },
  board: { maker: 'Example Computers', model: '8AB3', version: 'KBC Version 10.3A.00' },
  bios: { maker: 'Example Computers', version: 'U70 Ver. 01.08.02', date: '2022-11-29T00:00:00Z' },
  processor: {
    name: '12th Gen Intel(R) Core(TM) i5-1245U',
    maxMhz: 4400,
    currentMhz: 1600,
    family: 205,
    stepping: 4,
    upgrade: 1,
  },
  memory: [
    { ...laptopMemory, bank: 'Bottom-Slot 1(left)' },
    { ...laptopMemory, bank: 'Bottom-Slot 2(right)' },
  ],
  disks: [{ model: 'KBG50ZNV512G KIOXIA', kilobytes: 512_110_190 }],
  fans: 1,
  battery: {
    designMilliwattHours: 51_300,
    fullMilliwattHours: 48_910,
    remainingMilliwattHours: 39_120,
    designMillivolts: 11_550,
    chemistry: 6,
    status: 4,
  },
  wired: { maxSpeed: 2_500_000_000, speed: 1_000_000_000 },
  hasWifi: true,
};

export const hardwareKinds = { desktop, laptop } as const satisfies Record<string, Hardware>;
export type HardwareKind = keyof typeof hardwareKinds;
