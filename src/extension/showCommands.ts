import * as vscode from 'vscode';
import { checkComputers, type CheckResult } from '../discovery/check';
import { toSidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';
import type { ComputerResult } from '../jobs/result';
import { showNode, type Table } from '../jobs/show';
import { nodes } from '../nodes';
import { adviceFor, sentence } from './advice';
import { bySession, pickComputers, type Selection } from './pickComputers';
import { toSignal } from './signal';
import { formatTable } from './textTable';
import { withoutName } from './tree/computerItem';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;
const checkTimeoutMs = 30_000;

/** Shows a node of computers as a table. */
export async function showNodes(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const items = nodes.map((node) => ({
    label: node.title,
    description: node.path.join(' › '),
    detail: node.description,
    node,
  }));
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: t('Show a node') });
  if (!picked) return;
  const { node } = picked;
  const wanted = new Set(node.sources.map(({ technology }) => technology));
  await read(workbench, { title: node.title, chosen, suggested, wanted }, async ({ session, computers }, signal) => {
    const { results } = await showNode(node, computers, session.app.engine, { log: workbench.logs }, signal);
    return formatNode(node.columns, results);
  });
}

/** Checks computers and shows how far each technology came. */
export async function showCheck(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const wanted = new Set(workbench.computers.flatMap(({ accesses }) => accesses.map(({ technology }) => technology)));
  await read(workbench, { title: t('Check'), chosen, suggested, wanted }, async ({ session, computers }, signal) => {
    const { concurrency } = session.app.fleet.limits;
    const options = { concurrency, timeoutMs: checkTimeoutMs };
    const results = await checkComputers(computers, session.app.sessions, options, signal);
    return results.map(formatCheck).join('\n');
  });
}

interface Reading {
  readonly title: string;
  readonly chosen: readonly Computer[] | undefined;
  readonly suggested: readonly Computer[];
  /** Whose passwords are needed. */
  readonly wanted: ReadonlySet<TechnologyName>;
}

/** Asks for what is not known yet, reads with progress, and shows the text. */
async function read(
  workbench: Workbench,
  { title, chosen, suggested, wanted }: Reading,
  act: (selection: Selection, signal: AbortSignal) => Promise<string>,
): Promise<void> {
  if (!workbench.assertTrusted()) return;
  const { sessions, passwords, documents } = workbench;
  const selections = chosen ? bySession(sessions, chosen) : await pickComputers(sessions, title, suggested);
  if (!selections || selections.length === 0) return;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  try {
    const texts = await vscode.window.withProgress(options, async (_, token) => {
      const signal = toSignal(token);
      await passwords.ensure(
        selections.flatMap(({ computers }) => computers),
        wanted,
        signal,
      );
      return Promise.all(selections.map((selection) => act(selection, signal)));
    });
    await documents.show(title, texts.join('\n'));
  } catch (thrown) {
    void vscode.window.showErrorMessage(`${title}: ${sentence(toSidebandError(thrown))}`);
  }
}

/** One computer's single row stands upright; many rows lie in one table. Who did not answer comes below. */
function formatNode(columns: readonly string[], results: readonly ComputerResult[]): string {
  const rows = results.flatMap(({ computer, value }) =>
    value === undefined ? [] : (value as Table).rows.map((row) => [computer, ...row.map((cell) => String(cell ?? ''))]),
  );
  const failed = results.flatMap(({ computer, error }) =>
    error ? [[computer, withoutName(error.message, computer)]] : [],
  );
  const [only] = rows;
  const head = [t('Computer'), ...columns];
  const upright =
    rows.length === 1 && only ? formatTable(head.map((title, index) => [title, only[index] ?? ''])) : undefined;
  const table = upright ?? (rows.length > 0 ? formatTable(rows, head) : '');
  return [table, failed.length > 0 ? formatTable(failed) : ''].filter(Boolean).join('\n');
}

function formatCheck({ computer, ok, technologies }: CheckResult): string {
  const lines = technologies.flatMap(({ technology, stages, cause }) => [
    ...stages.map((stage) => `  ${stage.ok ? '✓' : '✗'} ${technology}: ${stage.title}: ${stage.detail}`),
    ...(cause ? [`  → ${withoutName(cause.message, computer)} (${cause.code})`, `    ${adviceFor(cause)}`] : []),
  ]);
  const verdict =
    technologies.length === 0 ? t('no technology reaches it') : ok ? t('answers') : t('does not answer as it should');
  return `${computer}: ${verdict}\n${lines.join('\n')}\n`;
}
