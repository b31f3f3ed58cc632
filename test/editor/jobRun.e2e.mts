// A job from its file to its end: lens, plan, agreement, live matrix, failures done again; and a run that a reload cuts in two.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { inOut } from '../tools/paths.mts';
import {
  answerDialog,
  answerNotification,
  notification,
  openFile,
  openView,
  pick,
  readWebview,
  screenshot,
  treeItem,
  treeItemMenu,
  until,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type IpmiSimulator, loadSimulator } from './simulator.mts';

const extensionId = 'sideband.sideband';
const password = 'battery staple';
const users = [{ name: 'admin', password, limit: 4 }];
const names = Array.from({ length: 8 }, (_, index) => `lab-0${index + 1}`);
/** The number of Chassis Control for a reset, IPMI v2.0 section 28.3. */
const reset = 3;
const workspace = inOut('editor', 'job-run-workspace');
const jobs = {
  'patch.yaml': `name: Patch window
description: Wakes what is off, and leaves every computer as it was found.
targets: '\${{ inputs.who }}'
inputs:
  who: { default: 'site=oslo', description: Which computers are patched }
strategy: { concurrency: 4, failFast: 50% }
steps:
  - id: wake
    name: Wake
    uses: power.on
  - name: Wait until it is on
    uses: wait.for
    with: { power: 'on', timeout: 30s, every: 1s }
finally:
  - name: Put back as it was
    uses: power.restore
    with: { from: wake }
`,
  'shutdown.yaml': `name: Long shutdown
targets: site=oslo
strategy: { waves: [5, 100%] }
steps:
  - name: Reset
    uses: power.reset
  - name: Wait for somebody to turn it off
    uses: wait.for
    with: { power: 'off', timeout: 5m, every: 1s }
`,
};
let simulator: IpmiSimulator | undefined;

const step = editorSession({
  name: 'job-run',
  workspace,
  settings: { 'workbench.colorTheme': 'Default Dark Modern', 'sideband.refreshSeconds': 0 },
  async prepare() {
    const { IpmiSimulator } = await loadSimulator();
    simulator = await IpmiSimulator.start({
      bmcs: names.map((_, index) => ({ users, powerDelayMs: 1500, on: index % 2 === 0 })),
    });
    const lines = names.map((name, index) => {
      const { address, port } = simulator!.bmcs[index]!;
      return `  ${name}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc, tags: { site: oslo } }`;
    });
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband', 'jobs'), { recursive: true });
    const head = 'version: 1\nprofiles:\n  bmc: { ipmi: { user: admin } }\ncomputers:\n';
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), `${head}${lines.join('\n')}\n`);
    for (const [name, text] of Object.entries(jobs)) writeFileSync(join(workspace, '.sideband', 'jobs', name), text);
    return { SIDEBAND_SECRET_BMC_IPMI: password };
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

type Session = Parameters<Parameters<typeof step>[1]>[0];

const pageOf = ({ page }: Session): FrameLocator => readWebview(page, extensionId);
const powers = (): string => simulator!.bmcs.map(({ bmc }) => (bmc.machine.on ? '1' : '0')).join('');

/** A picture once nothing fades in or out any more. */
async function shot({ page }: Session, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await screenshot(page, inOut('shots', `job-${name}.png`));
}

async function chips(session: Session): Promise<string> {
  const texts = await pageOf(session).locator('.chip:visible').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).join(', ');
}

const lens = ({ page }: Session, title: string) =>
  page.locator('.codelens-decoration a', { hasText: new RegExp(`^${title}$`) }).first();

async function closeEditors({ server }: Session): Promise<void> {
  await server.evaluate((vscode) =>
    vscode.commands.executeCommand('workbench.action.closeAllEditors').then(() => true),
  );
}

/** The open document of this name, as it is. */
const textOf = ({ server }: Session, name: string): Promise<string> =>
  server.evaluate(
    (vscode, title) =>
      vscode.workspace.textDocuments
        .findLast(({ uri }) => uri.scheme === 'sideband' && uri.path.startsWith(`/${title}`))
        ?.getText() ?? '',
    name,
  );

