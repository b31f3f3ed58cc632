import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.mts';
import { findPostgres } from './postgres.mts';
import { findProgram } from './run.mts';

export interface DebianPackage {
  readonly name: string;
  readonly isThere: () => boolean;
  /** What is left out without it. */
  readonly serves: string;
}

const needed: readonly DebianPackage[] = [
  { name: 'chromium', isThere: () => findChromium() !== undefined, serves: 'the end-to-end tests in VS Code' },
  { name: 'openipmi', isThere: () => findProgram('ipmi_sim') !== undefined, serves: 'the tests against a foreign BMC' },
  {
    name: 'ipmitool',
    isThere: () => findProgram('ipmitool') !== undefined,
    serves: 'the tests with a foreign IPMI client',
  },
  { name: 'freeipmi-tools', isThere: () => findProgram('ipmipower') !== undefined, serves: 'the tests with FreeIPMI' },
  { name: 'openssl', isThere: () => findProgram('openssl') !== undefined, serves: 'the tests with real certificates' },
  { name: 'wsl', isThere: () => findProgram('wsl') !== undefined, serves: 'the tests with a foreign AMT client' },
  { name: 'curl', isThere: () => findProgram('curl') !== undefined, serves: 'the tests with foreign AMT clients' },
  {
    name: 'uuid-runtime',
    isThere: () => findProgram('uuidgen') !== undefined,
    serves: 'the tests with a foreign AMT client',
  },
  {
    name: 'qemu-system-x86',
    isThere: () => findProgram('qemu-system-x86_64') !== undefined,
    serves: 'the tests that start a real machine',
  },
  { name: 'seabios', isThere: () => existsSync('/usr/share/seabios'), serves: 'the tests that start a real machine' },
  {
    name: 'postgresql',
    isThere: () => findPostgres() !== undefined,
    serves: 'the tests of workers at several sites',
  },
  { name: 'ipxe-qemu', isThere: () => existsSync('/usr/lib/ipxe/qemu'), serves: 'the tests that start a real machine' },
];

/** Installs Debian packages, those that the tests use, when it may; returns what is left out, one line each. */
export function ensureDebianPackages(
  say: (text: string) => void,
  packages: readonly DebianPackage[] = needed,
): readonly string[] {
  const missing = packages.filter((one) => !one.isThere());
  if (missing.length === 0) return [];
  const why = whyNotInstall();
  if (why === undefined)
    install(
      missing.map(({ name }) => name),
      say,
    );
  return missing
    .filter((one) => !one.isThere())
    .map(
      ({ name, serves }) =>
        `${serves}: the Debian package ${name} is missing${why === undefined ? ' and could not be installed' : `, and ${why}`}`,
    );
}

function whyNotInstall(): string | undefined {
  if (findProgram('apt-get') === undefined) return 'this machine has no apt-get';
  return process.getuid?.() === 0 ? undefined : 'only root may install it';
}

function install(names: readonly string[], say: (text: string) => void): void {
  say(`installing the Debian packages ${names.join(' ')} …`);
  if (aptGet(['install', ...names])) return;
  say('updating the package lists …');
  aptGet(['update']);
  if (aptGet(['install', ...names])) return;
  for (const name of names) if (!aptGet(['install', name])) say(`${name} could not be installed`);
}

/** Not ended with this process: a half-installed package would be worse than a process that ends by itself. */
function aptGet(args: readonly string[]): boolean {
  const options = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr } = spawnSync('apt-get', [...options, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) console.error(stderr.trim());
  return status === 0;
}
