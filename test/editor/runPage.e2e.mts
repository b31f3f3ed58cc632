// The run page alone in Chromium, with an extension that the test plays: 10,000 computers by 10 steps without a stutter.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from './driver.mts';
import { type LonePage, longestTaskMs, openLonePage, type Played, scrollThrough } from './lonePage.mts';

let lone: LonePage;
let page: Page;

interface PlayedRun extends Played {
  /** Everything, as `ready` answers it. */
  snapshot(): unknown;
  /** So many computers go one step on. */
  change(from: number, count: number, step: number): unknown;
  /** Leaves a message out. */
  lose(): void;
}
declare const window: PlayedRun;

before(async () => {
  lone = await openLonePage('run', playRun);
  page = lone.page;
  await page.locator('.row').first().waitFor();
});

after(async () => {
  await lone[Symbol.asyncDispose]();
});

/** A run of 10,000 computers by 9 steps and one in `finally`, in the page. */
function playRun(): void {
  const [computers, steps] = [10_000, 10];
  const columns = steps + 1;
  const [failed, running, notBegun, done] = [0, 2, 6, 7];
  const outcomes = new Uint8Array(computers * columns).fill(notBegun);
  const durations = new Uint32Array(computers * columns);
  const words = new Uint32Array(computers * columns);
  const head = (): object => ({
    id: '20260101-000000-abcd',
    title: 'Patch',
    targets: '@all',
    state: 'running',
    startedAt: 1_767_225_600_000,
    can: { cancel: true, resume: false, rerun: false, export: true },
  });
  let version = 1;
  const set = (cells: number[], cell: number, outcome: number): void => {
    outcomes[cell] = outcome;
    durations[cell] = outcome === running ? 0 : (cell * 7919) % 90_000;
    words[cell] = outcome === failed ? 1 : outcome === done && cell % 3 === 0 ? 2 : 0;
    cells.push(cell);
  };
  const change = (from: number, count: number, step: number): unknown => {
    const cells: number[] = [];
    for (let row = from; row < from + count; row++) {
      const outcome = (row * 31 + step) % 211 === 0 ? failed : done;
      set(cells, row * columns + step, outcome);
      set(cells, row * columns, step === steps ? outcome : running);
    }
    const at = Uint32Array.from(cells);
    return {
      version: ++version,
      head: head(),
      cells: {
        at,
        outcomes: Uint8Array.from(at, (cell) => outcomes[cell]!),
        durations: Uint32Array.from(at, (cell) => durations[cell]!),
        words: Uint32Array.from(at, (cell) => words[cell]!),
        newWords: [],
      },
    };
  };
  const snapshot = (): unknown => ({
    version: ++version,
    head: head(),
    computers: Array.from({ length: computers }, (_, row) => `node${row + 1}`),
    steps: Array.from({ length: steps }, (_, step) => ({
      title: `Step ${step + 1}`,
      uses: 'power.on',
      role: step === steps - 1 ? 'finally' : 'step',
    })),
    cells: {
      outcomes: outcomes.slice(),
      durations: durations.slice(),
      words: words.slice(),
      newWords: ['', 'connect.timeout', 'off → on'],
    },
  });
  const evil = '<img src=x onerror="document.title=1">';
  const detail = (computer: unknown, column: unknown): unknown => ({
    outcome: 'failed',
    durationMs: 5,
    attempts: 2,
    tried: [`amt: ${evil}`],
    note: `${String(computer)} ${String(column)}`,
    error: { code: 'connect.timeout', message: evil, advice: evil },
    value: evil,
  });
  Object.assign(window.answers, { ready: snapshot, detail });
  Object.assign(window, { snapshot, change, lose: () => version++ });
}

const cells = async (row: number): Promise<readonly string[]> =>
  (await page.locator(`.row[aria-rowindex="${row + 2}"] .cell`).allInnerTexts()).map((text) => text.trim());
