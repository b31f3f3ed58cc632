// The demo's jobs on simulated computers and on foreign controllers, from the editor and from the command line, in one ledger.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { finish } from '../peers/programs.ts';
import { inOut, root } from '../tools/paths.mts';
import { findProgram } from '../tools/run.mts';
import {
  answerDialog,
  answerInput,
  notification,
  openFile,
  openView,
  pick,
  readWebview,
  screenshot,
  treeItem,
  treeTexts,
  until,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type IpmiSim, loadDemo, loadIpmiSim, type SimulatedFleet } from './simulator.mts';

const extensionId = 'sideband.sideband';
const workspace = inOut('editor', 'job-samples-workspace');
/** As they are found, and are to be left. */
const found = { 'lab-01': 'off', 'lab-02': 'on', 'lab-03': 'off' } as const;
const controllers = new Map<string, IpmiSim>();
let fleet: SimulatedFleet | undefined;
let passwords: NodeJS.ProcessEnv = {};

const isThere = ['ipmi_sim', 'ipmitool', 'qemu-system-x86_64'].every((name) => findProgram(name) !== undefined);
const step = isThere
  ? editorSession({
      name: 'job-samples',
      workspace,
      settings: { 'workbench.colorTheme': 'Default Dark Modern', 'sideband.refreshSeconds': 0 },
      prepare,
      cleanUp,
    })
  : (title: string): void => {
      void test(title, { skip: 'it needs ipmi_sim, ipmitool and qemu-system-x86_64' });
    };

type Session = Parameters<Parameters<ReturnType<typeof editorSession>>[1]>[0];

/** Six computers of the demo, of which lyon-01 has AMT and berlin-02 is off, its puzzles, and the foreign controllers. */
async function prepare(): Promise<NodeJS.ProcessEnv> {
  const [{ SimulatedFleet, demoJobs }, { startIpmiSim, ipmiSimUser, ipmiSimPassword }] = await Promise.all([
    loadDemo(),
    loadIpmiSim(),
  ]);
  fleet = await SimulatedFleet.start(13);
  await Promise.all(
    Object.entries(found).map(async ([name, power]) => {
      const controller = await startIpmiSim();
      controllers.set(name, controller);
      if (power === 'on') await controller.ipmitool('chassis', 'power', 'on');
    }),
  );
  const lines = Object.keys(found).map((name) => {
    const where = `host: 127.0.0.1, ports: { ipmi: ${controllers.get(name)!.port} }`;
    return `  ${name}: { ${where}, profile: lab, tags: { site: bergen, rack: r1 } }\n`;
  });
  const text = fleet
    .fleetYaml()
    .replace('profiles:\n', `profiles:\n  lab: { ipmi: { user: ${ipmiSimUser} } }\n`)
    .replace('computers:\n', `computers:\n${lines.join('')}`);
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(join(workspace, '.sideband', 'jobs'), { recursive: true });
  writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), text);
  for (const [name, job] of Object.entries(demoJobs)) writeFileSync(join(workspace, '.sideband', 'jobs', name), job);
  passwords = {
    SIDEBAND_SECRET_LAB_IPMI: ipmiSimPassword,
    SIDEBAND_SECRET_BMC_IPMI: SimulatedFleet.password,
    SIDEBAND_SECRET_AMT_AMT: SimulatedFleet.password,
  };
  return passwords;
}

async function cleanUp(): Promise<void> {
  for (const controller of controllers.values()) await controller[Symbol.asyncDispose]();
  await fleet?.[Symbol.asyncDispose]();
}

const pageOf = ({ page }: Session): FrameLocator => readWebview(page, extensionId);

/** What ipmitool says of the foreign controllers, and whether their machines are there. */
async function powers(): Promise<Readonly<Record<string, string>>> {
  const states = [...controllers].map(async ([name, controller]) => {
    const { stdout } = await controller.ipmitool('chassis', 'power', 'status');
    const power = stdout.trim().replace('Chassis Power is ', '');
    return [name, (controller.machine() === undefined) === (power === 'off') ? power : `${power}?`] as const;
  });
  return Object.fromEntries((await Promise.all(states)).sort());
}

/** A picture once nothing fades in or out any more. */
async function shot({ page }: Session, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await screenshot(page, inOut('shots', `samples-${name}.png`));
}

async function chips(session: Session): Promise<string> {
  const texts = await pageOf(session).locator('.chip:visible').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).join(', ');
}

/** Presses Run over a job. */
async function run({ page, server }: Session, file: string): Promise<void> {
  await server.evaluate(async (vscode) => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  });
  await openFile(page, file);
  await page.locator('.codelens-decoration a', { hasText: /^Run$/ }).first().click();
}

/** Waits for the end of a run, on its page and in its notification. */
async function ended(session: Session, title: string, came: string): Promise<void> {
  await pageOf(session).locator('#title', { hasText: title }).waitFor();
  await notification(session.page, `${title}: ${came}.`).waitFor({ timeout: 50_000 });
  await until('the page', async () => (await chips(session)) === came);
  const main = pageOf(session).locator('main');
  assert.ok(await main.evaluate(({ scrollWidth }) => scrollWidth <= window.innerWidth), 'it scrolls sideways');
  await pageOf(session)
    .locator('#state', { hasText: /finished/i })
    .waitFor();
}

