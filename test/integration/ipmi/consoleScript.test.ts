import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run';
import { type TestIo, testIo } from '../../fakes/io';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { type IpmiSim, ipmiSimPassword, ipmiSimUser, startIpmiSim } from '../../peers/ipmiSim';
import { has } from '../../peers/programs';
import { SerialHub } from '../../peers/serialHub';

// On a machine without these programs `npm test` names what it left out.
const isThere = ['ipmi_sim', 'ipmitool', 'qemu-system-x86_64'].every(has);

/** A diskette whose boot sector prints `login: `, shows the keys until Enter, prints `Welcome`, and halts. 8086 machine code. */
function diskette(): Uint8Array {
  const code = [
    ...[0x31, 0xc0, 0x8e, 0xd8], // xor ax, ax; mov ds, ax
    ...[0xbe, 0x30, 0x7c], // mov si, login
    ...[0xe8, 0x15, 0x00], // call print
    ...[0x30, 0xe4, 0xcd, 0x16], // key: xor ah, ah; int 16h
    ...[0xb4, 0x0e, 0xcd, 0x10], // mov ah, 0Eh; int 10h
    ...[0x3c, 0x0d, 0x75, 0xf4], // cmp al, 13; jne key
    ...[0xbe, 0x38, 0x7c], // mov si, welcome
    ...[0xe8, 0x03, 0x00, 0xf4, 0xeb], // call print; hlt; jmp
    0xfd,
    ...[0xac, 0x08, 0xc0, 0x74, 0x06, 0xb4, 0x0e, 0xcd, 0x10, 0xeb, 0xf5, 0xc3], // print: lodsb … ret
  ];
  const image = Buffer.alloc(1_474_560);
  image.set(code);
  image.write('login: \0', 0x30, 'latin1');
  image.write('\r\nWelcome\r\n\0', 0x38, 'latin1');
  image.set([0x55, 0xaa], 510);
  return image;
}

describe.runIf(isThere)('a script drives the boot menu of a real machine on its serial port', () => {
  const folder = temporaryFolder();
  let hub: SerialHub;
  let bmc: IpmiSim;
  beforeAll(async () => {
    hub = await SerialHub.start();
    const [forBmc, forMachine] = hub.ports;
    bmc = await startIpmiSim({
      configuration: [`sol "tcp:127.0.0.1:${forBmc}" 115200`],
      files: { 'floppy.img': diskette() },
      machine: [
        `-chardev socket,id=serial,host=127.0.0.1,port=${forMachine} -serial chardev:serial`,
        '-drive if=floppy,format=raw,file=@DIR@/floppy.img',
        '-machine graphics=off -boot menu=on,splash-time=60000',
      ],
    });
  }, 30_000);
  afterAll(async () => {
    await bmc[Symbol.asyncDispose]();
    await hub[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const sideband = async (...args: readonly string[]): Promise<TestIo & { readonly code: number }> => {
    const env = {
      SIDEBAND_PASSWORD: ipmiSimPassword,
      SIDEBAND_STATE: folder.path,
      SIDEBAND_SECRET_GUEST_IPMI: 'hunter2',
    };
    const io = testIo({ cwd: folder.path, env });
    return Object.assign(io, { code: await run([...args, '--yes'], io) });
  };
  const target = (): string => `ipmi://${ipmiSimUser}@127.0.0.1:${bmc.port}?cipherSuite=3`;

  test('to the login of a guest, and the run keeps the screens', { timeout: 20_000 }, async () => {
    writeFileSync(
      join(folder.path, 'boot.yaml'),
      `power: on
steps:
  - expect: Press ESC for boot menu
  - keys: [Escape]
  - expect: /Select boot device:\\s+.*2\\. Floppy/s
  - screen: menu
  - send: '2'
  - expect: 'login:'
    timeoutMs: 10000
  - sendSecret: guest
  - expect: Welcome
`,
    );
    const { code, stdout } = await sideband('do', 'console.script', target(), '--with', 'boot.yaml', '--json');
    const { results, run: runId } = JSON.parse(stdout) as {
      readonly run: string;
      readonly results: readonly {
        readonly outcome: string;
        readonly value: { readonly screens: readonly { readonly name: string; readonly text: string }[] };
      }[];
    };
    expect(code).toBe(0);
    const [menu, end] = results[0]!.value.screens;
    expect(menu).toMatchObject({
      name: 'menu',
      text: expect.stringMatching(/Select boot device:[^]*2\. Floppy/) as string,
    });
    expect(end).toMatchObject({ name: 'end', text: expect.stringMatching(/login: \*\*\*[^]*Welcome$/) as string });
    const kept = await sideband('runs', runId, '--json');
    expect(kept.stdout).toContain('Select boot device');
    expect(kept.stdout).not.toContain('hunter2');
  });

  test('what does not appear ends it with the screen as evidence', { timeout: 30_000 }, async () => {
    writeFileSync(join(folder.path, 'never.yaml'), 'steps:\n  - { expect: never, timeoutMs: 300 }\n');
    const { code, stdout } = await sideband('do', 'console.script', target(), '--with', 'never.yaml', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [
        {
          outcome: 'failed',
          value: { screens: [{ name: 'step 1' }] },
          error: {
            code: 'operation.timeout',
            message: expect.stringContaining('step 1: the screen did not show "never" within 0.3 s') as string,
          },
        },
      ],
    });
  });

  test('a mistake in the file is told with its place, and nothing is done', async () => {
    writeFileSync(join(folder.path, 'wrong.yaml'), 'steps:\n  - keys: [Esc]\n');
    const { code, stderr } = await sideband('do', 'console.script', target(), '--with', 'wrong.yaml');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/wrong\.yaml:2:\d+: .*is no key; there are: Enter, Escape/),
    ]);
  });
});
