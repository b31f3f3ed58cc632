// The serial console of a real ipmi_sim in a real terminal.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type * as Peers from '../peers/ipmiSim';
import { bundle } from '../tools/bundle.mts';
import { inOut, root } from '../tools/paths.mts';
import { findProgram } from '../tools/run.mts';
import {
  answerDialog,
  answerInput,
  notification,
  openPalette,
  openView,
  treeItem,
  treeItemMenu,
  until,
} from './driver.mts';
import { editorSession, type SessionOptions, type Step } from './session.mts';

const workspace = inOut('editor', 'console-workspace');
/** The two ends of the serial cable: the controller's, which these tests talk to as the computer does, and the machine's. */
const serialPort = createServer();
const machinePort = createServer();
let computer: Socket | undefined;
let machine: Socket | undefined;
let received = '';
let bmc: Peers.IpmiSim | undefined;

const isThere = ['ipmi_sim', 'ipmitool'].every((program) => findProgram(program) !== undefined);
const options: SessionOptions = {
  name: 'console',
  workspace,
  settings: { 'sideband.refreshSeconds': 0, 'terminal.integrated.accessibleViewPreserveCursorPosition': true },
  async prepare() {
    serialPort.on('connection', (socket) => {
      computer = socket;
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        received += data.toString('latin1');
        machine?.write(data);
      });
    });
    machinePort.on('connection', (socket) => {
      machine = socket;
      socket.on('error', () => undefined);
      socket.on('data', (data) => computer?.write(data));
    });
    const [port, forMachine] = [await listen(serialPort), await listen(machinePort)];
    const file = await bundle(`export * from './test/peers/ipmiSim';`, inOut('editor', 'ipmiSim.mjs'));
    const { ipmiSimPassword, startIpmiSim } = (await import(pathToFileURL(file).href)) as typeof Peers;
    bmc = await startIpmiSim({
      configuration: [`sol "tcp:127.0.0.1:${port}" 115200`],
      machine: [
        `-chardev socket,id=serial,host=127.0.0.1,port=${forMachine} -serial chardev:serial`,
        '-machine graphics=off -boot menu=on,splash-time=60000',
      ],
    });
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    const lab = `lab-01: { host: 127.0.0.1, ports: { ipmi: ${bmc.port} }, profile: bmc }`;
    const fleet = `version: 1\nprofiles:\n  bmc: { ipmi: { user: admin, cipherSuite: 3 } }\ncomputers:\n  ${lab}\n`;
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), fleet);
    return { SIDEBAND_SECRET_BMC_IPMI: ipmiSimPassword };
  },
  async cleanUp() {
    await bmc?.[Symbol.asyncDispose]();
    for (const socket of [computer, machine]) socket?.destroy();
    for (const end of [serialPort, machinePort]) end.close();
  },
};
async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const missing = 'no ipmi_sim or ipmitool on this machine';
const step: Step = isThere ? editorSession(options) : (title) => void test(title, { skip: missing });

step('a terminal shows what the computer says, and sends what is typed', async ({ page }) => {
  await openView(page, 'Sideband');
  await treeItem(page, 'lab-01').waitFor();
  await treeItemMenu(page, 'lab-01', 'Serial Console');
  const rows = page.locator('.terminal .xterm-rows');
  await rows.getByText('[connected]').waitFor();
  await until('the serial port', () => computer !== undefined);
  computer?.write('Debian GNU/Linux 13 lab-01 ttyS0\r\n\r\nlab-01 login: ');
  await rows.getByText('lab-01 login:').waitFor();
  await page.locator('.terminal .xterm-helper-textarea').focus();
  await page.keyboard.type('root\n', { delay: 30 });
  await until('the keys at the computer', () => received.includes('root\r'));
  assert.match(received, /^root\r$/);
});

