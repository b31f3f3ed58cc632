import * as vscode from 'vscode';
import { type Compared, compareWithNow } from '../app/compareWithNow';
import { snapshotFile, writeSnapshot } from '../app/snapshotFiles';
import type { Computer } from '../fleet/computer';
import { compareSnapshots as compare } from '../jobs/snapshots/compare';
import { formatSnapshot, type Snapshot } from '../jobs/snapshots/snapshot';
import { nodes } from '../nodes';
import { sentence } from './advice';
import type { Selection } from './pickComputers';
import { editorAsks } from './questions';
import { readFromComputers, type ReadingContext } from './readFromComputers';
import { withoutName } from './tree/computerItem';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;
const toldAtMost = 3;

/** Writes what computers consist of into the folder, a file for each. */
export async function takeSnapshots(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const title = t('Take Inventory Snapshot');
  const files = await readFromComputers(workbench, { title, chosen, suggested }, async (selection, context) => {
    const { folder } = selection.session.app;
    const written: string[] = [];
    let unchanged = 0;
    const compared = await readPairs(workbench, selection, context);
    context.signal.throwIfAborted();
    for (const { now } of compared) {
      if (!now) continue;
      if ((await writeSnapshot(folder, now)) === 'written') written.push(snapshotFile(folder, now.computer));
      else unchanged++;
    }
    tellFailures(workbench, title, compared);
    return { written, unchanged };
  });
  if (!files) return;
  const written = files.flatMap((one) => one.written);
  const unchanged = files.reduce((sum, one) => sum + one.unchanged, 0);
  if (written.length + unchanged === 0) return;
  const open = t('Open');
  const message = t('Inventory snapshots: {0} written, {1} unchanged.', written.length, unchanged);
  const [only] = written;
  const answer = await vscode.window.showInformationMessage(message, ...(written.length === 1 ? [open] : []));
  if (answer === open && only !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(only));
}

/** Shows what is different from the kept snapshots, side by side. */
export async function compareSnapshots(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const title = t('Compare with Snapshot');
  const all = await readFromComputers(workbench, { title, chosen, suggested }, async (selection, context) => {
    const compared = await readPairs(workbench, selection, context);
    tellFailures(workbench, title, compared);
    return { folder: selection.session.app.folder, compared };
  });
  if (!all) return;
  const pairs = all.flatMap(({ folder, compared }) =>
    compared.flatMap(({ before, now }) => (before && now ? [{ folder, before, now }] : [])),
  );
  const missing = all.flatMap(({ compared }) => compared.filter(({ before, now }) => now && !before));
  const different = pairs.filter(({ before, now }) => formatSnapshot(before) !== formatSnapshot(now));
  if (missing.length > 0)
    offerFirst(
      workbench,
      missing.map(({ computer }) => computer),
    );
  if (different.length > 0) await showDifferent(workbench, different);
  else if (pairs.length > 0) void vscode.window.showInformationMessage(sameText(pairs));
}

function readPairs(
  { logs }: Workbench,
  { session, computers }: Selection,
  { signal, say }: ReadingContext,
): Promise<readonly Compared[]> {
  const onNode = (done: number, total: number): void => {
    say(t('{0} of {1} nodes', done, total));
  };
  return compareWithNow(session.app, { computers }, { log: logs, asks: editorAsks(computers.length), onNode }, signal);
}

interface Pair {
  readonly folder: string;
  readonly before: Snapshot;
  readonly now: Snapshot;
}

/** In words in a notification and in the log, and as texts side by side. */
async function showDifferent({ documents, logs }: Workbench, pairs: readonly Pair[]): Promise<void> {
  const words = pairs.flatMap(({ before, now }) =>
    compare(before, now, nodes).map(({ text }) => `${now.computer}: ${text}`),
  );
  for (const line of words) logs.info(line);
  const sides = pairs.map(({ folder, now }) => ({
    name: now.computer,
    kept: vscode.Uri.file(snapshotFile(folder, now.computer)),
    present: documents.add(t('{0} now', now.computer), formatSnapshot(now), 'yaml'),
  }));
  const [only] = sides;
  if (sides.length === 1 && only) {
    const title = t('{0}: snapshot ↔ now', only.name);
    await vscode.commands.executeCommand('vscode.diff', only.kept, only.present, title);
  } else {
    const title = t('{0} computers: snapshot ↔ now', sides.length);
    const resources = sides.map(({ kept, present }) => [kept, kept, present]);
    await vscode.commands.executeCommand('vscode.changes', title, resources);
  }
  const more = words.length > toldAtMost ? [t('and {0} more, in the log', words.length - toldAtMost)] : [];
  void vscode.window.showWarningMessage([...words.slice(0, toldAtMost), ...more].join(' · '));
}

function offerFirst(workbench: Workbench, computers: readonly Computer[]): void {
  const take = t('Take Inventory Snapshot');
  const [only] = computers;
  const message =
    computers.length === 1 && only
      ? t('No snapshot of {0} was taken yet.', only.name)
      : t('No snapshot of {0} computers was taken yet.', computers.length);
  void vscode.window.showWarningMessage(message, take).then((answer) => {
    if (answer === take) void takeSnapshots(workbench, computers, []);
  });
}

function sameText(pairs: readonly Pair[]): string {
  const [only] = pairs;
  return pairs.length === 1 && only
    ? t('{0} is as in its snapshot.', only.now.computer)
    : t('All {0} computers are as in their snapshots.', pairs.length);
}

function tellFailures({ logs }: Workbench, title: string, compared: readonly Compared[]): void {
  const failed = compared.flatMap(({ computer, error }) => (error ? [{ computer: computer.name, error }] : []));
  for (const { computer, error } of failed) logs.warn(`${title}: ${computer}: ${withoutName(error.message, computer)}`);
  const [first] = failed;
  if (!first) return;
  const why = `${first.computer}: ${withoutName(sentence(first.error), first.computer)}`;
  const more = failed.length > 1 ? t(' ({0} more in the log)', failed.length - 1) : '';
  void vscode.window.showWarningMessage(`${title}: ${why}${more}`);
}
