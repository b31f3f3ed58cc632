import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../src/cli/run';
import { IpmiSimulator, type SimulatedBmcOptions } from '../../src/simulators/ipmi/simulator';
import { testIo, type TestIoOptions } from '../fakes/io';
import { temporaryFolder } from '../fakes/temporaryFolder';
import { freeUdpPort } from '../peers/freePort';

const password = 'pl4nted-Passw0rd';
const users = [{ name: 'admin', password, limit: 4 }];
let folder: ReturnType<typeof temporaryFolder>;
const opened: AsyncDisposable[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function simulate(...bmcs: readonly SimulatedBmcOptions[]): Promise<IpmiSimulator> {
  const simulator = await IpmiSimulator.start({ bmcs: bmcs.map((bmc) => ({ users, ...bmc })) });
  opened.push(simulator);
  return simulator;
}

function writeFleet(simulator: IpmiSimulator, options: { readonly ipmi?: string; readonly more?: string } = {}): void {
  const lines = simulator.bmcs.map(
    ({ address, port }, index) =>
      `  lab-${String(index + 1).padStart(4, '0')}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc }`,
  );
  write(
    'fleet.yaml',
    `version: 1\nprofiles:\n  bmc: { ipmi: { ${options.ipmi ?? 'user: admin'} } }\ncomputers:\n${lines.join('\n')}\n${options.more ?? ''}`,
  );
}

function write(file: string, text: string): void {
  mkdirSync(join(folder.path, '.sideband'), { recursive: true });
  writeFileSync(join(folder.path, '.sideband', file), text);
}

async function sideband(argv: readonly string[], options: TestIoOptions = {}) {
  const env = {
    SIDEBAND_SECRET_BMC_IPMI: password,
    SIDEBAND_PASSWORD: password,
    SIDEBAND_STATE: join(folder.path, 'state'),
  };
  const io = testIo({ cwd: folder.path, ...options, env: { ...env, ...options.env } });
  const code = await run(argv, io);
  return { code, stdout: io.stdout, stderr: io.stderr, document: (): unknown => JSON.parse(io.stdout) };
}

interface CheckReport {
  readonly results: readonly { readonly technologies: readonly { readonly cause: { readonly code: string } }[] }[];
}

interface Report {
  readonly operation: string;
  readonly results: readonly {
    readonly computer: string;
    readonly ok: boolean;
    readonly outcome: string;
    readonly technology?: string;
    readonly durationMs: number;
    readonly value?: unknown;
    readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
  }[];
}

function reportOf({ document }: Awaited<ReturnType<typeof sideband>>): Report {
  return document() as Report;
}

test('power is read, changed and recorded, and what was so already is said so', async () => {
  const simulator = await simulate({}, { on: false });
  writeFleet(simulator);
  const status = await sideband(['do', 'power.status', '*', '--json']);
  expect(status.code).toBe(0);
  expect(reportOf(status)).toMatchObject({
    operation: 'power.status',
    results: [
      { computer: 'lab-0001', ok: true, outcome: 'done', technology: 'ipmi', value: { power: 'on' } },
      { computer: 'lab-0002', ok: true, outcome: 'done', technology: 'ipmi', value: { power: 'off' } },
    ],
  });
  const off = await sideband(['do', 'power.off', '*', '--yes', '--json']);
  expect(reportOf(off).results.map(({ outcome }) => outcome)).toEqual(['done', 'already']);
  expect(simulator.bmcs.map(({ bmc }) => bmc.machine.on)).toEqual([false, false]);
  const runs = await sideband(['runs', 'last']);
  expect(runs.stdout).toMatch(/^Power Off on \*\nrun .*, finished\n.*1 already.*\n\nlab-0001 +done/s);
  expect(simulator.openSessions).toBe(0);
});

test('what is disruptive needs a yes, and a no does nothing', async () => {
  const simulator = await simulate({}, {});
  writeFleet(simulator);
  const unattended = await sideband(['do', 'power.off', '*']);
  expect(unattended).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('Power Off: 2 computers (lab-0001, lab-0002) needs --yes') as string,
  });
  const refused = await sideband(['do', 'power.off', 'lab-0001'], { answers: ['n'] });
  expect(refused).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('Power Off: 1 computer: lab-0001. Go on? [y/N]') as string,
  });
  expect(simulator.received).toBe(0);
  expect((await sideband(['do', 'power.off', 'lab-0001'], { answers: ['y'] })).code).toBe(0);
  expect(simulator.bmcs.map(({ bmc }) => bmc.machine.acts)).toEqual([[0], []]);
});

