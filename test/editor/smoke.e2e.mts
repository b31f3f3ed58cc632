// The packaged extension gets into a real workbench: what every other end-to-end test takes for granted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tools/paths.mts';
import { statusBarItem, treeItem } from './driver.mts';
import { editorSession } from './session.mts';

const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  string,
  string
>;
const id = `${publisher ?? ''}.${name ?? ''}`;

const step = editorSession({ name: 'smoke', workspace: join(import.meta.dirname, 'workspaces/small'), trust: 'asked' });

step('the workbench shows the folder in Restricted Mode', async ({ page }) => {
  await treeItem(page, '.sideband').waitFor();
  await statusBarItem(page, 'Restricted Mode').waitFor();
});

step('the packaged extension is installed in the version of this build', async ({ server }) => {
  const found = await server.evaluate((vscode, wanted) => {
    const extension = vscode.extensions.getExtension(wanted);
    return (
      extension && { version: (extension.packageJSON as { version: string }).version, path: extension.extensionPath }
    );
  }, id);
  assert.ok(found, 'VS Code does not know it');
  assert.equal(found.version, version);
  assert.ok(
    found.path.startsWith(join(server.workspace, '..', 'extensions')),
    `installed from the VSIX, not from ${found.path}`,
  );
});

step('it activates without an error', async ({ server }) => {
  const active = await server.evaluate(async (vscode, wanted) => {
    const extension = vscode.extensions.getExtension(wanted);
    await extension?.activate();
    return extension?.isActive;
  }, id);
  assert.equal(active, true);
});
