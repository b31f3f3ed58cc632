// Computers with Intel AMT in a real workbench: certificates that nobody has vouched for, consent, plans, their nodes.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../tools/paths.mts';
import {
  answerDialog,
  answerInput,
  answerNotification,
  clickTreeItem,
  dialog,
  expandTreeItem,
  notification,
  openPalette,
  openView,
  pick,
  readWebview,
  screenshot,
  screenshotForReadme,
  selectTreeItems,
  treeItem,
  treeItemMenu,
  until,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type AmtDeviceOptions, type AmtSimulator, loadAmtSimulator } from './simulator.mts';

const workspace = inOut('editor', 'amt-workspace');
const code = '123456';
const computers = new Map<string, AmtDeviceOptions>([
  ['ccm-01', { profile: 'ccm', ports: 'plain', hardware: 'laptop', consentCode: code }],
  ['old-01', { profile: '9.1' }],
  ['tls-01', { profile: '16.1' }],
  ['tls-02', { profile: '16.1', hardware: 'laptop' }],
  ['tls-03', { profile: '18.0' }],
  ...Array.from({ length: 46 }, (_, index) => {
    const name = `desk-${String(index + 1).padStart(2, '0')}`;
    return [name, { profile: '15.0', ports: 'plain', hostName: name }] as const;
  }),
]);
let simulator: AmtSimulator | undefined;