const chips = async (): Promise<readonly string[]> =>
  (await page.locator('.chip:visible').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

void test('a hundred thousand cells arrive at once', async () => {
  const longest = await lone.longestTask('the whole run arrives', () =>
    page.evaluate(async () => {
      window.lose();
      await window.tell('update', window.change(0, 1, 1));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }),
  );
  assert.ok(longest < longestTaskMs);
  assert.equal(await page.locator('#count').innerText(), '10,000 computers');
  assert.equal(await page.locator('#grid').getAttribute('aria-rowcount'), '10001');
  assert.equal(await page.locator('#grid').getAttribute('aria-colcount'), '12');
  assert.deepEqual(await chips(), ['1 running', '9,999 not begun']);
});

void test('ten thousand computers go through ten steps, with 8,000 changes in each message', async () => {
  const longest = await lone.longestTask('changes stream in', () =>
    page.evaluate(async () => {
      for (let step = 1; step <= 10; step++) {
        for (let from = 0; from < 10_000; from += 4000) {
          await window.tell('update', window.change(from, Math.min(4000, 10_000 - from), step));
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    }),
  );
  assert.ok(longest < longestTaskMs);
  assert.deepEqual(await chips(), ['47 failed', '9,953 done']);
  assert.equal((await cells(0))[10], 'connect.timeout');
});

void test('only visible rows are in the page, and scrolling through all of them has no long task', async () => {
  assert.ok((await lone.longestTask('scrolling', () => scrollThrough(page))) < longestTaskMs);
  assert.ok((await lone.longestTask('scrolling, moved sideways', () => scrollThrough(page, 300))) < longestTaskMs);
  assert.ok((await page.locator('.row').count()) < 80);
});

void test('sorting and filtering have no long task', async () => {
  const longest = await lone.longestTask('sorting and filtering', async () => {
    await page.locator('.title', { hasText: 'Computer' }).click();
    await page.locator('.title', { hasText: 'Duration' }).click();
    await page.locator('.title', { hasText: 'Step 2' }).click();
    await page.locator('.title', { hasText: 'Step 2' }).click();
    await page.locator('#filter input').fill('node99');
    await page.locator('.chip', { hasText: 'done' }).click();
  });
  assert.ok(longest < longestTaskMs);
  assert.equal(await page.locator('#count').innerText(), '111 of 10,000 computers');
  assert.equal(await page.locator('.title', { hasText: 'Step 2' }).getAttribute('aria-sort'), 'descending');
  assert.equal(await page.locator('.chip', { hasText: 'done' }).getAttribute('aria-pressed'), 'true');
  await page.locator('.chip', { hasText: 'done' }).click();
  await page.locator('#filter input').fill('');
  await page.locator('#sort').selectOption('name');
  assert.deepEqual([(await cells(0))[0], (await cells(1))[0]], ['node1', 'node2']);
});

void test('the active cell stays with its computer when rows change places', async () => {
  await page.locator('#sort').selectOption('plan');
  await page.locator('#grid').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  assert.equal((await page.locator('#active-cell').innerText()).trim(), 'node2');
  await page.locator('#filter input').fill('node2');
  assert.equal((await page.locator('#active-cell').innerText()).trim(), 'node2');
  assert.equal(await page.locator('#active-cell').evaluate((cell) => cell.parentElement?.ariaRowIndex), '2');
  await page.locator('#filter input').fill('');
});

void test('Enter asks for the details of a cell, which are text and never markup', async () => {
  await page.locator('#grid').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.locator('#detail h2', { hasText: 'node2 · Step 10' }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.asked.at(-1)), ['detail', 'node2', 10]);
  assert.equal(await page.locator('img').count(), 0);
  const facts = await page.locator('#detail dl').innerText();
  assert.match(facts, /<img src=x onerror="document\.title=1"> \(connect\.timeout\)/);
  await page.locator('#detail button[title="Copy"]').click();
  await until('the copy', () => page.evaluate(() => window.asked.some(([method]) => method === 'copy')));
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#detail').isVisible(), false);
});

void test('what can be done is offered, and asked of the extension', async () => {
  assert.equal(await page.locator('#rerun').isVisible(), false);
  await page.locator('#cancel').click();
  await page.locator('#export').click();
  const asked = await page.evaluate(() => window.asked.slice(-2).map(([method]) => method));
  assert.deepEqual(asked, ['cancel', 'exportRun']);
});

void test('who wants no motion gets none', async () => {
  const name = (): Promise<string> => page.locator('#state').evaluate((state) => getComputedStyle(state).animationName);
  assert.equal(await name(), 'pulse');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await name(), 'none');
});