interface Command {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in the folder of the window, with its state. */
function sideband({ server }: Session, ...argv: readonly string[]): Promise<Command> {
  const args = [join(root, 'dist', 'cli.js'), ...argv, '--folder', server.workspace];
  return finish(process.execPath, args, { ...passwords, SIDEBAND_STATE: server.state });
}

step('wake, patch, restore: what is off is woken, and every computer ends as it was found', async (session) => {
  const { page } = session;
  assert.deepEqual(await powers(), found);
  await openView(page, 'Sideband');
  await run(session, 'patch.yaml');
  await pick(page, 'who');
  await page.locator('.quick-input-title', { hasText: 'Wake, patch, restore: who' }).waitFor();
  await answerInput(page, 'lab-* berlin-01 berlin-02');
  await pick(page, 'Continue');
  assert.match(await answerDialog(page, 'Wake, patch, restore'), /Wake, patch, restore: 5 computers\?/);
  await pageOf(session).locator('#title', { hasText: 'Wake, patch, restore' }).waitFor();
  await until('the page to live', async () => (await chips(session)).includes('running'));
  await shot(session, '1-patch-live');
  await ended(session, 'Wake, patch, restore', '3 unverified, 2 done');
  await shot(session, '2-patch');
  assert.deepEqual(await powers(), found);
  const on = fleet!.simulator.bmcs.map(({ bmc }) => bmc.machine.on);
  assert.deepEqual([on[0], on[2]], [true, false]);
});

step('inventory report: what every computer is made of', async (session) => {
  await run(session, 'inventory.yaml');
  await ended(session, 'Inventory report', '9 done');
  await shot(session, '3-inventory');
  assert.deepEqual(await powers(), found);
});

step('BIOS setup of a rack: each by the state that it is in', async (session) => {
  const { page } = session;
  await run(session, 'bios-setup.yaml');
  await pick(page, 'Continue');
  assert.match(await answerDialog(page, 'BIOS setup of a rack'), /BIOS setup of a rack: 4 computers\?/);
  await ended(session, 'BIOS setup of a rack', '3 unverified, 1 done');
  await shot(session, '4-bios-setup');
  assert.deepEqual(await powers(), found);
});

step('quarantine: a computer with AMT is cut off', async (session) => {
  const { page } = session;
  await run(session, 'quarantine.yaml');
  await answerInput(page, 'lyon-01');
  await pick(page, 'Continue');
  assert.match(await answerDialog(page, 'Quarantine'), /Quarantine: lyon-01\?/);
  await ended(session, 'Quarantine', '1 done');
  await shot(session, '5-quarantine');
  // Its policy drops what is not left open, and is put in force on the port.
  const [policy, force] = fleet!.amt.devices[0]!.calls.slice(-2);
  assert.deepEqual(
    [policy?.resource, force?.resource],
    ['AMT_SystemDefensePolicy', 'AMT_NetworkPortSystemDefensePolicy'],
  );
  assert.deepEqual([policy?.parameters.RxDefaultDrop, policy?.parameters.TxDefaultDrop], ['true', 'true']);
});

step('the command line lists the same runs, and the editor shows those of the command line', async (session) => {
  const { page } = session;
  const command = await sideband(session, 'job', 'run', 'inventory', '--targets', 'lab-*', '--json');
  assert.equal(command.code, 0, command.stderr);
  const { stdout } = await sideband(session, 'runs', '--json');
  const { runs } = JSON.parse(stdout) as {
    readonly runs: readonly {
      readonly subject: string;
      readonly state: string;
      readonly counts: Readonly<Record<string, number>>;
    }[];
  };
  assert.deepEqual(
    runs.map(({ subject, state, counts }) => [subject.split('/').at(-1), state, counts]),
    [
      ['inventory.yaml', 'finished', { done: 3 }],
      ['quarantine.yaml', 'finished', { done: 1 }],
      ['bios-setup.yaml', 'finished', { done: 1, unverified: 3 }],
      ['inventory.yaml', 'finished', { done: 9 }],
      ['patch.yaml', 'finished', { done: 2, unverified: 3 }],
    ],
  );
  await treeItem(page, 'Inventory report · lab-*, 3 done').waitFor({ timeout: 5_000 });
  assert.deepEqual(await treeTexts(page, 'Runs'), [
    'Inventory report · lab-*, 3 done',
    'Quarantine · lyon-01, 1 done',
    'BIOS setup of a rack · rack=r1 !puzzle-*, 3 unverified, 1 done',
    'Inventory report · * !puzzle-*, 9 done',
    'Wake, patch, restore · lab-* berlin-01 berlin-02, 3 unverified, 2 done',
  ]);
  await shot(session, '6-runs');
});