const step = editorSession({
  name: 'amt',
  workspace,
  settings: { 'workbench.colorTheme': 'Default Dark Modern', 'sideband.refreshSeconds': 2 },
  async prepare() {
    const { AmtSimulator, defaultUser } = await loadAmtSimulator();
    simulator = await AmtSimulator.start({ devices: [...computers.values()] });
    const lines = [...computers.keys()].map((name, index) => {
      const { address, port, tlsPort } = simulator!.devices[index]!;
      const site = name.startsWith('desk') ? 'oslo' : 'berlin';
      return `  ${name}: { host: ${address}, ports: { amt: ${port || tlsPort} }, profile: amt, tags: { site: ${site} } }\n`;
    });
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    const head = `version: 1\nprofiles:\n  amt: { amt: { user: ${defaultUser.user} } }\ncomputers:\n`;
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), head + lines.join(''));
    return { SIDEBAND_SECRET_AMT_AMT: defaultUser.password };
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

type Session = Parameters<Parameters<typeof step>[1]>[0];

/** A picture once nothing fades in or out any more. */
async function shot({ page }: Session, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await screenshot(page, inOut('shots', `amt-${name}.png`));
}

const device = (name: string): AmtSimulator['devices'][number] =>
  simulator!.devices[[...computers.keys()].indexOf(name)]!;

async function useTheme({ server }: Session, theme: string): Promise<void> {
  await server.evaluate(
    (vscode, name) => vscode.workspace.getConfiguration('workbench').update('colorTheme', name, true),
    theme,
  );
}

step(
  'a certificate that nobody knows is shown at its computer, and nobody is asked in the background',
  async (session) => {
    const { page } = session;
    await openView(page, 'Sideband');
    await treeItem(page, 'tls-01, certificate not known').waitFor();
    await treeItem(page, 'old-01, on').waitFor();
    assert.equal(await dialog(page).count(), 0);
    await shot(session, 'unknown-certificate-dark');
  },
);

step('it is trusted from there, once its fingerprint has been seen', async (session) => {
  const { page } = session;
  await treeItemMenu(page, 'tls-01', 'Trust Certificate…');
  await dialog(page).waitFor();
  await shot(session, 'pin-question-dark');
  const text = await answerDialog(page, 'Trust');
  assert.match(text, /The certificate of tls-01 \(127\.0\.0\.1:\d+\) is not known\./);
  assert.match(text, /([0-9A-F]{2}:){15}[0-9A-F]{2}\s+([0-9A-F]{2}:){15}[0-9A-F]{2}/);
  await treeItem(page, 'tls-01, on').waitFor();
});

step('in a run it is asked about, and one answer can be for all', async (session) => {
  const { page } = session;
  await clickTreeItem(page, 'tls-02');
  await page.keyboard.press('Shift+ArrowDown');
  await treeItemMenu(page, 'tls-02', 'Power > Power Status');
  await dialog(page).waitFor();
  await shot(session, 'pin-question-in-run-dark');
  await answerDialog(page, 'Trust All in This Run');
  await notification(page, 'Power Status: 2 done').waitFor();
  await treeItem(page, 'tls-03, on').waitFor();
});

step('a computer’s nodes, and its summary', async (session) => {
  const { page } = session;
  await openPalette(page, 'Notifications: Clear All Notifications');
  await clickTreeItem(page, 'ccm-01');
  await expandTreeItem(page, 'tls-01');
  await expandTreeItem(page, 'General');
  await treeItem(page, 'Summary, from AMT').click();
  const webview = readWebview(page, 'sideband.sideband');
  await webview.locator('#title', { hasText: 'Summary' }).waitFor();
  await webview.locator('.row').first().waitFor();
  await shot(session, 'tree-and-summary-dark');
  await webview.locator('vscode-tree-item:not([branch])', { hasText: 'Physical Memory' }).click();
  await webview.locator('#title', { hasText: 'Physical Memory' }).waitFor();
  await webview.locator('.row').first().waitFor();
  await shot(session, 'one-dark');
  await useTheme(session, 'Default Light Modern');
  await until('the theme', async () => (await page.locator('.monaco-workbench.vs').count()) > 0);
  await shot(session, 'one-light');
});

step('fifty computers in one report', async (session) => {
  const { page } = session;
  await clickTreeItem(page, 'ccm-01');
  // First its neighbours, then their group, then everything.
  for (let wider = 0; wider < 3; wider++) await page.keyboard.press('Control+A');
  await treeItemMenu(page, 'ccm-01', 'Inventory');
  const webview = readWebview(page, 'sideband.sideband');
  await webview.locator('#computers', { hasText: '51 computers' }).waitFor();
  await webview.locator('vscode-tree-item:not([branch])', { hasText: 'Physical Memory' }).click();
  await webview.locator('#count', { hasText: /^51 computers · \d+ rows$/ }).waitFor({ timeout: 60_000 });
  await shot(session, 'many-light');
  await useTheme(session, 'Default Dark Modern');
  await until('the theme', async () => (await page.locator('.monaco-workbench.vs-dark').count()) > 0);
  await shot(session, 'many-dark');
  await openPalette(page, 'View: Close All Editors');
});

step('a boot override of many is shown as a plan, with what is impossible and why', async (session) => {
  const { page } = session;
  await selectTreeItems(page, 'ccm-01', 'tls-01');
  await treeItemMenu(page, 'old-01', 'Boot Override');
  await pick(page, 'recovery');
  await pick(page, 'Continue');
  await shot(session, 'boot-question-dark');
  await answerDialog(page, 'Show Plan');
  await notification(page, /Boot Override: 1 of 3 computers/).waitFor();
  const preview = page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  await preview.locator('td', { hasText: 'the firmware does not offer a boot from the recovery system' }).waitFor();
  await shot(session, 'boot-plan-dark');
  await answerNotification(page, 'Boot Override', 'Cancel');
});

step('a computer that wants consent asks for the code on its screen', async (session) => {
  const { page } = session;
  await clickTreeItem(page, 'ccm-01');
  await treeItemMenu(page, 'ccm-01', 'Boot Override');
  await pick(page, 'pxe');
  await pick(page, 'Continue');
  await answerDialog(page, 'Boot Override');
  await page.locator('.quick-input-widget:visible', { hasText: 'Code shown on ccm-01’s screen' }).waitFor();
  await shot(session, 'consent-dark');
  await answerInput(page, '12');
  await page.locator('.quick-input-widget:visible', { hasText: 'Six digits are expected.' }).waitFor();
  await answerInput(page, code);
  await notification(page, /Boot Override: ccm-01 done/).waitFor();
  assert.ok(device('ccm-01').calls.some(({ method }) => method === 'SendOptInCode'));
});

step(
  'the filter dialog cuts a computer off the network, once everything that stays open was shown',
  async (session) => {
    const { page } = session;
    const asked = (text: string): Promise<void> =>
      page.locator('.quick-input-widget:visible', { hasText: text }).waitFor();
    await openPalette(page, 'Notifications: Clear All Notifications');
    await clickTreeItem(page, 'tls-01');
    await treeItemMenu(page, 'tls-01', 'Network > Network Filter');
    await asked('(1 of 3): filter set');
    await shot(session, 'filter-set-dark');
    await pick(page, 'open-ports');
    await asked('(2 of 3): options of open-ports');
    await shot(session, 'filter-options-dark');
    await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    await asked('Packets of ICMP a second');
    await answerInput(page, '20');
    await asked('The console’s address');
    await answerInput(page, '10.0.0.5');
    await asked('(3 of 3): open-ports');
    await shot(session, 'filter-preview-dark');
    await pick(page, 'Block All but These');
    await answerDialog(page, 'Network Filter');
    await notification(page, /Network Filter: tls-01 done/).waitFor();
    const created = device('tls-01').calls.filter(({ method }) => method === 'Create');
    assert.equal(created.filter(({ resource }) => resource.endsWith('AMT_SystemDefensePolicy')).length, 1);
    assert.ok(created.some(({ parameters }) => parameters.FilterProfileData === '20'));

    await openPalette(page, 'Notifications: Clear All Notifications');
    await openPalette(page, 'View: Close All Editors');
    await treeItem(page, 'Summary, from AMT').click();
    await readWebview(page, 'sideband.sideband').locator('.row').first().waitFor();
    await screenshotForReadme(page);
  },
);

step('when the extension ends no connection is left open', async ({ server }) => {
  await server.evaluate((vscode) => {
    void vscode.commands.executeCommand('workbench.action.closeFolder');
    return true;
  });
  await until('the connections to close', () => simulator!.openConnections === 0);
});