step('over a job there are lenses, and Plan reads every computer before anything is done', async (session) => {
  const { page } = session;
  simulator!.bmcs[4]!.network = { silent: true };
  await openFile(page, 'patch.yaml');
  await lens(session, 'Plan').waitFor();
  await shot(session, '1-lenses');
  await lens(session, 'Plan').click();
  await pick(page, 'Continue');
  await notification(page, /Patch window: 8 of 8 computers \(plan [0-9a-f]{12}\)/).waitFor({ timeout: 40_000 });
  const text = await until('the plan', () => textOf(session, 'Plan Patch window'));
  assert.match(text, /^# Plan: Patch window/);
  assert.match(text, /off → on/);
  assert.match(text, /lab-05/);
  await readWebview(page, 'vscode.markdown-language-features').locator('h1', { hasText: 'Plan: Patch' }).waitFor();
  await shot(session, '2-plan');
  assert.equal(powers(), '10101010');
});

step('a plan that the world has moved away from is shown anew, with what has moved', async (session) => {
  const { page } = session;
  simulator!.bmcs[1]!.bmc.machine.control(1);
  await until('lab-02 to be on', () => powers() === '11101010');
  await answerNotification(page, 'Patch window: 8 of 8', 'Run This Plan');
  await notification(page, /The world has moved since the plan was made \(.*lab-02/).waitFor({ timeout: 40_000 });
  await shot(session, '3-moved');
});

step('what is agreed on runs, and its page opens beside and lives', async (session) => {
  const { page } = session;
  await answerNotification(page, 'The world has moved', 'Run This Plan');
  await pageOf(session).locator('#title', { hasText: 'Patch window' }).waitFor({ timeout: 40_000 });
  await until('the first computers to end', async () => /done|already/.test(await chips(session)), 30_000);
  await shot(session, '4-live');
  await notification(page, /Patch window: 1 failed, 7 done/).waitFor({ timeout: 40_000 });
  await until('the end of the matrix', async () => (await chips(session)) === '1 failed, 7 done');
  await shot(session, '5-failed');
  assert.equal(powers(), '11101010');
});

step('the failed one is done again, after one question, in a run of its own', async (session) => {
  const { page } = session;
  simulator!.bmcs[4]!.network = {};
  await answerNotification(page, /Patch window: 1 failed, 7 done/, 'Rerun Failed');
  assert.match(await answerDialog(page, 'Patch window'), /Patch window: lab-05\?/);
  await notification(page, /Patch window: 1 (done|already)\./).waitFor({ timeout: 40_000 });
  await pageOf(session).locator('#facts', { hasText: 'in part' }).waitFor();
  await until('the matrix', async () => /^1 (done|already)$/.test(await chips(session)));
  await shot(session, '6-rerun');
});

step('a report of the run is written from its page', async (session) => {
  const { page } = session;
  await pageOf(session).locator('#export').click();
  await pick(page, 'JUnit');
  const place = page.locator('.quick-input-widget:visible input').first();
  const path = await until('the proposed place', async () => {
    const value = await place.inputValue();
    return value.endsWith('.xml') ? value : '';
  });
  assert.match(path, /\/workspace\/run-\d{8}-\d{6}-\w{4}\.xml$/);
  await place.press('Enter');
  await notification(page, /run-.*\.xml was written/).waitFor();
  assert.match(readFileSync(path, 'utf8'), /<testsuites?/);
});

step('a job that takes long is running when the window is reloaded', async (session) => {
  const { page } = session;
  await closeEditors(session);
  for (const { bmc } of simulator!.bmcs) {
    bmc.machine.control(1);
    bmc.machine.acts.length = 0;
  }
  await until('all to be on', () => powers() === '11111111');
  await openFile(page, 'shutdown.yaml');
  await lens(session, 'Run').click();
  assert.match(await answerDialog(page, 'Long shutdown'), /Long shutdown: 8 computers\?/);
  await pageOf(session).locator('#title', { hasText: 'Long shutdown' }).waitFor({ timeout: 40_000 });
  await until('five to wait', () => acts(reset) === '11111000');
  for (const { bmc } of simulator!.bmcs.slice(0, 2)) bmc.machine.control(0);
  await until('two to be done', async () => (await chips(session)) === '3 running, 3 not begun, 2 done', 30_000);
  await shot(session, '7-before-reload');
  // Nothing of ours is open in the next window, which remembers all the same.
  await closeEditors(session);
  await page.reload();
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
});

step(
  'the new window offers to resume it; nothing is done twice, and every computer has an outcome',
  async (session) => {
    const { page } = session;
    await notification(page, 'Long shutdown was interrupted: 2 of 8 computers are done.').waitFor({ timeout: 50_000 });
    await shot(session, '8-offer');
    await answerNotification(page, 'Long shutdown was interrupted', 'Resume');
    assert.match(await answerDialog(page, 'Long shutdown'), /Long shutdown: 6 computers\?/);
    await pageOf(session).locator('#title', { hasText: 'Long shutdown' }).waitFor({ timeout: 40_000 });
    assert.equal(acts(reset), '11111000');
    for (const { bmc } of simulator!.bmcs.slice(2, 5)) bmc.machine.control(0);
    await until('the others to wait', () => acts(reset) === '11111111', 30_000);
    for (const { bmc } of simulator!.bmcs.slice(5)) bmc.machine.control(0);
    await notification(page, /Long shutdown: 8 done/).waitFor({ timeout: 40_000 });
    await until('the matrix', async () => (await chips(session)) === '8 done');
    await shot(session, '9-resumed');
    assert.equal(acts(reset), '11111111');
  },
);

step('a run is cancelled from its page: it winds down, and can be stopped at once', async (session) => {
  const { page } = session;
  await closeEditors(session);
  for (const { bmc } of simulator!.bmcs) bmc.machine.control(1);
  await until('all to be on', () => powers() === '11111111');
  await openFile(page, 'shutdown.yaml');
  await lens(session, 'Run').click();
  await answerDialog(page, 'Long shutdown');
  await pageOf(session)
    .locator('#state', { hasText: /running/i })
    .waitFor({ timeout: 40_000 });
  await until('five to wait', async () => (await chips(session)).includes('5 running'));
  await pageOf(session).locator('#cancel').click();
  await notification(page, 'Long shutdown winds down').waitFor();
  await shot(session, '10-winds-down');
  await answerNotification(page, 'Long shutdown winds down', 'Stop Now');
  await notification(page, /Long shutdown was cancelled: /).waitFor({ timeout: 40_000 });
  await shot(session, '11-cancelled');
});

step('the Runs view has what is needed for each of them', async (session) => {
  const { page } = session;
  await openView(page, 'Sideband');
  await treeItem(page, 'Patch window · lab-05').waitFor();
  const entries = await treeItemMenu(page, 'Long shutdown · site=oslo');
  assert.ok(entries.includes('Export Run…'), entries.join(', '));
});

/** How often each computer was told so. */
function acts(act: number): string {
  return simulator!.bmcs.map(({ bmc }) => bmc.machine.acts.filter((one) => one === act).length).join('');
}
