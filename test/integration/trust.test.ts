import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { run } from '../../src/cli/run';
import type { Technology } from '../../src/technologies/technology';
import { testIo, type TestIoOptions } from '../fakes/io';
import { temporaryFolder } from '../fakes/temporaryFolder';
import { type Certificates, type Identity, makeCertificates, opensslFingerprint } from '../peers/certificates';
import { freeTcpPort } from '../peers/freePort';
import { has } from '../peers/programs';
import { TcpServer } from '../peers/tcpServer';

// A technology that does nothing but show certificates, so that this holds whatever the others do.
vi.mock('../../src/technologies', async () => {
  const { tlsOptions } = await import('../../src/technologies/tls');
  const { fetchCertificate } = await import('../../src/transport/certificate');
  const options = z.strictObject({ user: z.string(), tls: z.boolean().default(true), ...tlsOptions.shape });
  const shows: Technology<AsyncDisposable, z.output<typeof options>> = {
    name: 'amt',
    title: 'AMT',
    defaultPort: 16993,
    schemes: [{ name: 'amts', options: {} }],
    options,
    open: () => Promise.reject(new Error('nobody opens a session')),
    check: () => Promise.reject(new Error('nobody checks')),
    certificate: async ({ host, port, options: { tls } }, _, signal) =>
      tls ? { ...(await fetchCertificate({ host, port }, signal)), port } : undefined,
  };
  return { technologies: [shows] };
});

const opened: AsyncDisposable[] = [];
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function show(identity: Identity, port = 0): Promise<TcpServer> {
  const server = await TcpServer.start(() => undefined, { tls: identity, port });
  opened.push(server);
  return server;
}

function writeFleet(ports: Readonly<Record<string, number>>, profile = '{ user: admin }'): void {
  const computers = Object.entries(ports).map(
    ([name, port]) => `  ${name}: { host: 127.0.0.1, ports: { amt: ${port} }, profile: office }`,
  );
  mkdirSync(join(folder.path, '.sideband'), { recursive: true });
  writeFileSync(
    join(folder.path, '.sideband', 'fleet.yaml'),
    `version: 1\nprofiles:\n  office: { amt: ${profile} }\n  other: { ipmi: { user: admin } }\ncomputers:\n${computers.join('\n')}\n  sel-01: { host: 127.0.0.1, profile: other }\n`,
  );
}

async function trust(argv: readonly string[], options: TestIoOptions = {}) {
  const io = testIo({ cwd: folder.path, env: { SIDEBAND_STATE: join(folder.path, 'state') }, ...options });
  const code = await run(['trust', ...argv], io);
  return { code, stdout: io.stdout, stderr: io.stderr };
}

const pinsOf = (): unknown =>
  (JSON.parse(readFileSync(join(folder.path, 'state', 'pins.json'), 'utf8')) as { pins: unknown }).pins;

