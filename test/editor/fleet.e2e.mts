// The extension as an engineer uses it, on simulated controllers in this process.
import assert from 'node:assert/strict';
import type { CompletionList } from 'vscode';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../tools/paths.mts';
import {
  answerDialog,
  answerNotification,
  clickTreeItem,
  grantTrust,
  notification,
  openFile,
  openPalette,
  openView,
  pick,
  pickMany,
  problems,
  selectTreeItems,
  statusBarItem,
  treeItem,
  treeItemMenu,
  treeTexts,
  until,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type IpmiSimulator, loadSimulator, type SimulatedBmcOptions } from './simulator.mts';

const password = 'correct horse';
const users = [{ name: 'admin', password, limit: 4 }];
const computers = new Map<string, SimulatedBmcOptions & { readonly site: string }>([
  ['dead-01', { site: 'berlin', network: { silent: true } }],
  ['lab-01', { site: 'berlin', users, powerDelayMs: 200 }],
  ['lab-02', { site: 'berlin', users: [{ name: 'admin', password: 'another', limit: 4 }] }],
  ['slow-01', { site: 'lyon', users, powerDelayMs: 600_000 }],
  ['slow-02', { site: 'lyon', users, powerDelayMs: 600_000 }],
  ...Array.from({ length: 20 }, (_, index) => {
    const name = `rack-${String(index + 1).padStart(2, '0')}`;
    return [name, { site: 'oslo', users, on: false, powerDelayMs: 100, network: { delayMs: 20 } }] as const;
  }),
]);
const workspace = inOut('editor', 'fleet-workspace');
let simulator: IpmiSimulator | undefined;

