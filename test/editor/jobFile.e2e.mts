// What is around a job's file: the view, lenses, mistakes and completion as it is typed, and tasks.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { inOut } from '../tools/paths.mts';
import {
  answerDialog,
  openFile,
  openPalette,
  openView,
  pick,
  pickEntries,
  problems,
  readWebview,
  treeItem,
  treeItemMenu,
  treeTexts,
  until,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type IpmiSimulator, loadSimulator } from './simulator.mts';

const password = 'battery staple';
const names = ['lab-01', 'lab-02', 'lab-03'];
const workspace = inOut('editor', 'job-file-workspace');
const jobs = {
  'minute.yaml': `name: Minute\ntargets: lab-01\nschedule: '* * * * *'\nsteps:\n  - uses: power.status\n`,
  'night.yaml': `name: Night
description: Turns everything off.
targets: '@oslo'
schedule: '0 2 * * *'
timezone: UTC
steps:
  - id: state
    uses: power.status
  - name: Turn off
    uses: power.off
    with: { graceful: false }
    if: steps.state.outputs.power == 'on'
`,
  'rack/mistaken.yaml': `name: Mistaken\ntargets: '*'\nsteps:\n  - uses: power.onn\n    if: inputs.who == 'x'\n`,
};
let simulator: IpmiSimulator | undefined;