test('a plan shows now and then, and does nothing', async () => {
  const simulator = await simulate({}, { on: false });
  writeFleet(simulator);
  const plan = await sideband(['do', 'power.off', '*', '--plan']);
  expect(plan.code).toBe(0);
  expect(plan.stdout).toMatch(
    /lab-0001 +on → off +by IPMI\nlab-0002 +off → off +already so\nPower Off: 2 of 2 computers, disruptive\nplan [0-9a-f]{12}\n$/,
  );
  expect(simulator.bmcs.flatMap(({ bmc }) => bmc.machine.acts)).toEqual([]);
});

test('the policy is obeyed, and named', async () => {
  const simulator = await simulate({}, {}, {});
  writeFleet(simulator);
  write('policy.yaml', 'version: 1\nprotected: lab-0003\nmaxTargets: 2\n');
  const refused = await sideband(['do', 'power.off', '*', '--yes']);
  expect(refused.code).toBe(4);
  expect(refused.stderr).toContain(
    'policy.yaml: protected: lab-0003 may not be touched; policy.yaml: maxTargets (2): 3 computers are more than 2',
  );
  const aside = await sideband(['do', 'power.off', `ipmi://admin@127.0.0.1:${simulator.bmcs[2]!.port}`, '--yes']);
  expect(aside.code).toBe(4);
  expect(simulator.received).toBe(0);
  expect((await sideband(['do', 'power.status', '*'])).code).toBe(0);
});

test('six ways of not answering have six codes and hints, each within its time', async () => {
  const simulator = await simulate({}, {}, { suites: [3] }, { network: { silent: true } });
  const [wrongPassword, wrongUser, wrongSuite, silent] = simulator.bmcs.map(({ port }) => port);
  const targets = [
    `ipmi://admin@127.0.0.1:${wrongPassword}`,
    `ipmi://nobody@127.0.0.1:${wrongUser}`,
    `ipmi://admin@127.0.0.1:${wrongSuite}?cipherSuite=17`,
    `ipmi://admin@127.0.0.1:${await freeUdpPort()}`,
    'ipmi://admin@nonexistent.invalid',
    `ipmi://admin@127.0.0.1:${silent}`,
  ];
  const expected = ['auth.rejected', 'auth.user', 'ipmi.cipher', 'connect.refused', 'dns.failed', 'connect.timeout'];
  const begun = performance.now();
  const reports = await Promise.all(
    targets.map(async (target, index) => {
      const env = index === 0 ? { SIDEBAND_PASSWORD: 'mistaken' } : {};
      return sideband(['do', 'power.status', target, '--json'], { env });
    }),
  );
  expect(performance.now() - begun).toBeLessThan(9000);
  expect(reports.map(({ code }) => code)).toEqual(expected.map(() => 1));
  const errors = reports.map((report) => reportOf(report).results[0]?.error);
  expect(errors.map((error) => error?.code)).toEqual(expected);
  expect(new Set(errors.map((error) => error?.hint)).size).toBe(6);

  const checks = await Promise.all(
    targets.map((target, index) =>
      sideband(['check', target, '--json'], { env: index === 0 ? { SIDEBAND_PASSWORD: 'mistaken' } : {} }),
    ),
  );
  const causes = checks.map((check) => (check.document() as CheckReport).results[0]?.technologies[0]?.cause.code);
  expect(causes).toEqual(expected);
}, 30_000);