const step = editorSession({
  name: 'fleet',
  workspace,
  trust: 'asked',
  settings: { 'sideband.refreshSeconds': 2 },
  async prepare() {
    const { IpmiSimulator } = await loadSimulator();
    simulator = await IpmiSimulator.start({ bmcs: [...computers.values()] });
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), fleetYaml(simulator));
    return { SIDEBAND_SECRET_BMC_IPMI: password };
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

function fleetYaml({ bmcs }: IpmiSimulator): string {
  const lines = [...computers].map(([name, { site }], index) => {
    const { address, port } = bmcs[index]!;
    return `  ${name}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc, tags: { site: ${site} } }`;
  });
  const head = ['version: 1', 'profiles:', '  bmc:', '    ipmi: { user: admin }', 'computers:'];
  return `${[...head, ...lines].join('\n')}\ngroups:\n  oslo: { tags: { site: oslo } }\n`;
}

function bmc(name: string): IpmiSimulator['bmcs'][number] {
  return simulator!.bmcs[[...computers.keys()].indexOf(name)]!;
}

step('an untrusted folder shows its computers and contacts nobody', async ({ page }) => {
  await openView(page, 'Sideband');
  await treeItem(page, 'lab-01').waitFor();
  assert.match((await treeTexts(page, 'Computers')).join('\n'), /lab-01, not asked\n/);
  assert.equal((await treeItemMenu(page, 'lab-01')).includes('Power Off'), false);
  assert.equal(simulator!.received, 0);
});

step('trust brings the power states, and a dead controller its reason', async ({ page }) => {
  await grantTrust(page);
  await openView(page, 'Sideband');
  await treeItem(page, 'lab-01, on').waitFor();
  await treeItem(page, 'rack-01, off').waitFor();
  assert.match((await treeTexts(page, 'Computers')).join('\n'), /lab-02, the password/);
  await treeItem(page, 'dead-01, no answer: nothing answers on 127.0.0.1').waitFor();
  await statusBarItem(page, '3 on · 20 off · 2 ?').waitFor();
});

step('a computer is powered off from its menu, after one question', async ({ page }) => {
  const entries = await treeItemMenu(page, 'lab-01', 'Power Off');
  assert.deepEqual(entries.slice(0, 4), ['Power On', 'Power Off', 'Reset', 'Power']);
  await pick(page, 'as usual');
  assert.match(await answerDialog(page, 'Power Off'), /Power Off: lab-01\?\s+Last seen: on. Then: off./);
  await notification(page, 'lab-01 is off').waitFor();
  await treeItem(page, 'lab-01, off').waitFor();
  assert.deepEqual(bmc('lab-01').bmc.machine.acts, [0]);
});

step('twenty are powered on together, each with its own outcome', async ({ page }) => {
  await clickTreeItem(page, 'rack-01');
  for (let more = 0; more < 19; more++) await page.keyboard.press('Shift+ArrowDown');
  await treeItemMenu(page, 'rack-20', 'Power On');
  const question = await answerDialog(page, 'Power On');
  assert.match(question, /Power On: 20 computers\?/);
  assert.match(question, /rack-01, rack-02, .*rack-10 and 10 more/s);
  await notification(page, 'Power On: 20 done').waitFor();
  const acts = [...computers.keys()]
    .filter((name) => name.startsWith('rack'))
    .map((name) => bmc(name).bmc.machine.acts);
  assert.deepEqual(
    acts,
    Array.from({ length: 20 }, () => [1]),
  );
  await until('the outcomes', async () => (await treeTexts(page, 'Runs')).join('\n').includes('rack-01, done'));
  await until('the run to end', async () => (await treeTexts(page, 'Runs'))[0]?.includes('20 done'));
});

step('what fails is told with its reason, and can be run again', async ({ page }) => {
  bmc('lab-02').network = { silent: true };
  await openPalette(page, 'Sideband: Power On');
  await pickMany(page, ['lab-02']);
  await answerDialog(page, 'Power On');
  await notification(page, /Power On: lab-02: nothing answers/).waitFor();
  await answerNotification(page, /Power On: lab-02/, 'Rerun Failed');
  assert.match(await answerDialog(page, 'Power On'), /Power On: lab-02\?/);
  await until('the second run', async () => {
    const runs = (await treeTexts(page, 'Runs')).filter((text) => text.startsWith('Power On · lab-02'));
    return runs.length === 2;
  });
  await notification(page, /Power On: lab-02: nothing answers/).waitFor();
});

step('a run is cancelled in the middle', async ({ page }) => {
  await clickTreeItem(page, 'rack-20');
  await page.keyboard.press('Home');
  await selectTreeItems(page, 'slow-01', 'slow-02');
  await treeItemMenu(page, 'slow-01', 'Power Off');
  await pick(page, 'as usual');
  await answerDialog(page, 'Power Off');
  await until('the requests', () => ['slow-01', 'slow-02'].every((name) => bmc(name).bmc.machine.acts.length === 1));
  await answerNotification(page, /Power Off/, 'Cancel');
  await notification(page, 'Power Off: 2 unverified').waitFor();
  await until('the run', async () =>
    (await treeTexts(page, 'Runs')).join('\n').includes('Power Off · slow-01 slow-02, 2 unverified'),
  );
  await openFile(page, 'fleet.yaml');
  await openPalette(page, 'Notifications: Clear All Notifications');
});

step('a mistake in the fleet file is underlined at its place', async ({ page, server }) => {
  const file = join(server.workspace, '.sideband', 'fleet.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('profile: bmc, tags: { site: lyon }', 'profile: bcm, tags: { site: lyon }'));
  await openFile(page, 'fleet.yaml');
  await page.locator('.squiggly-error').first().waitFor();
  assert.match((await problems(page)).join('\n'), /no profile "bcm" is defined. Did you mean "bmc"\?/);
  const diagnostics = await server.evaluate((vscode) => {
    const [uri] = vscode.workspace.textDocuments
      .filter(({ fileName }) => fileName.endsWith('fleet.yaml'))
      .map((one) => one.uri);
    return vscode.languages.getDiagnostics(uri!).map(({ range }) => [range.start.line, range.start.character]);
  });
  const line = text.split('\n').findIndex((one) => one.includes('slow-01'));
  assert.deepEqual(diagnostics, [[line, text.split('\n')[line]!.indexOf('profile: ') + 'profile: '.length]]);
  writeFileSync(file, text);
  await until('the underline to go', () =>
    server.evaluate((vscode) => vscode.languages.getDiagnostics().every(([, found]) => found.length === 0)),
  );
});

step('keys and profiles are completed', async ({ server }) => {
  const complete = async (written: string): Promise<readonly string[]> =>
    server.evaluate(async (vscode, addition) => {
      const document = vscode.workspace.textDocuments.find(({ fileName }) => fileName.endsWith('fleet.yaml'))!;
      const edit = new vscode.WorkspaceEdit();
      const end = document.lineAt(document.lineCount - 1).range.end;
      edit.insert(document.uri, end, addition);
      await vscode.workspace.applyEdit(edit);
      const position = document.lineAt(document.lineCount - 1).range.end;
      const list = await vscode.commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      await vscode.commands.executeCommand('workbench.action.files.revert');
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    }, written);
  assert.ok((await complete('\nlimits: { con')).includes('concurrency'));
  assert.ok((await complete('\ncomputers:\n  x: { profile: ')).includes('bmc'));
});

step('the password is nowhere on disk, and no session is left open', ({ server }) => {
  assert.equal(server.logs(/.*/).includes(password), false);
  const ledger = readFileSync(join(server.state, 'ledger.sqlite'), 'latin1');
  assert.ok(ledger.length > 0);
  assert.equal(ledger.includes(password), false);
  const crowded = [...computers.keys()].filter((name) => bmc(name).bmc.openSessions > 1);
  assert.deepEqual(crowded, [], 'one session for each controller at most');
  return Promise.resolve();
});

step('activation does no more than register', async ({ server }) => {
  const times = await server.evaluate(async (vscode) => {
    const id = 'sideband.sideband';
    await vscode.extensions.getExtension(id)?.activate();
    return vscode.extensions.getExtension(id)?.isActive ?? false;
  });
  assert.equal(times, true);
});
