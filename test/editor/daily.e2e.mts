// Passwords, filters, documents, a policy, another process, and how little is done at activation.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inOut, root } from '../tools/paths.mts';
import {
  answerDialog,
  answerInput,
  clickTreeItem,
  notification,
  openPalette,
  openView,
  readWebview,
  statusBarItem,
  treeItem,
  treeItemMenu,
  treeTexts,
  until,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type IpmiSimulator, loadSimulator } from './simulator.mts';

const password = 'battery staple';
const users = [{ name: 'admin', password, limit: 4 }];
const names = ['lab-01', 'lab-02', 'lab-03', 'web-01'];
const workspace = inOut('editor', 'daily-workspace');
let simulator: IpmiSimulator | undefined;

const step = editorSession({
  name: 'daily',
  workspace,
  settings: { 'sideband.refreshSeconds': 2, 'git.enabled': true },
  async prepare() {
    const { IpmiSimulator } = await loadSimulator();
    simulator = await IpmiSimulator.start({ bmcs: names.map(() => ({ users, powerDelayMs: 100 })) });
    const lines = names.map((name, index) => {
      const { address, port } = simulator!.bmcs[index]!;
      return `  ${name}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc, tags: { site: oslo } }`;
    });
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    const head = 'version: 1\nprofiles:\n  bmc: { ipmi: { user: admin } }\ncomputers:\n';
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), `${head}${lines.join('\n')}\n`);
    writeFileSync(join(workspace, '.sideband', 'policy.yaml'), 'version: 1\nprotected: web-*\n');
    return {};
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

step(
  'before the view is opened the extension has only registered, sooner than the built-in git',
  async ({ page, server }) => {
    await until('the activation', () =>
      server.evaluate((vscode) => vscode.extensions.getExtension('sideband.sideband')?.isActive),
    );
    assert.equal(simulator!.received, 0);
    assert.equal(await statusBarItem(page, / on · /).count(), 0);
    await openPalette(page, 'Developer: Startup Performance');
    const report = await until('the report', () =>
      server.evaluate((vscode) => {
        const text = vscode.window.activeTextEditor?.document.getText() ?? '';
        return text.includes('sideband.sideband') && text.includes('vscode.git') ? text : '';
      }),
    );
    const row = (id: string): readonly number[] => {
      const cells = report.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
      return (
        cells
          .find(([, extension]) => extension === id)
          ?.filter((cell) => /^\d+$/.test(cell))
          .map(Number) ?? []
      );
    };
    const [ours, git] = [row('sideband.sideband'), row('vscode.git')];
    const total = (times: readonly number[]): number => times.slice(0, 3).reduce((sum, ms) => sum + ms, 0);
    console.log(
      `activation (load, call, finish) in ms: ours ${ours.slice(0, 3).join(' + ')}, git's ${git.slice(0, 3).join(' + ')}`,
    );
    assert.ok(ours.length >= 3 && git.length >= 3, 'both are in the report');
    assert.ok(total(ours) <= 0.7 * total(git), `${total(ours)} ms is more than 0.7 of ${total(git)} ms`);
    await page.keyboard.press('Control+F4');
  },
);

step('without a password the computers say so, and nobody is asked in the background', async ({ page }) => {
  await openView(page, 'Sideband');
  await treeItem(page, 'lab-01, password missing').waitFor();
  await notification(page, 'The IPMI password of profile bmc is missing.').waitFor();
  assert.equal(await page.locator('.quick-input-widget:visible').count(), 0);
});

step('the password is asked once for all, and kept', async ({ page, server }) => {
  await clickTreeItem(page, 'lab-01');
  await page.keyboard.press('Shift+ArrowDown');
  await treeItemMenu(page, 'lab-01', 'Power > Power Status');
  await answerInput(page, password);
  await notification(page, 'Power Status: 2 done').waitFor();
  await treeItem(page, 'lab-03, on').waitFor();
  await statusBarItem(page, '4 on · 0 off').waitFor();
  assert.equal(server.logs(/.*/).includes(password), false);
});

step('what the policy protects is refused, with the rule', async ({ page }) => {
  await treeItemMenu(page, 'web-01', 'Power > Power Cycle');
  await notification(page, /Power Cycle: policy\.yaml: protected: web-01 may not be touched/).waitFor();
  assert.deepEqual(simulator!.bmcs[3]!.bmc.machine.acts, []);
  await page.keyboard.press('Escape');
});

step('a filter takes targets, and the line above the tree says so', async ({ page }) => {
  await openPalette(page, 'Sideband: Filter');
  await answerInput(page, 'lab-* !lab-02');
  await treeItem(page, 'lab-02').waitFor({ state: 'detached' });
  await page.getByText('Filter: lab-* !lab-02 (2 of 4)').waitFor();
  assert.match((await treeTexts(page, 'Computers')).join('\n'), /^oslo.*\nlab-01, on\nlab-03, on$/);
  await openPalette(page, 'Sideband: Clear Filter');
  await treeItem(page, 'lab-02').waitFor();
});

step('a node is shown as a table', async ({ page }) => {
  await clickTreeItem(page, 'lab-01');
  await page.keyboard.press('Shift+ArrowDown');
  await treeItemMenu(page, 'lab-01', 'Show Node…');
  await answerInput(page, 'Computer System');
  const webview = readWebview(page, 'sideband.sideband');
  await webview.locator('#count', { hasText: '2 computers · 2 rows' }).waitFor();
  assert.deepEqual(await webview.locator('.row .cell:first-child').allInnerTexts(), ['lab-01', 'lab-02']);
});

step('a check tells how far a login came', async ({ page, server }) => {
  simulator!.bmcs[1]!.network = { silent: true };
  await clickTreeItem(page, 'lab-02');
  await treeItemMenu(page, 'lab-02', 'Check');
  const text = await until('the document', () => textOf(server, 'Check'));
  assert.match(text, /^lab-02: does not answer as it should\n/);
  assert.match(text, /→ .*\(connect\.\w+\)/);
  simulator!.bmcs[1]!.network = {};
});

step('a run of the command line shows up by itself', async ({ page, server }) => {
  const env = { ...process.env, SIDEBAND_STATE: server.state, SIDEBAND_SECRET_BMC_IPMI: password };
  const args = ['do', 'power.off', 'lab-03', '--yes', '--folder', server.workspace];
  await promisify(execFile)(process.execPath, [join(root, 'dist/cli.js'), ...args], { env });
  await treeItem(page, 'Power Off · lab-03, 1 done').waitFor();
  await treeItem(page, 'lab-03, off').waitFor();
});

step('a cycle asks once more than nothing, and runs on both', async ({ page }) => {
  await clickTreeItem(page, 'lab-01');
  await page.keyboard.press('Shift+ArrowDown');
  await treeItemMenu(page, 'lab-01', 'Power > Power Cycle');
  assert.match(await answerDialog(page, 'Power Cycle'), /Power Cycle: 2 computers\?/);
  await treeItem(page, 'Power Cycle · lab-01 lab-02, 2 done').waitFor();
});

step('when the extension ends no session is left open on a controller', async ({ server }) => {
  await server.evaluate((vscode) => {
    void vscode.commands.executeCommand('workbench.action.closeFolder');
    return true;
  });
  await until('the sessions to close', () => simulator!.openSessions === 0);
});

type Server = Parameters<Parameters<typeof step>[1]>[0]['server'];

function textOf(server: Server, name: string): Promise<string> {
  return server.evaluate(
    (vscode, title) =>
      vscode.workspace.textDocuments
        .find(({ uri }) => uri.scheme === 'sideband' && uri.path.startsWith(`/${title}`))
        ?.getText() ?? '',
    name,
  );
}
