// The inventory page alone in Chromium, with an extension that the test plays: ten thousand rows without a stutter, keys, copying.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { InventorySnapshot } from '../../webviews/inventory/contract.ts';
import { until } from './driver.mts';
import { type LonePage, longestTaskMs, openLonePage, type Played, scrollThrough } from './lonePage.mts';

const count = 10_000;
let lone: LonePage;
let page: Page;

interface PlayedInventory extends Played {
  /** Snapshots that are there before time is taken. */
  prepared: readonly unknown[];
}
declare const window: PlayedInventory;

before(async () => {
  lone = await openLonePage('inventory');
  page = lone.page;
  await show(snapshotOf(0));
});

after(async () => {
  await lone[Symbol.asyncDispose]();
});

const columns = [
  'Number',
  'Name',
  'Type',
  'Entity',
  'Reading',
  'Unit',
  'State',
  'LNR',
  'LC',
  'LNC',
  'UNC',
  'UC',
  'UNR',
];

/** So many rows of sensors, 50 of each computer; the last two computers have not answered. */
function snapshotOf(lines: number, pending = 0): InventorySnapshot {
  const names = Array.from({ length: count / 50 }, (_, index) => `node${String(index + 1).padStart(4, '0')}`);
  return {
    computers: [...names, 'dead-01', 'dead-02'],
    nodes: [
      { id: 'sensors', title: 'Sensors', description: 'Readings.', path: ['Sensors'], kind: 'audit', from: 'IPMI' },
      { id: 'bios', title: 'BIOS', description: '', path: ['General'], kind: 'audit', from: 'IPMI' },
    ],
    node: 'sensors',
    columns,
    lines: Array.from({ length: lines }, (_, index) => ({
      computer: names[Math.floor(index / 50)] ?? '',
      cells: [
        ...[index % 50, `Sensor ${index % 50}`, index % 2 ? 'temperature' : 'fan', 'system board'],
        ...[((index * 7919) % 1000) / 10, index % 2 ? '°C' : 'RPM', index % 97 ? 'ok' : 'upper critical'],
        ...[null, 5, 10, 80, 90, 100],
      ],
    })),
    notes: [],
    problems: ['dead-01', 'dead-02'].map((computer) => ({ computer, message: 'nothing answers', advice: 'Look.' })),
    pending,
    at: 1_700_000_000_000,
    live: 'on',
  };
}

/** Hands a snapshot to the page, and waits until it has been drawn. */
function show(snapshot: InventorySnapshot): Promise<void> {
  return page.evaluate(async (next) => {
    await window.tell('show', next);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }, snapshot);
}

const cells = (row: number): Promise<readonly string[]> =>
  page.locator(`.row[aria-rowindex="${row + 2}"] .cell`).allInnerTexts();

void test('ten thousand rows arrive in whole snapshots while the page stays awake', async () => {
  const parts = [0.25, 0.5, 0.75, 1].map((part) => snapshotOf(count * part, (count / 50) * (1 - part)));
  await page.evaluate((prepared) => void Object.assign(window, { prepared }), parts);
  const longest = await lone.longestTask('rows arrive', () =>
    page.evaluate(async () => {
      for (const snapshot of window.prepared) {
        await window.tell('show', snapshot);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }),
  );
  assert.ok(longest < longestTaskMs);
  assert.equal(await page.locator('#count').innerText(), '202 computers · 2 without an answer · 10,000 rows');
  assert.equal(await page.locator('#grid').getAttribute('aria-rowcount'), String(count + 3));
});

void test('only visible rows are in the page, and scrolling through all of them has no long task', async () => {
  assert.ok((await lone.longestTask('scrolling', () => scrollThrough(page))) < longestTaskMs);
  assert.ok((await lone.longestTask('scrolling, moved sideways', () => scrollThrough(page, 200))) < longestTaskMs);
  assert.ok((await page.locator('.row').count()) < 80);
  assert.deepEqual(await cells(count + 1), ['dead-02', 'nothing answers']);
});

void test('sorting and filtering have no long task', async () => {
  const longest = await lone.longestTask('sorting and filtering', async () => {
    await page.locator('.title', { hasText: 'Reading' }).click();
    await page.locator('.title', { hasText: 'Reading' }).click();
    await page.locator('.title', { hasText: 'Computer' }).click();
    await page.locator('#filter input').fill('upper critical');
  });
  assert.ok(longest < longestTaskMs);
  assert.match(await page.locator('#count').innerText(), / 104 of 10,002 rows$/);
  await page.locator('#filter input').fill('');
  await page.evaluate(() => {
    document.getElementById('grid')!.scrollTo(0, 0);
  });
  await page.locator('.title', { hasText: 'Computer' }).click();
  assert.equal((await cells(0))[0], 'node0200');
  await page.locator('.title', { hasText: 'Computer' }).click();
  assert.equal((await cells(0))[0], 'node0001');
});

void test('keys move the active cell, also to rows that were not in the page; the head sorts', async () => {
  await page.locator('#grid').focus();
  const active = (): Promise<string> => page.locator('#active-cell').innerText();
  await page.keyboard.press('Control+Home');
  assert.equal(await active(), 'node0001');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(), '1');
  await page.keyboard.press('Control+End');
  assert.equal(await active(), 'nothing answers');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('PageDown');
  assert.ok(Number(await page.locator('#active-cell').evaluate((cell) => cell.parentElement?.ariaRowIndex)) > 15);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.title').first().getAttribute('aria-sort'), 'ascending');
  assert.equal(await page.locator('#grid').getAttribute('aria-activedescendant'), 'active-cell');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
});

void test('a cell is copied, and a row is told to VS Code’s menu', async () => {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+C');
  await until('the copy', () => page.evaluate(() => window.asked.some(([method]) => method === 'copy')));
  assert.deepEqual(await page.evaluate(() => window.asked.at(-1)), ['copy', 'node0001']);
  await page.locator('.row[aria-rowindex="3"] .cell').nth(2).click({ button: 'right' });
  const context: unknown = JSON.parse((await page.locator('#grid').getAttribute('data-vscode-context')) ?? '');
  assert.deepEqual(context, {
    preventDefaultContextMenuItems: true,
    webviewSection: 'cell',
    cell: 'Sensor 1',
    row: 'node0001\t1\tSensor 1\ttemperature\tsystem board\t91.9\t°C\tok\t\t5\t10\t80\t90\t100',
  });
});

void test('what a device writes is text, never markup', async () => {
  const evil = '<img src=x onerror="document.title=1">';
  const { nodes, ...rest } = snapshotOf(0);
  await show({
    ...rest,
    nodes: nodes.map((node) => ({ ...node, title: evil, path: [evil] })),
    columns: [evil],
    lines: [{ computer: evil, cells: [evil] }],
    problems: [{ computer: evil, message: evil, advice: evil }],
  });
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(await cells(0), [evil, evil]);
});

void test('a single computer’s single row stands upright', async () => {
  const { problems: _, ...rest } = snapshotOf(1);
  await show({ ...rest, computers: ['node0001'], problems: [], node: 'bios', live: 'never' });
  assert.deepEqual(await cells(1), ['Name', 'Sensor 0']);
  assert.equal(await page.locator('#live').isVisible(), false);
  await page.locator('#filter input').fill('entity');
  assert.deepEqual(await cells(0), ['Entity', 'system board']);
});