test('2,000 controllers, 5 % of them silent: one document, every one answered for, the living not slowed', async () => {
  const isSilent = (index: number): boolean => index % 20 === 7;
  const simulator = await simulate(
    ...Array.from({ length: 2000 }, (_, index) => ({ network: { silent: isSilent(index) } })),
  );
  writeFleet(simulator);
  const ended = await sideband(['do', 'power.status', 'lab-[0001-2000]', '--json']);
  expect(ended.code).toBe(1);
  expect(ended.stdout.endsWith('}\n')).toBe(true);
  const { results } = reportOf(ended);
  expect(results).toHaveLength(2000);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1900);
  for (const [index, result] of results.entries()) {
    expect(result.ok).toBe(!isSilent(index));
    if (isSilent(index)) expect(result.error?.code).toBe('connect.timeout');
  }
  const living = results.filter(({ ok }) => ok).map(({ durationMs }) => durationMs);
  expect(Math.max(...living)).toBeLessThan(5000);
  expect(simulator.openSessions).toBe(0);
}, 60_000);

test('the failed ones of a run are done again, alone', async () => {
  const simulator = await simulate({}, { network: { silent: true } });
  writeFleet(simulator);
  expect((await sideband(['do', 'power.off', '*', '--yes'])).code).toBe(1);
  simulator.bmcs[1]!.network = {};
  const again = await sideband(['rerun', 'last', '--failed', '--yes', '--json']);
  expect(again).toMatchObject({ code: 0 });
  expect(reportOf(again).results).toMatchObject([{ computer: 'lab-0002', outcome: 'done' }]);
  expect(simulator.bmcs.map(({ bmc }) => bmc.machine.acts)).toEqual([[0], [0]]);
}, 20_000);

test('the failed ad-hoc computers are done again as the user they were given with', async () => {
  const simulator = await simulate({ network: { silent: true } });
  const { address, port } = simulator.bmcs[0]!;
  expect((await sideband(['do', 'power.off', `ipmi://admin@${address}:${port}`, '--yes'])).code).toBe(1);
  simulator.bmcs[0]!.network = {};
  const again = await sideband(['rerun', 'last', '--failed', '--yes', '--json']);
  expect(reportOf(again).results).toMatchObject([{ computer: `ipmi://${address}:${port}`, outcome: 'done' }]);
}, 20_000);

test('what left the fleet is not done again, and said so', async () => {
  const simulator = await simulate({ network: { silent: true } }, { network: { silent: true } });
  writeFleet(simulator);
  expect((await sideband(['do', 'power.off', '*', '--yes'])).code).toBe(1);
  write(
    'fleet.yaml',
    readFileSync(join(folder.path, '.sideband', 'fleet.yaml'), 'utf8').replace('lab-0001:', 'other:'),
  );
  const again = await sideband(['rerun', 'last', '--failed', '--plan']);
  expect(again.stderr).toContain('lab-0001 is left alone: it is not in the fleet any more');
  expect(again.stdout).toContain('lab-0002');
}, 20_000);

test('global options may stand before the command', async () => {
  writeFleet(await simulate({}));
  expect(await sideband(['--folder', folder.path, '--json', 'list', '*'], { cwd: '/' })).toMatchObject({ code: 0 });
});

test('a reset whose answer was lost is found out about, and happens once', async () => {
  const simulator = await simulate({});
  const [one] = simulator.bmcs;
  writeFleet(simulator);
  const original = one!.bmc.receive.bind(one!.bmc);
  one!.bmc.receive = (datagram, from) => {
    const acts = one!.bmc.machine.acts.length;
    const answer = original(datagram, from);
    return one!.bmc.machine.acts.length > acts ? undefined : answer;
  };
  const reset = await sideband(['do', 'power.reset', '*', '--yes', '--json']);
  expect(reportOf(reset).results).toMatchObject([{ ok: true, outcome: 'done' }]);
  expect(one!.bmc.machine.acts).toEqual([3]);
}, 20_000);

