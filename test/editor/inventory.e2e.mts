// The inventory in a real workbench: nodes in the tree, the page of one computer and of many, ten thousand rows, export, plans, snapshots.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { inOut } from '../tools/paths.mts';
import {
  answerDialog,
  answerNotification,
  chooseMenuEntry,
  clickTreeItem,
  dialog,
  expandTreeItem,
  notification,
  openPalette,
  openView,
  pick,
  readWebview,
  screenshot,
  treeItem,
  treeItemMenu,
  treeTexts,
  until,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type IpmiSimulator, loadSimulator } from './simulator.mts';

const extensionId = 'sideband.sideband';
const workspace = inOut('editor', 'inventory-workspace');
const racks = 50;
const sensors = 200;
let simulator: IpmiSimulator | undefined;

const step = editorSession({
  name: 'inventory',
  workspace,
  settings: { 'workbench.colorTheme': 'Default Light Modern', 'sideband.refreshSeconds': 0 },
  async prepare() {
    const { IpmiSimulator } = await loadSimulator();
    const names = Array.from({ length: racks }, (_, index) => `rack-${String(index + 1).padStart(2, '0')}`);
    const bmcs = ['lab-01', 'dead-01', ...names].map((name) =>
      name === 'dead-01' ? { network: { silent: true } } : { sensors: name === 'lab-01' ? 12 : sensors },
    );
    simulator = await IpmiSimulator.start({ bmcs });
    const lines = ['lab-01', 'dead-01', ...names].map((name, index) => {
      const { address, port } = simulator!.bmcs[index]!;
      const site = name === 'lab-01' ? 'berlin' : 'oslo';
      return `  ${name}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc, tags: { site: ${site} } }\n`;
    });
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    const head = 'version: 1\nprofiles:\n  bmc: { ipmi: { user: admin } }\ncomputers:\n';
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), head + lines.join(''));
    return { SIDEBAND_SECRET_BMC_IPMI: 'demo' };
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

type Session = Parameters<Parameters<typeof step>[1]>[0];

const webviewOf = ({ page }: Session): FrameLocator => readWebview(page, extensionId);
/** A picture once nothing fades in or out any more. */
async function shot({ page }: Session, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await screenshot(page, inOut('shots', `inventory-${name}.png`));
}

async function setTheme({ server }: Session, theme: string): Promise<void> {
  await server.evaluate(
    (vscode, name) => vscode.workspace.getConfiguration('workbench').update('colorTheme', name, true),
    theme,
  );
}

async function chooseNode(webview: FrameLocator, title: string): Promise<void> {
  await webview.locator('vscode-tree-item:not([branch])', { hasText: title }).click();
  await webview.locator('#title', { hasText: title }).waitFor();
}

step('a computer opens to its nodes, and a node to its page', async (session) => {
  const { page } = session;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openView(page, 'Sideband');
  await expandTreeItem(page, 'lab-01');
  await expandTreeItem(page, 'Hardware');
  await treeItem(page, 'Motherboard, from IPMI').click();
  const webview = webviewOf(session);
  await webview.locator('#title', { hasText: 'Motherboard' }).waitFor();
  await webview.locator('.row', { hasText: 'BSN000001' }).waitFor();
  assert.equal(await webview.locator('#computers').innerText(), 'lab-01');
  assert.deepEqual(await webview.locator('.title').allInnerTexts(), ['Property', 'Value']);
  await shot(session, 'one-upright-light');
});

step('another node of it opens in the same tab, and an audit node is read again by itself', async (session) => {
  const { page } = session;
  await expandTreeItem(page, 'Sensors');
  await treeItem(page, 'Sensors, from IPMI').click();
  const webview = webviewOf(session);
  await webview.locator('#count', { hasText: '12 rows' }).waitFor();
  assert.equal(await page.locator('.tab', { hasText: 'lab-01' }).count(), 1);
  const before = simulator!.bmcs[0]!.received;
  await until('another reading', () => simulator!.bmcs[0]!.received > before + 10);
  await shot(session, 'one-table-light');
});

step('fifty computers are one report, with the reason of the one that does not answer', async (session) => {
  const { page } = session;
  // What is open above it leaves no room for it.
  await clickTreeItem(page, 'lab-01');
  await page.keyboard.press('ArrowLeft');
  await treeItemMenu(page, 'oslo', 'Inventory');
  const webview = webviewOf(session);
  await chooseNode(webview, 'Motherboard');
  await webview
    .locator('#count', { hasText: '51 computers · 1 without an answer · 50 rows' })
    .waitFor({ timeout: 60_000 });
  await webview.locator('#filter input').fill('rack-1 BSN');
  await webview.locator('#count', { hasText: '10 of 51 rows' }).waitFor();
  await webview.locator('.title', { hasText: 'Serial number' }).first().click();
  await webview.locator('.title', { hasText: 'Serial number' }).first().click();
  assert.equal(await webview.locator('.row[aria-rowindex="2"] .cell').first().innerText(), 'rack-19');
  await webview.locator('#filter input').fill('');
  await shot(session, 'many-light');
  await webview.locator('#grid').evaluate((grid) => {
    grid.scrollTo(0, grid.scrollHeight);
  });
  await webview.locator('.row.problem', { hasText: 'dead-01' }).waitFor();
  await shot(session, 'many-problem-light');
});

step('what is shown is exported, and copied from the menu', async (session) => {
  const { page, server } = session;
  const webview = webviewOf(session);
  await webview.locator('#filter input').fill('rack-07');
  await webview.locator('#export').click();
  await pick(page, 'CSV');
  const input = page.locator('.quick-input-widget:visible input').first();
  await until('a name for the file', async () => (await input.inputValue()).endsWith('motherboard-51-computers.csv'));
  const file = join(server.workspace, 'boards.csv');
  await input.fill(file);
  await input.press('Enter');
  await notification(page, 'boards.csv was written.').waitFor();
  const lines = readFileSync(file, 'utf8').split('\r\n');
  assert.match(lines[0]!, /^Computer,Manufacturer,Product,Serial number,/);
  assert.match(lines[1]!, /^rack-07,Sideband Demo,Rack Server Board,BSN000009,/);
  assert.equal(lines.length, 3);
  await webview.locator('.row[aria-rowindex="2"] .cell').nth(3).click({ button: 'right' });
  await chooseMenuEntry(page, 'Copy Row');
  const copied = await until('the clipboard', () => server.evaluate((vscode) => vscode.env.clipboard.readText()));
  assert.match(copied, /^rack-07\tSideband Demo\tRack Server Board\tBSN000009\t/);
  await webview.locator('#filter input').fill('');
});

step('ten thousand rows, and scrolling through them keeps the page awake', async (session) => {
  const webview = webviewOf(session);
  await chooseNode(webview, 'Sensors');
  await webview.locator('#count', { hasText: '10,000 rows' }).waitFor({ timeout: 60_000 });
  assert.ok((await webview.locator('.row').count()) < 100);
  const tasks = await webview.locator('#grid').evaluate(
    (grid) =>
      new Promise<readonly number[]>((resolve) => {
        const found: number[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const { duration, name } of list.getEntries()) if (name === 'self') found.push(duration);
        });
        observer.observe({ type: 'longtask' });
        const step = (): void => {
          grid.scrollTop += 2000;
          if (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) requestAnimationFrame(step);
          else
            setTimeout(() => {
              observer.disconnect();
              resolve(found);
            }, 200);
        };
        step();
      }),
  );
  // By the clock, on a machine that does other things, too: the processor's time is held in inventoryPage.e2e.mts.
  console.log(`long tasks while scrolling in the workbench, ms: ${tasks.join(', ') || 'none'}`);
  await webview.locator('.row.problem', { hasText: 'dead-01' }).waitFor();
  await webview.locator('#filter input').fill('rack-4 fan');
  await shot(session, 'sensors-light');
  await webview.locator('#filter input').fill('');
});

