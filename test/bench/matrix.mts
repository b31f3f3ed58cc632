// The page of a run while another process writes it: how long tasks of the page and turns of the extension host are.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openView, openWorkbench, readWebview, treeItem } from '../editor/driver.mts';
import { jobHeader, loadLedger, numbered, writeThrough } from '../editor/ledger.mts';
import { longTasks, scrollToEnd } from '../editor/longTasks.mts';
import { startEditorServer } from '../editor/server.mts';
import { inOut, root } from '../tools/paths.mts';
import { longestTurn, memory } from './editor.mts';

const steps = ['Wake', 'Check', 'Restore State!'];
const limitMs = 120_000;
/** Below this the browser tells of no task. */
const longMs = 50;

export async function matrix(count: number): Promise<object> {
  const workspace = inOut('bench', 'matrix-workspace');
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(join(workspace, '.sideband'), { recursive: true });
  writeFileSync(join(workspace, '.sideband', 'fleet.yaml'), 'version: 1\ncomputers: {}\n');
  const server = await startEditorServer({
    dir: inOut('bench', 'matrix'),
    workspace,
    extension: { folder: root },
    settings: { 'sideband.refreshSeconds': 0 },
  });
  const ledger = (await loadLedger()).openLedger(join(server.state, 'ledger.sqlite'));
  const { page, ...workbench } = await openWorkbench(server.url, { profile: inOut('bench', 'chromium') });
  try {
    const computers = numbered(count);
    const run = await ledger.begin(jobHeader('All of them', server.workspace, { steps, computers }));
    await openView(page, 'Sideband');
    await treeItem(page, 'All of them').click();
    const webview = readWebview(page, 'sideband.sideband');
    const grid = webview.locator('#grid');
    await webview.locator('#count', { hasText: 'computers' }).waitFor();
    const before = await memory(server);
    await longestTurn(server);
    const begun = performance.now();
    const streaming = await longTasks(grid, async () => {
      await writeThrough(run, computers, steps.length);
      await webview.locator('#state', { hasText: 'finished' }).waitFor({ timeout: limitMs });
    });
    const seconds = (performance.now() - begun) / 1000;
    const turnMs = await longestTurn(server);
    const scrolling = await longTasks(grid, () => scrollToEnd(grid));
    const row = {
      computers: count,
      steps: steps.length,
      'changes a second': Math.round((count * (steps.length + 1)) / seconds),
      'longest task ms, live': longest(streaming),
      'longest task ms, scrolling': longest(scrolling),
      'longest turn ms': Math.round(turnMs),
      'more MiB': Math.round((await memory(server)) - before),
    };
    console.table([row]);
    return row;
  } finally {
    ledger.dispose();
    await workbench[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  }
}

function longest(tasks: readonly number[]): string {
  return tasks.length === 0 ? `< ${longMs}` : String(Math.round(Math.max(...tasks)));
}
