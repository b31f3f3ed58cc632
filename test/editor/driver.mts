// What a user does in the workbench, as functions over Playwright's page.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { findChromium } from '../tools/chromium.mts';

export interface Workbench extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface WorkbenchOptions {
  /** The browser's own folder. */
  readonly profile: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Opens the address in a headless Chromium that reaches nothing but loopback. */
export async function openWorkbench(url: string, options: WorkbenchOptions): Promise<Workbench> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium on this machine; set CHROMIUM to its program');
  const context = await chromium.launchPersistentContext(options.profile, {
    executablePath,
    headless: true,
    viewport: options.viewport ?? { width: 1280, height: 800 },
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  try {
    await page.goto(url);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
  } catch (error) {
    await context.close();
    throw error;
  }
  return { context, page, [Symbol.asyncDispose]: () => context.close() };
}

const quickInput = (page: Page): Locator => page.locator('.quick-input-widget:visible input[type=text]').first();
const quickRows = (page: Page): Locator =>
  page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');

/** Runs a command by its title, as from the palette. */
export async function openPalette(page: Page, command: string): Promise<void> {
  await quickOpen(page, { key: 'F1', text: `>${command}`, row: command });
}

/** Opens a file of the workspace through Go to File. */
export async function openFile(page: Page, name: string): Promise<void> {
  await quickOpen(page, { key: 'Control+P', text: name, row: name });
  await page.locator('.tab.active', { hasText: name }).waitFor();
}

/**
 * Once more when it fails: a view that is loading swallows the key or takes the focus back, and a list that was
 * opened early in the start stays without the commands that come later.
 */
async function quickOpen(page: Page, { key, text, row }: Record<'key' | 'text' | 'row', string>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await page.keyboard.press(key);
    try {
      await quickInput(page).fill(text, { timeout: 3_000 });
      await quickRows(page).filter({ hasText: row }).first().click({ timeout: 3_000 });
      return;
    } catch (error) {
      if (attempt === 6) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Chooses an entry of the open quick pick by its label; not Enter, which takes what is first before the list is ready. */
export async function pick(page: Page, text: string): Promise<void> {
  await quickRows(page).filter({ hasText: text }).first().click();
}

/** The labels of the open quick pick, as far as they are on the screen. */
export async function pickEntries(page: Page): Promise<readonly string[]> {
  await quickRows(page).first().waitFor();
  return quickRows(page).locator('.quick-input-list-row:first-child .label-name').allInnerTexts();
}

/** Ticks entries of an open quick pick with check boxes and accepts. */
export async function pickMany(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await quickInput(page).fill(text);
    await quickRows(page).filter({ hasText: text }).first().locator('.monaco-checkbox').click();
  }
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
}

/** Ticks everything that the text finds in an open quick pick with check boxes, and accepts. */
export async function pickAll(page: Page, text = ''): Promise<void> {
  await quickInput(page).fill(text);
  await page.getByRole('checkbox', { name: 'Toggle all checkboxes' }).click();
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
}

/** Answers the open input box. */
export async function answerInput(page: Page, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible input').first();
  await input.waitFor();
  await input.fill(text);
  await input.press('Enter');
}

/** Shows a view container by its name in the activity bar. */
export async function openView(page: Page, container: string): Promise<void> {
  const tab = page.locator('.activitybar .action-item', {
    has: page.locator(`.action-label[aria-label^="${container}"]`),
  });
  if (!((await tab.getAttribute('class')) ?? '').includes('checked')) await tab.click();
}

/** The row of a tree whose accessible name begins with `name`. */
export function treeItem(page: Page, name: string): Locator {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return page.getByRole('treeitem', { name: new RegExp(`^${literal}(?![\\w-])`) }).first();
}

export async function clickTreeItem(page: Page, name: string): Promise<void> {
  await treeItem(page, name).click();
}

/** Opens an item that can be opened, so that what is below it shows. */
export async function expandTreeItem(page: Page, name: string): Promise<void> {
  const item = treeItem(page, name);
  if ((await item.getAttribute('aria-expanded')) !== 'true') await item.locator('.monaco-tl-twistie').click();
}

/** Selects from the first to the last, as with Shift. */
export async function selectTreeItems(page: Page, first: string, last: string): Promise<void> {
  await clickTreeItem(page, first);
  await treeItem(page, last).click({ modifiers: ['Shift'] });
}

/** The accessible names of a view's visible rows, from top to bottom: label and description. */
export async function treeTexts(page: Page, section: string): Promise<readonly string[]> {
  const pane = page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${section}"]`) });
  const labels = await pane.locator('.monaco-list-row').evaluateAll((rows) => rows.map((row) => row.ariaLabel));
  return labels.filter((label) => label !== null);
}

/**
 * Opens an item's context menu and returns the enabled entries; with `entry` it chooses that one, or the one of a submenu:
 * `Power > Power Cycle`. Soon after the start entries may still be disabled, and a menu does not change while it is open, so it is
 * opened again.
 */
export async function treeItemMenu(page: Page, name: string, path?: string): Promise<readonly string[]> {
  const menu = page.locator('.context-view .monaco-menu').first();
  const [entry, inner] = path?.split(' > ') ?? [];
  for (let attempt = 1; ; attempt++) {
    await until('the menu', async () => {
      await treeItem(page, name).click({ button: 'right' });
      return menu.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false, // a view that lays itself out anew closes its menu, so it is asked for again
      );
    });
    await delay(200); // entries ignore the mouse for their first 100 ms
    const enabled = menu.locator('.action-item:not(.disabled)');
    const labels = (await enabled.locator('.action-label').allInnerTexts()).filter((label) => label !== '');
    const index =
      entry === undefined
        ? -1
        : labels.findIndex((label) => (inner === undefined ? label.includes(entry) : label === entry));
    const isThere = index >= 0;
    if (isThere)
      await enabled
        .filter({ has: page.locator('.action-label:not(:empty)') })
        .nth(index)
        .click();
    else await page.keyboard.press('Escape');
    if (isThere && inner !== undefined) {
      const within = page.locator('.monaco-submenu .action-item:not(.disabled)', { hasText: inner }).first();
      await within.waitFor();
      await delay(200);
      await within.click();
    }
    await menu.waitFor({ state: 'hidden' });
    if (isThere || entry === undefined) return labels;
    if (attempt === 20) throw new Error(`"${entry}" is not offered for ${name}: ${labels.join(', ')}`);
    await delay(250);
  }
}

/** Chooses an entry of the context menu that is open, or about to open. */
export async function chooseMenuEntry(page: Page, entry: string): Promise<void> {
  const menu = page.locator('.context-view .monaco-menu').first();
  await menu.waitFor();
  await delay(200); // entries ignore the mouse for their first 100 ms
  await menu.locator('.action-item', { hasText: entry }).first().click();
  await menu.waitFor({ state: 'hidden' });
}

/** A toast whose text contains `text`. */
export const notification = (page: Page, text: string | RegExp): Locator =>
  page.locator('.notifications-toasts .notification-list-item', { hasText: text });

/** Presses a button of a toast. */
export async function answerNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
  await notification(page, text).getByRole('button', { name: button }).first().click();
}

/** The modal question that is open. */
export const dialog = (page: Page): Locator => page.locator('.monaco-dialog-box');

/** Reads the modal question, answers it, and returns what it asked. */
export async function answerDialog(page: Page, button: string): Promise<string> {
  await dialog(page).waitFor();
  const text = await dialog(page).locator('.dialog-message-container').innerText();
  await dialog(page).getByRole('button', { name: button }).first().click();
  await dialog(page).waitFor({ state: 'hidden' });
  return text;
}

export const statusBarItem = (page: Page, text: string | RegExp): Locator =>
  page.locator('.statusbar-item', { hasText: text });

/** The messages in the Problems view. */
export async function problems(page: Page): Promise<readonly string[]> {
  await openPalette(page, 'View: Focus Problems');
  const rows = page.locator('.markers-panel .monaco-list-row');
  await rows.first().waitFor();
  return rows.allInnerTexts();
}

/** The document inside the visible webview of the extension: workbench > iframe.webview > iframe#active-frame. */
export function readWebview(page: Page, extensionId: string): FrameLocator {
  return page
    .frameLocator(`iframe.webview.ready[src*="extensionId=${extensionId}"]:visible`)
    .frameLocator('iframe#active-frame');
}

/** Leaves Restricted Mode as a user would. */
export async function grantTrust(page: Page): Promise<void> {
  await openPalette(page, 'Workspaces: Manage Workspace Trust');
  await page
    .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ })
    .first()
    .click();
  await statusBarItem(page, 'Restricted Mode').waitFor({ state: 'hidden' });
}

export async function screenshot(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
}

/** The picture in the README: written only when asked for, by `npm run screenshot`. */
export async function screenshotForReadme(page: Page): Promise<void> {
  const path = process.env.SIDEBAND_SCREENSHOT;
  if (path === undefined) return;
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await delay(500); // what fades out has gone
  await screenshot(page, path);
}

/** Asks again until the answer is truthy, and returns it. */
export async function until<T>(what: string, check: () => Promise<T> | T, timeoutMs = 20_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}`);
    await delay(50);
  }
}