step('dark and high contrast', async (session) => {
  const webview = webviewOf(session);
  const color = (): Promise<string> =>
    webview.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  for (const [theme, name] of [
    ['Default Dark Modern', 'dark'],
    ['Default High Contrast', 'contrast'],
  ] as const) {
    const before = await color();
    await setTheme(session, theme);
    await until('the theme', async () => (await color()) !== before);
    await webview.locator('#grid').evaluate((grid) => {
      grid.scrollTo(0, 0);
    });
    await shot(session, `sensors-${name}`);
    await chooseNode(webview, 'Motherboard');
    await webview.locator('#count', { hasText: '50 rows' }).waitFor({ timeout: 60_000 });
    await shot(session, `many-${name}`);
    await chooseNode(webview, 'Sensors');
  }
  await setTheme(session, 'Default Dark Modern');
});

step('a plan is shown before it is run', async (session) => {
  const { page } = session;
  await page.locator('.tab', { hasText: '51 computers' }).click();
  await openPalette(page, 'View: Close Editor');
  await clickTreeItem(page, 'rack-01');
  await page.keyboard.press('Shift+ArrowDown');
  await treeItemMenu(page, 'rack-01', 'Power Off');
  await pick(page, 'as usual');
  await dialog(page).waitFor();
  await shot(session, 'plan-question-dark');
  await answerDialog(page, 'Show Plan');
  await notification(page, /Power Off: 2 of 2 computers \(plan [0-9a-f]{12}\)/).waitFor();
  const preview = page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  await preview.locator('td', { hasText: 'on → off' }).first().waitFor();
  assert.equal(await preview.locator('h1').innerText(), 'Plan: Power Off');
  await shot(session, 'plan-dark');
  await answerNotification(page, 'Power Off: 2 of 2 computers', 'Run This Plan');
  await notification(page, 'Power Off: 2 done').waitFor();
  await until('the run', async () =>
    (await treeTexts(page, 'Runs')).join('\n').includes('Power Off · rack-01 rack-02, 2 done'),
  );
});

