// The page of a run in a real workbench: a job that another process writes, live; its matrix by mouse and keyboard; 10,000 computers.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { Ledger, RunWriter } from '../../src/jobs/ledger.ts';
import { inOut } from '../tools/paths.mts';
import {
  clickTreeItem,
  expandTreeItem,
  openFile,
  openPalette,
  openView,
  readWebview,
  screenshot,
  treeItem,
  treeItemMenu,
  treeTexts,
  until,
} from './driver.mts';
import { jobHeader, loadLedger, numbered, result, writeThrough } from './ledger.mts';
import { longTasks, scrollToEnd } from './longTasks.mts';
import { editorSession } from './session.mts';

const extensionId = 'sideband.sideband';
const workspace = inOut('editor', 'run-matrix-workspace');
const racks = numbered(200);
const many = numbered(10_000);
const [wake, patch, check, restore] = [0, 1, 2, 3];
let ledger: Ledger;
let patching: RunWriter;

const step = editorSession({
  name: 'run-matrix',
  workspace,
  settings: { 'workbench.colorTheme': 'Default Dark Modern', 'sideband.refreshSeconds': 0 },
  prepare() {
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    const fleet = 'version: 1\nprofiles:\n  bmc: { ipmi: { user: admin } }\ncomputers:\n';
    const computer = '  lab-01: { host: 127.0.0.1, profile: bmc }\n';
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), fleet + computer);
    return Promise.resolve({});
  },
  cleanUp: () => {
    ledger.dispose();
  },
});

type Session = Parameters<Parameters<typeof step>[1]>[0];

const webviewOf = ({ page }: Session): FrameLocator => readWebview(page, extensionId);

/** A picture once nothing fades in or out any more. */
async function shot({ page }: Session, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await screenshot(page, inOut('shots', `run-matrix-${name}.png`));
}

async function setTheme(session: Session, theme: string): Promise<void> {
  const color = (): Promise<string> =>
    webviewOf(session)
      .locator('body')
      .evaluate((body) => getComputedStyle(body).backgroundColor);
  const before = await color();
  await session.server.evaluate(
    (vscode, name) => vscode.workspace.getConfiguration('workbench').update('colorTheme', name, true),
    theme,
  );
  await until('the theme', async () => (await color()) !== before);
}

const cells = (session: Session, row: number): Promise<readonly string[]> =>
  webviewOf(session)
    .locator(`.row[aria-rowindex="${row + 2}"] .cell`)
    .allInnerTexts()
    .then((texts) => texts.map((text) => text.trim()));

