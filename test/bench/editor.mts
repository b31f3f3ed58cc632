// The extension host with a large fleet: what it holds, and how long its event loop is busy at a stretch during a sweep.
import { inOut, root } from '../tools/paths.mts';
import { notification, openPalette, openView, openWorkbench, pickAll } from '../editor/driver.mts';
import { type EditorServer, startEditorServer } from '../editor/server.mts';
import { benchPassword, type FleetSpec, startFleet } from './fleetProcess.mts';

const sweepLimitMs = 120_000;

/** Heap and buffers after a collection, in MiB. */
export function memory(server: EditorServer): Promise<number> {
  return server.evaluate(() => {
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    const { runInNewContext } = process.getBuiltinModule('node:vm');
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 2 ** 20;
  });
}

/** The longest that the event loop was busy since the call before, in milliseconds. */
export function longestTurn(server: EditorServer): Promise<number> {
  return server.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const shared = globalThis as { monitor?: ReturnType<typeof monitorEventLoopDelay> };
    const longestMs = (shared.monitor?.max ?? 0) / 1e6;
    shared.monitor?.disable();
    shared.monitor = monitorEventLoopDelay({ resolution: 5 });
    shared.monitor.enable();
    return longestMs;
  });
}

export async function editor(spec: FleetSpec): Promise<object> {
  const fleet = await startFleet(spec, 17);
  const server = await startEditorServer({
    dir: inOut('bench', 'editor'),
    workspace: fleet.folder,
    extension: { folder: root },
    settings: { 'sideband.refreshSeconds': 0 },
    env: { SIDEBAND_SECRET_BMC_IPMI: benchPassword },
  });
  const { page, ...workbench } = await openWorkbench(server.url, { profile: inOut('bench', 'chromium') });
  try {
    await server.evaluate((vscode) => vscode.extensions.getExtension('sideband.sideband')?.activate());
    const idle = await memory(server);
    await openView(page, 'Sideband');
    await page
      .getByRole('treeitem')
      .filter({ hasText: `of ${spec.count} on` })
      .waitFor();
    const shown = await memory(server);
    await openPalette(page, 'Sideband: Power Status');
    await pickAll(page);
    await longestTurn(server);
    await notification(page, `${spec.count} done`).waitFor({ timeout: sweepLimitMs });
    const turnMs = await longestTurn(server);
    const row = {
      computers: spec.count,
      'idle MiB': Math.round(idle),
      'view open, more by': Math.round(shown - idle),
      'after a sweep, more by': Math.round((await memory(server)) - idle),
      'longest turn ms': Math.round(turnMs),
    };
    console.table([row]);
    return row;
  } finally {
    await workbench[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await fleet[Symbol.asyncDispose]();
  }
}
