import * as vscode from 'vscode';
import { checkComputers, type CheckResult } from '../discovery/check';
import type { Computer } from '../fleet/computer';
import { showNode, type Table } from '../jobs/show';
import { nodes } from '../nodes';
import { pickComputers } from './pickComputers';
import { toSignal } from './signal';
import type { Workbench } from './workbench';

const scheme = 'sideband';
const checkTimeoutMs = 30_000;

/** Read-only texts: a node's tables, or why computers do not answer. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  async show(name: string, text: string): Promise<void> {
    const time = new Date().toLocaleTimeString('en-GB').replaceAll(':', '.');
    const uri = vscode.Uri.from({ scheme, path: `/${name} ${time}.md` });
    this.#texts.set(uri.path, text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Shows a node of computers as a table. */
export async function showNodeDocument(workbench: Workbench, chosen: readonly Computer[] | undefined): Promise<void> {
  if (!workbench.assertTrusted()) return;
  const items = nodes.map((node) => ({ label: node.title, detail: node.description, node }));
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: 'Show a node' });
  if (!picked) return;
  const { node } = picked;
  const computers = chosen ?? (await pickComputers(workbench.app, node.title));
  if (!computers || computers.length === 0) return;
  const options = { location: vscode.ProgressLocation.Notification, title: node.title, cancellable: true };
  const report = await workbench.passwords.whileAsking(async () =>
    vscode.window.withProgress(options, (_, token) =>
      showNode(node, computers, workbench.app.engine, { log: workbench.logs }, toSignal(token)),
    ),
  );
  const parts = report.results.map(({ computer, value, error }) => {
    if (error) return `## ${computer}\n\n${error.code}: ${error.message}\n\n${error.hint}\n`;
    const { columns, rows } = value as Table;
    const body = rows.flatMap((row) => columns.map((column, index) => `${column.padEnd(16)}${String(row[index] ?? '')}`));
    return `## ${computer}\n\n${body.join('\n')}\n`;
  });
  await workbench.documents.show(node.title, parts.join('\n'));
}

/** Checks computers and shows how far each technology came. */
export async function showCheckDocument(workbench: Workbench, chosen: readonly Computer[] | undefined): Promise<void> {
  if (!workbench.assertTrusted()) return;
  const computers = chosen ?? (await pickComputers(workbench.app, 'Check'));
  if (!computers || computers.length === 0) return;
  const options = { location: vscode.ProgressLocation.Notification, title: 'Check', cancellable: true };
  const { concurrency } = workbench.app.fleet.limits;
  const results = await workbench.passwords.whileAsking(async () =>
    vscode.window.withProgress(options, (_, token) =>
      checkComputers(computers, workbench.app.sessions, { concurrency, timeoutMs: checkTimeoutMs }, toSignal(token)),
    ),
  );
  await workbench.documents.show('Check', results.map(formatCheck).join('\n'));
}

function formatCheck({ computer, ok, technologies }: CheckResult): string {
  const lines = technologies.flatMap(({ technology, stages, cause }) => [
    ...stages.map((stage) => `${stage.ok ? 'ok  ' : 'FAIL'}  ${technology}  ${stage.title}: ${stage.detail}`),
    ...(cause ? ['', `${cause.code}: ${cause.hint}`] : []),
  ]);
  return `## ${computer} ${ok ? 'answers' : 'does not answer'}\n\n${lines.join('\n')}\n`;
}
