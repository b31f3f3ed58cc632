// One of our pages alone in Chromium, with an extension that the test plays, and the time that its tasks take.
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../tools/chromium.mts';
import { inOut, root } from '../tools/paths.mts';

/** A stutter is what a person sees: the same bound as for a turn of the extension host, in milliseconds. */
export const longestTaskMs = 50;

/** What the test plays has these at its window. */
export interface Played extends Window {
  /** What the page has asked of the extension: method and arguments. */
  asked: (readonly [string, ...unknown[]])[];
  /** What the extension answers; to other methods it answers nothing, and to `ready` only what is here. */
  answers: Record<string, (...args: readonly unknown[]) => unknown>;
  /** Calls a method of the page, and waits for its answer. */
  tell(method: string, ...args: readonly unknown[]): Promise<void>;
  /** What the browser itself calls long, in milliseconds. */
  tasks: number[];
}
declare const window: Played;

export interface LonePage extends AsyncDisposable {
  readonly page: Page;
  /**
   * The longest task of the page while something is done, in milliseconds of processor time: what it takes on a machine that has
   * nothing else to do. What the browser measured by the clock is printed.
   */
  longestTask(what: string, act: () => Promise<unknown>): Promise<number>;
}

/** Builds and opens the page of a folder of `webviews`. `prepare` runs in it before the page's own script. */
export async function openLonePage(name: string, prepare: () => void = () => undefined): Promise<LonePage> {
  const folder = inOut('editor', `${name}-page`);
  await build({
    absWorkingDir: root,
    entryPoints: [`webviews/${name}/main.ts`],
    outfile: `${folder}/main.js`,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    loader: { '.ttf': 'file' },
  });
  const browser = await chromium.launch({
    executablePath: findChromium()!,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
  await page.addInitScript(playExtension);
  await page.addInitScript(prepare);
  await page.goto('about:blank');
  await page.setContent('<!DOCTYPE html><html lang="en"><body></body></html>');
  await page.addStyleTag({ path: `${folder}/main.css` });
  await page.addScriptTag({ path: `${folder}/main.js` });
  return {
    page,
    longestTask: (what, act) => longestTask({ browser, page, what }, act),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** What VS Code and the extension are to the page. */
function playExtension(): void {
  const asked: [string, ...unknown[]][] = [];
  const tasks: number[] = [];
  const answers: Played['answers'] = {};
  const waiting = new Map<number, () => void>();
  let calls = 0;
  const post = (message: { call?: number; method?: string; args?: unknown[]; answer?: number }): void => {
    const { call, method = '', args = [], answer } = message;
    if (answer !== undefined) waiting.get(answer)?.();
    if (call === undefined) return;
    asked.push([method, ...args]);
    const act = answers[method];
    if (act) window.postMessage({ answer: call, value: act(...args) }, '*');
    else if (method !== 'ready') window.postMessage({ answer: call }, '*');
  };
  const tell = (method: string, ...args: readonly unknown[]): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(calls, resolve);
      window.postMessage({ call: calls++, method, args }, '*');
    });
  let state: unknown;
  Object.assign(window, {
    asked,
    tasks,
    answers,
    tell,
    acquireVsCodeApi: () => ({ postMessage: post, getState: () => state, setState: (next: unknown) => (state = next) }),
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread, in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

async function longestTask(
  { browser, page, what }: { readonly browser: Browser; readonly page: Page; readonly what: string },
  act: () => Promise<unknown>,
): Promise<number> {
  await page.evaluate(() => void (window.tasks.length = 0));
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  await act();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const main = new Set(
    traceEvents.filter(({ args }) => args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && main.has(`${pid} ${tid}`));
  assert.ok(tasks.length > 0, 'the trace has no tasks');
  const longest = tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0) / 1000;
  const long = await page.evaluate(() => window.tasks);
  console.log(
    `${what}: ${longest.toFixed(1)} ms of processor time; long tasks by the clock: ${long.join(', ') || 'none'}`,
  );
  return longest;
}

/** From the first row of the grid to the last, 2,000 pixels a frame, so that every frame has other rows. */
export function scrollThrough(page: Page, left = 0): Promise<void> {
  return page.evaluate(
    (scrollLeft) =>
      new Promise<void>((resolve) => {
        const grid = document.getElementById('grid')!;
        grid.scrollTo(scrollLeft, 0);
        const step = (): void => {
          grid.scrollTop += 2000;
          if (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) requestAnimationFrame(step);
          else
            requestAnimationFrame(() => {
              requestAnimationFrame(() => {
                resolve();
              });
            });
        };
        step();
      }),
    left,
  );
}