step('a console that somebody takes over ends with its reason', async ({ page }) => {
  await bmc!.ipmitool('sol', 'deactivate');
  const rows = page.locator('.terminal .xterm-rows');
  await rows.getByText('Enter opens it again').waitFor({ timeout: 40_000 });
  await page.keyboard.press('Enter');
  await until('the second connection', async () => (await rows.getByText('[connected]').count()) === 2);
});

step('what is said is recorded, and power and boot are at hand', async ({ page, server }) => {
  await openPalette(page, 'Sideband: Record Serial Console');
  await answerInput(page, 'Log with times');
  const file = inOut('editor', 'console', 'workspace', 'lab-01.log');
  await answerInput(page, file);
  const rows = page.locator('.terminal .xterm-rows');
  await rows.getByText('recording to').waitFor();
  computer?.write('recorded\r\n');
  await until('the log', () => existsSync(file) && readFileSync(file, 'utf8').includes('recorded'));
  assert.match(readFileSync(file, 'utf8'), /^\d{4}-\d\d-\d\dT[\d:.]+Z recorded\r\n$/);
  await openPalette(page, 'Sideband: Power and Boot of Serial Console');
  await answerInput(page, 'Power Status');
  await notification(page, 'Power Status: lab-01').waitFor();
  assert.equal(server.logs(/.*/).includes('password'), false);
});

step('a real machine starts, and its boot menu obeys the keyboard', async ({ page }) => {
  await openPalette(page, 'Sideband: Power and Boot of Serial Console');
  await answerInput(page, 'Power On');
  await answerDialog(page, 'Power On');
  const rows = page.locator('.terminal .xterm-rows');
  await rows.getByText('Press ESC for boot menu').waitFor();
  await until('the boot menu', async () => {
    // While a notification is shown, Escape is for that.
    await page.locator('.terminal .xterm-helper-textarea').first().focus();
    await page.keyboard.press('Escape');
    await delay(1000);
    return (await rows.getByText('Select boot device').count()) > 0;
  });
});

step('the list of terminal profiles offers a serial console', async ({ page }) => {
  await page
    .getByRole('button', { name: /Launch Profile/ })
    .first()
    .click();
  await page.locator('.context-view .monaco-menu .action-item', { hasText: 'Serial Console' }).first().click();
  await answerInput(page, 'lab-01');
  await page.locator('.terminal-tabs-entry').nth(1).click();
  await page.locator('.terminal .xterm-rows').getByText('already open').first().waitFor();
});

step('sideband console under a pseudo-terminal: 10,000 lines in order, keys, and the way out', async () => {
  const url = `ipmi://admin@127.0.0.1:${bmc!.port}?cipherSuite=3`;
  const command = `${process.execPath} ${join(root, 'dist', 'cli.js')} console '${url}' --take-over`;
  const child = spawn('script', ['-qfec', `stty raw -echo; ${command}`, '/dev/null'], {
    env: { ...process.env, SIDEBAND_PASSWORD: 'password', SIDEBAND_STATE: inOut('editor', 'console-state') },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const gone = once(child, 'exit');
  let shown = '';
  child.stdout.on('data', (data: Buffer) => (shown += data.toString('latin1')));
  await until('the console', () => shown.includes('for help'));
  const lines = Array.from({ length: 10_000 }, (_, index) => `line ${String(index).padStart(5, '0')}\r\n`).join('');
  const begun = performance.now();
  for (let at = 0; at < lines.length;) {
    const due = Math.min(lines.length, Math.ceil((performance.now() - begun) * 11.52));
    if (due > at) computer?.write(lines.slice(at, due));
    at = due;
    await delay(2);
  }
  await until('the last line', () => shown.includes('line 09999\r\n'));
  assert.equal(shown.slice(shown.indexOf('line 00000')) === lines, true);
  received = '';
  child.stdin.write('uname\r');
  await until('the keys at the computer', () => received.includes('uname\r'));
  child.stdin.write('~.');
  const [code] = (await gone) as [number | null];
  assert.equal(code, 0);
});