test('the planted password is in no output, no ledger and no state', async () => {
  const simulator = await simulate({}, { users: [{ name: 'admin', password: 'another', limit: 4 }] });
  writeFleet(simulator);
  const texts: string[] = [];
  for (const argv of [
    ['do', 'power.status', '*', '--verbose'],
    ['do', 'power.off', '*', '--yes', '--verbose', '--json'],
    ['check', '*', '--verbose'],
    ['show', 'computer-system', '*', '--json'],
    ['runs', 'last', '--json'],
    ['do', 'power.status', `ipmi://admin:${password}@127.0.0.1`],
  ]) {
    const { stdout, stderr } = await sideband(argv);
    texts.push(stdout, stderr);
  }
  const state = join(folder.path, 'state');
  for (const file of readdirSync(state)) texts.push(readFileSync(join(state, file), 'latin1'));
  expect(texts.join('\n')).toContain('Get Chassis Status');
  for (const text of texts) expect(text.includes(password)).toBe(false);
});

test.each<[argv: readonly string[], code: number, message: string]>([
  [['dooo', 'power.status', '*'], 2, 'no command "dooo". Did you mean "do"?'],
  [['do', 'power.stauts', '*'], 2, 'no operation "power.stauts". Did you mean "power.status"?'],
  [['do', 'power.off', '*', '--gracefull'], 2, 'no option --gracefull. Did you mean "graceful"?'],
  [
    ['do', 'power.off', '*', '--timeout-ms', 'soon', '--yes'],
    2,
    'power.off: parameter timeoutMs: a number is expected, not text',
  ],
  [['do', 'power.status'], 2, 'targets are expected: * is all computers'],
  [['do', 'power.status', 'lab-9'], 2, 'no computer "lab-9" is in the fleet.'],
  [['do', 'power.status', 'lab-x*'], 5, '"lab-x*" matches no computer'],
  [['show', 'computer-sytem', '*'], 2, 'no node "computer-sytem". Did you mean "computer-system"?'],
  [['runs', 'nope'], 2, 'no run "nope" is recorded: `sideband runs` lists them'],
  [
    ['do', 'power.status', '*', '--timeout', 'soon'],
    2,
    '--timeout: a duration such as 30s or 5m is expected, not "soon"',
  ],
  [
    ['do', 'power.status', '*', '--technology', 'impi'],
    2,
    '--technology: "impi" is not a technology. Did you mean "ipmi"?',
  ],
  [['do', 'power.status', '*', '--concurrency', '0'], 2, '--concurrency: a number from 1 is expected, not "0"'],
  [['discover', '10.0.0.0/24'], 2, '"discover" is not in this version'],
  [
    ['secret', 'set', 'bmc', 'ipmi', 'hunter2'],
    2,
    'a password is never given as an argument: it is asked for, or read from standard input',
  ],
])('%j ends with %i and says what is near', async (argv, code, message) => {
  writeFleet(await simulate({}));
  const ended = await sideband(argv);
  expect(ended.stderr).toContain(`sideband: ${message}`);
  expect(ended.code).toBe(code);
  expect(ended.stderr).not.toContain('hunter2');
});

test('mistakes in the files are told by place, and nothing is done', async () => {
  const simulator = await simulate({});
  writeFleet(simulator, { ipmi: 'usr: admin', more: 'limit: {}\n' });
  const ended = await sideband(['do', 'power.status', '*']);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('.sideband/fleet.yaml:3:18: "usr" is not known here. Did you mean "user"?');
  expect(ended.stderr).toContain('"limit" is not known here. Did you mean "limits"?');
  expect(simulator.received).toBe(0);
});

test('without a fleet file targets say so', async () => {
  const ended = await sideband(['list', '*']);
  expect(ended).toMatchObject({ code: 5, stderr: expect.stringContaining('has no .sideband/fleet.yaml') as string });
});
