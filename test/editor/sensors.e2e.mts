// Sensors over time in a real webview: what is drawn, that it goes on while hidden, and both kinds of theme.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../tools/paths.mts';
import { openFile, openPalette, openView, readWebview, treeItem, treeItemMenu, until } from './driver.mts';
import { editorSession } from './session.mts';
import { type IpmiSimulator, loadSimulator } from './simulator.mts';

const extensionId = 'sideband.sideband';
const workspace = inOut('editor', 'sensors-workspace');
let simulator: IpmiSimulator | undefined;

const step = editorSession({
  name: 'sensors',
  workspace,
  settings: { 'workbench.colorTheme': 'Default Light Modern' },
  async prepare() {
    const { IpmiSimulator } = await loadSimulator();
    simulator = await IpmiSimulator.start({ bmcs: [{}] });
    const { address, port } = simulator.bmcs[0]!;
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    const computer = `lab-01: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc }`;
    const fleet = `version: 1\nprofiles:\n  bmc: { ipmi: { user: admin } }\ncomputers:\n  ${computer}\n`;
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), fleet);
    return { SIDEBAND_SECRET_BMC_IPMI: 'demo' };
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

type Page = Parameters<Parameters<typeof step>[1]>[0]['page'];

/** How many readings the page says it has. */
async function readings(page: Page): Promise<number> {
  const text = await readWebview(page, extensionId).locator('#status').innerText();
  return Number(/^(\d+) readings/.exec(text)?.[1] ?? 0);
}

step('the sensors of a computer are listed with their readings, and two of them drawn', async ({ page }) => {
  await openView(page, 'Sideband');
  await treeItem(page, 'lab-01, on').waitFor();
  await treeItemMenu(page, 'lab-01', 'Sensor Chart');
  const webview = readWebview(page, extensionId);
  await webview.locator('#sensors li').first().waitFor();
  assert.match((await webview.locator('#sensors').innerText()).replace(/\s+/g, ' '), /CPU Temp 5\d .*Fan 1 \d+ RPM/);
  await webview.getByLabel('Inlet Temp').uncheck();
  await webview.getByLabel('Fan 1').check();
  await until('three readings', async () => (await readings(page)) >= 3);
  assert.equal(await webview.locator('#chart canvas').count(), 1);
  assert.equal(await webview.locator('#sensors input:checked').count(), 2);
});

step('it goes on while its tab is hidden, and keeps what was chosen', async ({ page }) => {
  const before = await readings(page);
  await openFile(page, 'fleet.yaml');
  const received = simulator!.received;
  await until('readings in the background', () => simulator!.received > received + 20);
  await page.locator('.tab', { hasText: 'Sensors of lab-01' }).click();
  const webview = readWebview(page, extensionId);
  await webview.locator('#sensors li').first().waitFor();
  assert.ok((await readings(page)) > before, 'the readings of the meantime are there');
  assert.ok(await webview.getByLabel('Fan 1').isChecked());
  assert.equal(await webview.getByLabel('Inlet Temp').isChecked(), false);
});

step('a dark theme', async ({ page, server }) => {
  const webview = readWebview(page, extensionId);
  const foreground = (): Promise<string> =>
    webview.locator('#status').evaluate((status) => getComputedStyle(status.ownerDocument.body).color);
  const light = await foreground();
  await server.evaluate((vscode) =>
    vscode.workspace.getConfiguration('workbench').update('colorTheme', 'Default Dark Modern', true),
  );
  await until('the theme', async () => (await foreground()) !== light);
  assert.equal(await webview.locator('#chart canvas').count(), 1);
});

step('a closed tab asks no more', async ({ page }) => {
  await openPalette(page, 'View: Close Editor');
  await until('the session to close', () => simulator!.openSessions <= 1);
});