step('a snapshot is text in the folder, and a swapped board is shown against it', async (session) => {
  const { page, server } = session;
  const file = join(server.workspace, '.sideband', 'snapshots', 'lab-01.yaml');
  await openPalette(page, 'Notifications: Clear All Notifications');
  await clickTreeItem(page, 'rack-02');
  await page.keyboard.press('Home');
  await treeItemMenu(page, 'lab-01', 'Take Inventory Snapshot');
  await notification(page, 'Inventory snapshots: 1 written, 0 unchanged.').waitFor();
  const text = readFileSync(file, 'utf8');
  assert.match(text, /\n {6}Serial number: BSN000001\n/);
  await openPalette(page, 'Notifications: Clear All Notifications');
  await treeItemMenu(page, 'lab-01', 'Compare with Snapshot');
  await notification(page, 'lab-01 is as in its snapshot.').waitFor();
  writeFileSync(file, text.replace('Serial number: BSN000001', 'Serial number: BSN009999'));
  await treeItemMenu(page, 'lab-01', 'Compare with Snapshot');
  await notification(page, 'lab-01: Motherboard: Serial number BSN009999 → BSN000001').waitFor();
  await page.locator('.tab', { hasText: 'lab-01: snapshot ↔ now' }).waitFor();
  await page.locator('.monaco-diff-editor .line-delete, .monaco-diff-editor .char-delete').first().waitFor();
  await shot(session, 'snapshot-dark');
});

step('closed pages ask no more, and leave no session', async ({ page }) => {
  await openPalette(page, 'View: Close All Editors');
  await until('the sessions to close', () => simulator!.openSessions <= 60);
});