describe.skipIf(!has('openssl'))('sideband trust', () => {
  let certificates: Certificates;
  let [self, signed] = ['', ''];
  beforeAll(async () => {
    certificates = await makeCertificates();
    [self, signed] = await Promise.all([
      opensslFingerprint(certificates.selfSigned.cert),
      opensslFingerprint(certificates.server.cert),
    ]);
  });
  const colons = (fingerprint: string): string => fingerprint.toUpperCase().replace(/..(?!$)/g, '$&:');

  test('shows all certificates, asks once and pins them', async () => {
    const [one, two] = [await show(certificates.selfSigned), await show(certificates.server)];
    writeFleet({ 'lab-01': one.port, 'lab-02': two.port });
    const { code, stdout, stderr } = await trust(['lab-*'], { answers: ['y'] });
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head?.split(/\s{2,}/)).toEqual(['COMPUTER', 'ADDRESS', 'STATE', 'VALID TO', 'SUBJECT', 'SHA-256']);
    expect(rows.map((row) => row.split(/\s{2,}/))).toEqual([
      [
        'lab-01',
        `127.0.0.1:${one.port}`,
        'new',
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        'O=Example, CN=device',
        colons(self),
      ],
      [
        'lab-02',
        `127.0.0.1:${two.port}`,
        'new',
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        'O=Example, CN=device',
        colons(signed),
      ],
    ]);
    expect(stderr).toBe('Believe 2 certificates from now on, of lab-01, lab-02? [y/N] pinned 2 certificates\n');
    expect(code).toBe(0);
    expect(pinsOf()).toEqual({ [`127.0.0.1:${one.port}`]: self, [`127.0.0.1:${two.port}`]: signed });
    expect([one.heard, two.heard]).toEqual(['', '']);
  });

  test('asks nothing when all are pinned', async () => {
    const server = await show(certificates.selfSigned);
    writeFleet({ 'lab-01': server.port });
    await trust(['lab-01', '--yes']);
    const { code, stdout, stderr } = await trust(['lab-01']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('  pinned  ');
  });

  test('pins nothing after a no', async () => {
    const server = await show(certificates.selfSigned);
    writeFleet({ 'lab-01': server.port });
    expect(await trust(['lab-01'], { answers: ['n'] })).toMatchObject({ code: 3 });
    expect(pinsOf).toThrow('ENOENT');
  });

  test('needs --yes where nobody is there', async () => {
    const server = await show(certificates.selfSigned);
    writeFleet({ 'lab-01': server.port });
    const { code, stderr } = await trust(['lab-01']);
    expect(code).toBe(4);
    expect(stderr).toContain('pinning 1 certificate (lab-01) needs --yes');
    expect(pinsOf).toThrow('ENOENT');
  });

  test('what has changed is left alone without --replace', async () => {
    const before = await show(certificates.selfSigned);
    const { port } = before;
    writeFleet({ 'lab-01': port });
    await trust(['lab-01', '--yes']);
    await before[Symbol.asyncDispose]();
    await show(certificates.server, port);

    const changed = await trust(['lab-01', '--yes']);
    expect(changed).toMatchObject({ code: 1, stderr: expect.stringContaining('use --replace') as string });
    expect(changed.stdout).toContain('  CHANGED  ');
    expect(pinsOf()).toEqual({ [`127.0.0.1:${port}`]: self });

    expect(await trust(['lab-01', '--replace', '--yes'])).toMatchObject({ code: 0 });
    expect(pinsOf()).toEqual({ [`127.0.0.1:${port}`]: signed });
  });

  test('what cannot be pinned is said, and the others are pinned', async () => {
    const server = await show(certificates.selfSigned);
    const closed = await freeTcpPort();
    writeFleet({ 'lab-01': server.port, 'lab-02': closed });
    const { code, stdout } = await trust(['lab-*', 'sel-01', '--yes']);
    expect(code).toBe(1);
    expect(stdout).toContain(`lab-02: connect.refused: nothing listens on 127.0.0.1 port ${closed}\n`);
    expect(stdout).toContain('sel-01: operation.impossible: no technology of its profile shows a certificate\n');
    expect(pinsOf()).toEqual({ [`127.0.0.1:${server.port}`]: self });
  });

  test('a computer in clear has none', async () => {
    writeFleet({ 'lab-01': 1 }, '{ user: admin, tls: false }');
    const { code, stdout } = await trust(['lab-01']);
    expect(code).toBe(1);
    expect(stdout).toContain('lab-01: operation.impossible');
  });

  test('what the profile itself says needs no pin', async () => {
    const server = await show(certificates.server);
    writeFleet({ 'lab-01': server.port }, '{ user: admin, trust: ca }');
    const { code, stdout } = await trust(['lab-01']);
    expect(code).toBe(0);
    expect(stdout).toContain('  by profile  ');
  });

  test('as one JSON document', async () => {
    const server = await show(certificates.selfSigned);
    const closed = await freeTcpPort();
    writeFleet({ 'lab-01': server.port, 'lab-02': closed });
    const { code, stdout } = await trust(['lab-*', '--yes', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      results: [
        {
          computer: 'lab-01',
          technology: 'amt',
          ok: true,
          host: '127.0.0.1',
          port: server.port,
          state: 'new',
          pinned: true,
          fingerprint: self,
          subject: 'O=Example, CN=device',
          issuer: 'O=Example, CN=device',
          validTo: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        },
        {
          computer: 'lab-02',
          technology: 'amt',
          ok: false,
          error: {
            code: 'connect.refused',
            message: `nothing listens on 127.0.0.1 port ${closed}`,
            hint: expect.any(String) as string,
          },
        },
      ],
    });
  });

  test('only by one technology', async () => {
    const server = await show(certificates.selfSigned);
    writeFleet({ 'lab-01': server.port });
    expect(await trust(['lab-01', '--technology', 'dash'])).toMatchObject({ code: 1 });
    expect(server.connections).toBe(0);
  });

  test('a computer that no fleet knows', async () => {
    const server = await show(certificates.selfSigned);
    expect(await trust([`amts://admin@127.0.0.1:${server.port}`, '--yes'])).toMatchObject({ code: 0 });
    expect(pinsOf()).toEqual({ [`127.0.0.1:${server.port}`]: self });
  });

  test('needs targets', async () => {
    writeFleet({});
    expect(await trust([])).toMatchObject({ code: 2 });
    expect(await trust(['nobody-*'])).toMatchObject({ code: 5 });
  });
});