const chips = async (session: Session): Promise<readonly string[]> =>
  (await webviewOf(session).locator('.chip:visible').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

/** The way of a computer through the job, as far as its third step. */
async function wakeAndPatch(computer: string, index: number): Promise<void> {
  const timeout = {
    code: 'connect.timeout',
    message: `${computer}: nothing answers`,
    hint: 'Look at its cable.',
  } as const;
  const how = { technology: 'ipmi', durationMs: 9_300 } as const;
  await patching.intend({ computer, technology: 'ipmi', step: wake, before: index % 3 === 0 ? 'on' : 'off' });
  if (index % 40 === 7) {
    await patching.closeStep({
      step: wake,
      attempts: 3,
      result: result(computer, 'failed', { ...how, error: timeout }),
    });
    await patching.closeStep({ step: patch, attempts: 0, result: result(computer, 'skipped') });
    await patching.close(
      result(computer, 'failed', { ...how, error: { ...timeout, message: `step wake: ${timeout.message}` } }),
    );
    return;
  }
  const woken = index % 3 === 0 ? 'already' : 'done';
  await patching.closeStep({
    step: wake,
    attempts: 1,
    result: result(computer, woken, { ...how, value: { power: 'on' } }),
  });
  await patching.intend({ computer, technology: 'ipmi', step: patch });
  const value = { packages: ['<b>kernel</b>', 'firmware'], reboot: true };
  await patching.closeStep({
    step: patch,
    attempts: 1,
    result: result(computer, 'done', { technology: 'ipmi', durationMs: 61_000 + index * 50, value }),
  });
  await patching.intend({ computer, technology: 'ipmi', step: check });
}

async function restoreAndEnd(computer: string, index: number): Promise<void> {
  const note = 'Accepted, but the power is still on after 60 s.';
  const isOdd = index % 50 === 3;
  await patching.closeStep({ step: check, attempts: 1, result: result(computer, 'done', { durationMs: 120 }) });
  await patching.intend({ computer, technology: 'ipmi', step: restore, before: 'on' });
  const restored = isOdd
    ? result(computer, 'unverified', { durationMs: 60_000, note })
    : result(computer, 'done', { durationMs: 4_000, value: { power: 'off' } });
  await patching.closeStep({ step: restore, attempts: 1, result: restored });
  await patching.close(
    result(computer, isOdd ? 'unverified' : 'done', {
      technology: 'ipmi',
      durationMs: 75_000 + index * 50,
      ...(isOdd && { note }),
    }),
  );
}

step('a run that another process writes opens from the list, and is live', async (session) => {
  const { page, server } = session;
  ledger = (await loadLedger()).openLedger(join(server.state, 'ledger.sqlite'));
  const steps = ['Wake', 'Patch', 'Check', 'Restore State!'];
  patching = await ledger.begin(jobHeader('Patch the racks', server.workspace, { steps, computers: racks }));
  await openView(page, 'Sideband');
  await treeItem(page, 'Patch the racks').click();
  const webview = webviewOf(session);
  await webview.locator('#count', { hasText: '200 computers' }).waitFor();
  assert.deepEqual(await webview.locator('.title').allInnerTexts(), [
    'Computer',
    'Wake',
    'Patch',
    'Check',
    'Restore State\nfinally',
    'Duration',
  ]);
  assert.deepEqual(await chips(session), ['200 not begun']);
  await Promise.all(racks.slice(0, 120).map(wakeAndPatch));
  await until('the changes', async () => (await chips(session)).join(', ') === '3 failed, 117 running, 80 not begun');
  assert.deepEqual(await cells(session, 0), ['node008', 'connect.timeout', 'skipped', '', '', '9.3 s']);
  assert.deepEqual(await cells(session, 4), ['node002', 'off → on', '2 packages', 'running', '', '']);
  await shot(session, 'running-dark');
});

step('an outcome filters, a name filters, titles sort', async (session) => {
  const webview = webviewOf(session);
  await webview.locator('.chip', { hasText: 'failed' }).click();
  await webview.locator('#count', { hasText: '3 of 200 computers' }).waitFor();
  await webview.locator('.chip', { hasText: 'failed' }).click();
  await webview.locator('#filter input').fill('node19');
  await webview.locator('#count', { hasText: '10 of 200 computers' }).waitFor();
  await webview.locator('#filter input').fill('');
  await webview.locator('.title', { hasText: 'Computer' }).click();
  assert.equal((await cells(session, 0))[0], 'node001');
  await webview.locator('.title', { hasText: 'Patch' }).click();
  await webview.locator('.title', { hasText: 'Patch' }).click();
  assert.equal((await cells(session, 0))[0], 'node120');
  await webview.locator('#sort').selectOption('urgency');
  assert.equal((await cells(session, 0))[0], 'node008');
});

step('keys move through the cells, Enter tells all of one, Escape closes it', async (session) => {
  const { page } = session;
  const webview = webviewOf(session);
  await webview.locator('#grid').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const detail = webview.locator('#detail');
  await detail.locator('h2', { hasText: 'node008 · Wake' }).waitFor();
  const text = await detail.innerText();
  assert.match(text, /nothing answers \(connect\.timeout\)/);
  assert.match(text, /Look at its cable\./);
  assert.match(text, /Attempts\s+3/);
  assert.match(text, /Before\s+off/);
  await shot(session, 'error-dark');
  await page.keyboard.press('Escape');
  await detail.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+End');
  assert.equal(await webview.locator('#grid').getAttribute('aria-activedescendant'), 'active-cell');
  await webview.locator('.row:visible .cell', { hasText: 'node200' }).waitFor();
});

step('what a step found is text, and can be copied; it stays open while the tab is hidden', async (session) => {
  const { page, server } = session;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const webview = webviewOf(session);
  await webview.locator('#grid').evaluate((grid) => {
    grid.scrollTo(0, 0);
  });
  await webview.locator('.row[aria-rowindex="6"] .cell').nth(2).click();
  await webview.locator('#detail pre', { hasText: '<b>kernel</b>' }).waitFor();
  await webview.locator('#detail button[title="Copy"]').click();
  const copied = await until('the clipboard', () => server.evaluate((vscode) => vscode.env.clipboard.readText()));
  assert.match(copied, /^node002 · Patch: done\n/);
  await openFile(page, 'fleet.yaml');
  await Promise.all(racks.slice(120).map((computer, index) => wakeAndPatch(computer, index + 120)));
  await page.locator('.tab', { hasText: 'Patch the racks' }).click();
  await webview.locator('#detail h2', { hasText: 'node002 · Patch' }).waitFor();
  await until('what happened meanwhile', async () => (await chips(session)).join(', ') === '5 failed, 195 running');
  await shot(session, 'value-dark');
});

step('it ends, and what failed can be done again', async (session) => {
  const { page } = session;
  const webview = webviewOf(session);
  const failed = racks.filter((_, index) => index % 40 === 7);
  await Promise.all(racks.map(async (computer, index) => failed.includes(computer) || restoreAndEnd(computer, index)));
  await patching.end('finished');
  await webview.locator('#state', { hasText: 'finished' }).waitFor();
  assert.deepEqual(await chips(session), ['5 failed', '4 unverified', '191 done']);
  assert.match(await webview.locator('#times').innerText(), /^started .*, took /);
  for (const [theme, name] of [
    ['Default Light Modern', 'light'],
    ['Default High Contrast', 'contrast'],
    ['Default High Contrast Light', 'contrast-light'],
    ['Default Dark Modern', 'dark'],
  ] as const) {
    await setTheme(session, theme);
    await shot(session, `ended-${name}`);
  }
  const runs = await treeTexts(page, 'Runs');
  assert.match(runs.join('\n'), /Patch the racks · @rack, 5 failed, 4 unverified, 191 done/);
});

step('in the list a computer opens to its steps', async (session) => {
  const { page } = session;
  await expandTreeItem(page, 'Patch the racks');
  await expandTreeItem(page, 'node008');
  await treeItem(page, 'Wake, failed').waitFor();
  await treeItem(page, 'Restore State, not begun').waitFor();
  await clickTreeItem(page, 'Wake, failed');
  await shot(session, 'tree-dark');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
});

step('10,000 computers by 3 steps stream in and are scrolled through', async (session) => {
  const { page, server } = session;
  await openPalette(page, 'View: Close All Editors');
  const steps = ['Wake', 'Check', 'Restore State!'];
  const run = await ledger.begin(jobHeader('All of them', server.workspace, { steps, computers: many }));
  await treeItemMenu(page, 'All of them', 'Open Run');
  const webview = webviewOf(session);
  await webview.locator('#count', { hasText: '10,000 computers' }).waitFor();
  const grid = webview.locator('#grid');
  const streaming = await longTasks(grid, async () => {
    await writeThrough(run, many, steps.length);
    await webview.locator('#state', { hasText: 'finished' }).waitFor();
  });
  assert.deepEqual(await chips(session), ['104 failed', '9,896 done']);
  assert.ok((await webview.locator('.row').count()) < 100);
  const scrolling = await longTasks(grid, () => scrollToEnd(grid));
  // By the clock, on a machine that does other things, too: the processor's time is held in runPage.e2e.mts.
  console.log(
    `long tasks in the workbench, ms: while cells stream in ${streaming.join(', ') || 'none'}; while scrolling ${scrolling.join(', ') || 'none'}`,
  );
  await shot(session, 'many-dark');
  await setTheme(session, 'Default Light Modern');
  await webview.locator('#grid').evaluate((grid) => {
    grid.scrollTo(0, 0);
  });
  await shot(session, 'many-light');
});
