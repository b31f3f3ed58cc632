import type { AmtDeviceOptions } from './amt/simulator';
import { defaultUser, type SimulatedBmcOptions } from './ipmi/simulator';

const makers = [10876, 674, 47196, 19046, 343, 37945];
const sites = ['berlin', 'oslo', 'lyon'];
export const roles = ['build', 'web', 'storage'];

/** A computer of the demo, with one of the two controllers. */
export interface DemoComputer {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly bmc?: SimulatedBmcOptions;
  readonly amt?: AmtDeviceOptions;
}

type Controllers = Pick<DemoComputer, 'bmc' | 'amt'>;

/** Why a computer of the demo does not answer, or answers otherwise. */
const puzzles: readonly Controllers[] = [
  { bmc: { network: { silent: true } } },
  { bmc: { users: [{ ...defaultUser, password: 'another' }] } },
  { bmc: { users: [{ ...defaultUser, name: 'root' }] } },
  { bmc: { quirks: { ipmi15Only: true } } },
  { bmc: { slots: 0 } },
  { amt: { password: 'another' } },
  { amt: { isProvisioned: false } },
];

/** The computers with AMT, in turn. */
const kinds: readonly AmtDeviceOptions[] = [
  { profile: '12.0' },
  { profile: '16.1', hardware: 'laptop' },
  { profile: 'ccm', hardware: 'laptop', consentCode: '123456' },
  { profile: '15.0', hasModernStandby: true },
  { profile: '9.1' },
  { profile: 'ism' },
];
/** One of them answers with TLS only: each such computer asks whether its certificate is to be believed. */
const secureTurn = 1;

/** Every fourth computer has AMT. */
const amtEvery = 4;
const amtFrom = 2;

export function makeComputer(index: number, count: number): DemoComputer {
  const puzzle = puzzles[count - 1 - index];
  const site = sites[index % sites.length] ?? '';
  const number = String(Math.floor(index / sites.length) + 1).padStart(count > 300 ? 4 : 2, '0');
  const name = puzzle ? `puzzle-${count - index}` : `${site}-${number}`;
  const role = puzzle ? 'puzzle' : (roles[Math.floor(index / sites.length) % roles.length] ?? '');
  const tags = { site, rack: `r${(index % 7) + 1}`, role };
  const hasAmt = puzzle ? puzzle.amt !== undefined : index % amtEvery === amtFrom;
  return hasAmt
    ? { name, tags, amt: { ...healthyAmt(index, name), ...puzzle?.amt } }
    : { name, tags, bmc: { ...healthyBmc(index), ...puzzle?.bmc } };
}

function healthyBmc(index: number): SimulatedBmcOptions {
  return {
    on: index % 5 !== 3,
    powerDelayMs: 800,
    manufacturer: makers[index % makers.length] ?? 0,
    firmware: [1 + (index % 4), 0x10 + (index % 7)],
    network: { delayMs: 5 + (index % 4) * 5 },
  };
}

function healthyAmt(index: number, hostName: string): AmtDeviceOptions {
  const turn = Math.floor(index / amtEvery);
  return {
    ...kinds[turn % kinds.length],
    ports: turn === secureTurn ? 'tls' : 'plain',
    hostName,
    power: index % 5 === 3 ? 8 : 2,
    powerDelayMs: 1500,
    delayMs: 10 + (index % 4) * 10,
  };
}
