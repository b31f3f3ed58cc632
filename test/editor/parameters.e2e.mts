// The list of an operation's parameters in a real workbench, by the keyboard and by the mouse.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { inOut } from '../tools/paths.mts';
import {
  answerDialog,
  answerInput,
  notification,
  openView,
  pick,
  pickEntries,
  screenshot,
  treeItem,
  treeItemMenu,
} from './driver.mts';
import { editorSession } from './session.mts';
import { type AmtSimulator, loadAmtSimulator } from './simulator.mts';

const workspace = inOut('editor', 'parameters-workspace');
let simulator: AmtSimulator | undefined;

const step = editorSession({
  name: 'parameters',
  workspace,
  settings: { 'workbench.colorTheme': 'Default Dark Modern', 'sideband.refreshSeconds': 2 },
  async prepare() {
    const { AmtSimulator, defaultUser } = await loadAmtSimulator();
    simulator = await AmtSimulator.start({ devices: [{ profile: '16.1', ports: 'plain', hostName: 'lab-01' }] });
    const { address, port } = simulator.devices[0]!;
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(join(workspace, '.sideband'), { recursive: true });
    const fleet = `version: 1
profiles:
  office: { amt: { user: ${defaultUser.user} } }
  images: { amt: { user: boot } }
computers:
  lab-01: { host: ${address}, ports: { amt: ${port} }, profile: office }
`;
    writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), fleet);
    writeFileSync(join(workspace, 'boot.yaml'), 'serverName: boot.example\nserverNameMatch: suffix\n');
    return { SIDEBAND_SECRET_OFFICE_AMT: defaultUser.password };
  },
  cleanUp: async () => simulator?.[Symbol.asyncDispose](),
});

const widget = (page: Page): Locator => page.locator('.quick-input-widget:visible');
const row = (page: Page, text: string): Locator => widget(page).locator('.monaco-list-row', { hasText: text }).first();

/** Waits for a question by its whole title: until it is there, keys go to the one before. */
async function asked(page: Page, title: string): Promise<void> {
  await widget(page).locator('.quick-input-title').getByText(title, { exact: true }).waitFor();
}

/** Waits until the row of a list whose label is this text is the one that Enter chooses. */
async function focused(page: Page, label: string): Promise<void> {
  const focus = widget(page).locator('.monaco-list-row.focused .quick-input-list-row:first-child .label-name');
  await focus.getByText(label, { exact: true }).waitFor();
}

/** A picture once nothing fades in or out any more. */
async function shot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await screenshot(page, inOut('shots', `parameters-${name}.png`));
}

/** Types to find a parameter in the list, and opens it with Enter. */
async function find(page: Page, operation: string, label: string): Promise<void> {
  await asked(page, operation);
  await page.keyboard.type(label);
  await focused(page, label);
  await page.keyboard.press('Enter');
  await asked(page, `${operation}: ${label}`);
}

step('settings are one list; Enter on it goes on, and says what is missing', async ({ page }) => {
  await openView(page, 'Sideband');
  await treeItem(page, 'lab-01, on').waitFor();
  await treeItemMenu(page, 'lab-01', 'AMT > AMT Settings');
  await asked(page, 'AMT Settings');
  const labels = (await pickEntries(page)).map((label) => label.trim());
  assert.deepEqual(labels.slice(0, 3), ['Continue', 'SOL', 'IDE redirection']);
  await shot(page, 'settings');
  await page.keyboard.press('Enter');
  await row(page, 'at least one setting is expected').waitFor();
  await shot(page, 'settings-missing');
});

step('a parameter is found by typing, and checked while it is typed', async ({ page }) => {
  await find(page, 'AMT Settings', 'Idle timeout');
  await widget(page).locator('input[placeholder="1 to 65535; empty: unchanged"]').waitFor();
  await page.keyboard.type('70000');
  await widget(page).getByText('a number of at most 65535 is expected').waitFor();
  await shot(page, 'number-mistake');
  await page.keyboard.press('Escape');
  await find(page, 'AMT Settings', 'Ping');
  await row(page, 'Leave Unchanged').waitFor();
  await shot(page, 'switch');
  await pick(page, 'off');
  await find(page, 'AMT Settings', 'Host name');
  await answerInput(page, 'lab-01-amt');
  await row(page, 'Ping: off, Host name: lab-01-amt').waitFor();
  await shot(page, 'settings-given');
});

step('Escape does not lose it without saying', async ({ page }) => {
  await page.keyboard.press('Escape');
  const question = await answerDialog(page, 'Cancel');
  assert.match(question, /AMT Settings: discard what was entered\?\s+Ping: off\s+Host name: lab-01-amt/);
  await row(page, 'Ping: off, Host name: lab-01-amt').waitFor();
});

step('Continue leads to the confirmation, and the settings to the device', async ({ page }) => {
  await focused(page, 'Continue');
  await page.keyboard.press('Enter');
  assert.match(await answerDialog(page, 'AMT Settings'), /lab-01-amt/);
  await notification(page, 'AMT Settings: lab-01 done').waitFor();
});

step('a boot over HTTPS gets its URL, a password from a profile, and more from a file', async ({ page }) => {
  await treeItemMenu(page, 'lab-01', 'Boot Override');
  await asked(page, 'Boot Override: Device');
  await pick(page, 'https');
  await asked(page, 'Boot Override');
  await shot(page, 'boot');
  await page.keyboard.press('Enter');
  await row(page, 'not given · device https needs what to boot').waitFor();
  await focused(page, 'URL');
  await shot(page, 'boot-missing');
  await page.keyboard.press('Enter');
  await asked(page, 'Boot Override: URL');
  await answerInput(page, 'https://10.0.0.1/boot.efi');
  await find(page, 'Boot Override', 'URL user');
  await answerInput(page, 'fetch');
  await find(page, 'Boot Override', 'URL password of profile');
  assert.deepEqual(await pickEntries(page), ['Leave Out', 'office', 'images', 'Other…']);
  await shot(page, 'boot-profile');
  await pick(page, 'images');
  await asked(page, 'Boot Override');
  await widget(page).getByRole('button', { name: 'From File…' }).click();
  await asked(page, 'Boot Override: a YAML file with its parameters');
  await pick(page, 'boot.yaml');
  await asked(page, 'Boot Override');
  await shot(page, 'boot-given');
});

step('Back leads to the device, and what was entered is still there', async ({ page }) => {
  await widget(page).getByRole('button', { name: 'Back' }).click();
  await asked(page, 'Boot Override: Device');
  await focused(page, 'https');
  await page.keyboard.press('Enter');
  await asked(page, 'Boot Override');
  await row(page, 'URL: https://10.0.0.1/boot.efi').waitFor();
  await focused(page, 'Continue');
  await page.keyboard.press('Enter');
  await asked(page, 'AMT password of profile images');
  await answerInput(page, 'not stored yet');
  const confirmation = await answerDialog(page, 'Cancel');
  assert.match(confirmation, /Boot Override: lab-01\?/);
  assert.match(confirmation, /https/);
});
