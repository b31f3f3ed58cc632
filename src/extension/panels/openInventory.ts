import * as vscode from 'vscode';
import { toSidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import { offeredNodes } from '../../jobs/offeredNodes';
import { nodes } from '../../nodes';
import type { Node } from '../../nodes/node';
import { bySession, pickComputers } from '../pickComputers';
import type { NodeItem } from '../tree/nodeItems';
import type { Workbench } from '../workbench';
import { InventoryPanel } from './inventoryPanel';

const { t } = vscode.l10n;

/** Opens the inventory page of computers; a page that is open for the same ones comes to the front. */
export async function openInventory(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
  node?: Node,
): Promise<void> {
  if (!workbench.assertTrusted()) return;
  const { sessions, inventories, extensionUri, logs, passwords, panels } = workbench;
  const title = node?.title ?? t('Inventory');
  const selections = chosen ? bySession(sessions, chosen) : await pickComputers(sessions, title, suggested);
  if (!selections || selections.length === 0) return;
  const key = selections
    .map(({ session, computers }) => [session.app.folder, ...computers.map(({ name }) => name)].join('\n'))
    .join('\n\n');
  const open = inventories.get(key);
  if (open) {
    await open.reveal(node);
    return;
  }
  try {
    const onEnd = (): void => {
      panels.delete(panel);
      inventories.delete(key);
    };
    const panel = new InventoryPanel({ extensionUri, selections, node, passwords, log: logs, onEnd });
    panels.add(panel);
    inventories.set(key, panel);
  } catch (thrown) {
    void vscode.window.showWarningMessage(`${title}: ${toSidebandError(thrown).message}`);
  }
}

/** Asks which node to show, and opens the inventory page with it. */
export async function chooseNode(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const offered = new Set((chosen ?? workbench.computers).flatMap(offeredNodes));
  const items = nodes
    .filter((node) => offered.has(node))
    .map((node) => ({ label: node.title, description: node.path.join(' › '), detail: node.description, node }));
  const options = { title: t('Show a node'), matchOnDescription: true };
  const picked = await vscode.window.showQuickPick(items, options);
  if (picked) await openInventory(workbench, chosen, suggested, picked.node);
}

/** Opens what was clicked in the tree: one node, of however many computers it was selected below. */
export async function openNodes(workbench: Workbench, items: readonly NodeItem[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  const computers = items.filter(({ node }) => node === first.node).map(({ computer }) => computer);
  await openInventory(workbench, computers, [], first.node);
}