const step = editorSession({
  name: 'jobs',
  workspace,
  settings: { 'workbench.colorTheme': 'Default Dark Modern', 'sideband.refreshSeconds': 0, 'files.autoSave': 'off' },
  async prepare() {
    const { IpmiSimulator } = await loadSimulator();
    const users = [{ name: 'admin', password, limit: 4 as const }];
    simulator = await IpmiSimulator.start({ bmcs: names.map(() => ({ users, on: true })) });
    const lines = names.map((name, index) => {
      const { address, port } = simulator!.bmcs[index]!;
      return `  ${name}: { host: ${address}, ports: { ipmi: ${port} }, profile: bmc, tags: { site: oslo } }`;
    });
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband', 'jobs', 'rack'), { recursive: true });
    const head = 'version: 1\nprofiles:\n  bmc: { ipmi: { user: admin } }\ncomputers:\n';
    const fleet = `${head}${lines.join('\n')}\ngroups:\n  oslo: { tags: { site: oslo } }\n`;
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), fleet);
    for (const [name, text] of Object.entries(jobs)) writeFileSync(join(workspace, '.sideband', 'jobs', name), text);
    return { SIDEBAND_SECRET_BMC_IPMI: password };
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

const powers = (): string => simulator!.bmcs.map(({ bmc }) => (bmc.machine.on ? '1' : '0')).join('');
const lenses = async (page: Page): Promise<readonly string[]> => page.locator('.codelens-decoration a').allInnerTexts();
const lens = (page: Page, title: string): Locator => page.locator('.codelens-decoration a', { hasText: title }).first();
const suggestions = (page: Page): Promise<readonly string[]> =>
  page.locator('.suggest-widget.visible .monaco-list-row .label-name').allInnerTexts();

/** Puts the cursor behind the first place of a text in the file that is open. */
async function goBehind(page: Page, text: string): Promise<void> {
  await openPalette(page, 'View: Focus Active Editor Group');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+F');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
}

/** What the terminal that is shown has printed. */
async function printed(page: Page): Promise<string> {
  const rows = await page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts();
  return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
}

async function runTask(page: Page, name: string): Promise<void> {
  await openPalette(page, 'Tasks: Run Task');
  // What was run before is offered as well, with the same word in it.
  const label = page.locator('.label-name', { hasText: /^\W*sideband$/ });
  await page.locator('.quick-input-widget:visible .monaco-list-row').filter({ has: label }).first().click();
  await pick(page, name);
}

step(
  'the Jobs view says when a job is due, what is mistaken, and that this window runs the schedules',
  async ({ page }) => {
    await openView(page, 'Sideband');
    await treeItem(page, 'Night').waitFor();
    const rows = await until('the jobs', async () => {
      const texts = await treeTexts(page, 'Jobs');
      return texts.length === 3 ? texts : undefined;
    });
    assert.match(rows[1] ?? '', /^Night, next \w{3} 02:00/);
    assert.equal(rows[2], 'rack/mistaken, 2 mistakes');
    await page.getByText('This window runs the schedules.').waitFor();
    const entries = await treeItemMenu(page, 'Night');
    assert.deepEqual(entries, ['Plan Job', 'Run Job', 'Run Job on…', 'History of Job', 'Open File']);
  },
);

step('over a job stands what can be done with it', async ({ page }) => {
  await treeItem(page, 'Night').click();
  await page.locator('.tab.active', { hasText: 'night.yaml' }).waitFor();
  await lens(page, 'Plan').waitFor();
  assert.deepEqual(await lenses(page), ['Plan', 'Run', 'Run on one…', 'History (0)']);
});

step('a mistake is underlined as it is typed, and counted over the job', async ({ page }) => {
  await goBehind(page, 'power.off');
  await page.keyboard.type('f');
  await page.keyboard.press('Escape');
  await page.locator('.squiggly-error').first().waitFor();
  await lens(page, '1 mistake').waitFor();
  const told = (await problems(page)).join('\n');
  assert.match(told, /no operation is called "power\.offf"|"power\.offf"/);
  assert.match(told, /power\.off/);
});

step('operations are completed, with what they do', async ({ page }) => {
  await goBehind(page, 'power.offf');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Escape');
  await lens(page, '1 mistake').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  - uses: po', { delay: 30 });
  const operations = await until('the operations', async () => {
    const labels = await suggestions(page);
    return labels.includes('power.on') ? labels : undefined;
  });
  assert.ok(operations[0]?.startsWith('power.'), operations.join(', '));
});

step('parameters are those of the operation, and what they can name is known', async ({ page }) => {
  await page.keyboard.type('wer.restore', { delay: 30 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.keyboard.type('  with: { ', { delay: 30 });
  await until('the parameters', async () => (await suggestions(page)).includes('from'));
  await page.keyboard.type('from: ', { delay: 30 });
  await until('the steps', async () => (await suggestions(page)).includes('state'));
});

step('a task checks a job, and its mistakes are in the Problems view though the file is not open', async ({ page }) => {
  await page.keyboard.press('Escape');
  await openPalette(page, 'File: Revert File');
  await runTask(page, 'check rack/mistaken');
  await until('the mistakes', async () => /mistaken\.yaml:4:11: .*power\.onn/.test(await printed(page)));
  const told = await until('the problems', async () => {
    const texts = (await problems(page)).join('\n');
    return texts.includes('power.onn') ? texts : undefined;
  });
  assert.match(told, /no input is called/);
});

step('a task plans a job in the terminal', async ({ page }) => {
  await runTask(page, 'plan night');
  await until('the plan', async () => (await printed(page)).includes('on → off'));
  assert.equal(powers(), '111');
});

step('a task runs a job: it asks in the editor and prints what became of each computer', async ({ page }) => {
  await runTask(page, 'run night');
  assert.match(await answerDialog(page, 'Night'), /Night: 3 computers\?/);
  await until('the end', async () => /3 done in .*; run /.test(await printed(page)), 40_000);
  assert.match(await printed(page), /lab-02 +done/);
  assert.equal(powers(), '000');
});

step('then the view and the lens know of it, and the history leads to its page', async ({ page }) => {
  await treeItem(page, 'Night, last: done').waitFor();
  await lens(page, 'History (1)').click();
  const [run] = await pickEntries(page);
  await pick(page, run!.trim());
  await readWebview(page, 'sideband.sideband').locator('#title', { hasText: 'Night' }).waitFor();
});

step('a new job is written as a sample without mistakes', async ({ page }) => {
  await openPalette(page, 'Sideband: Create Job');
  await page.locator('.tab.active', { hasText: 'new-job.yaml' }).waitFor();
  await lens(page, 'History (0)').waitFor();
  await treeItem(page, 'Who is on').waitFor();
  assert.equal((await lenses(page)).length, 4);
});

step('a job that is opened from outside the view is checked at once', async ({ page }) => {
  await openFile(page, 'mistaken.yaml');
  await lens(page, '2 mistakes').waitFor();
  assert.equal(await page.locator('.squiggly-error').count(), 2);
});

step('a job that is due is run by this window, which asks nobody', async ({ page }) => {
  await until(
    'the run',
    async () => (await treeTexts(page, 'Jobs')).some((row) => row.startsWith('Minute, last: done')),
    58_000,
  );
  assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
});
