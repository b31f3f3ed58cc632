import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { Ledger } from '../../jobs/ledger';
import { mistakesText } from './jobItems';

const { t } = vscode.l10n;

const selector: vscode.DocumentSelector = { scheme: 'file', pattern: '**/.sideband/jobs/**/*.yaml' };
const mostCounted = 99;

/** Where the runs of a folder's jobs are recorded. */
export interface JobLedger {
  readonly folder: string;
  readonly ledger: Pick<Ledger, 'runs'>;
}

interface History {
  readonly newest: string | undefined;
  readonly count: number;
}

/** What can be done with a job, over its name. */
export class JobLenses implements vscode.CodeLensProvider, Disposable {
  readonly #ledgerAt: (uri: vscode.Uri) => JobLedger | undefined;
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#didChange.event;
  readonly #histories = new Map<string, History>();
  readonly #registrations: vscode.Disposable;

  constructor(ledgerAt: (uri: vscode.Uri) => JobLedger | undefined) {
    this.#ledgerAt = ledgerAt;
    this.#registrations = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider(selector, this),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(({ path }) => path.includes('/.sideband/jobs/'))) this.#didChange.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { uri } = document;
    const line = lineOfName(document.getText());
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: string, ...args: readonly unknown[]): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command, arguments: [...args] });
    const mistakes = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Sideband').length;
    const runs = await this.#countRuns(uri);
    return [
      lens(t('Plan'), 'sideband.planJob', uri),
      lens(t('Run'), 'sideband.runJob', uri),
      lens(t('Run on one…'), 'sideband.runJobOn', uri),
      lens(
        runs > mostCounted ? t('History ({0}+)', mostCounted) : t('History ({0})', runs),
        'sideband.jobHistory',
        uri,
      ),
      ...(mistakes > 0 ? [lens(mistakesText(mistakes), 'workbench.actions.view.problems')] : []),
    ];
  }

  /** Call it when runs may have begun. */
  async refresh(): Promise<void> {
    let hasChanged = false;
    for (const [key, { newest }] of this.#histories) {
      const [run] = await this.#runs(vscode.Uri.parse(key), 1);
      if (run?.id === newest) continue;
      this.#histories.delete(key);
      hasChanged = true;
    }
    if (hasChanged) this.#didChange.fire();
  }

  /** What stands in the folder’s files may be elsewhere now. */
  forget(): void {
    this.#histories.clear();
    this.#didChange.fire();
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#didChange.dispose();
  }

  async #countRuns(uri: vscode.Uri): Promise<number> {
    const known = this.#histories.get(uri.toString());
    if (known) return known.count;
    const runs = await this.#runs(uri, mostCounted + 1);
    this.#histories.set(uri.toString(), { newest: runs[0]?.id, count: runs.length });
    return runs.length;
  }

  async #runs(uri: vscode.Uri, limit: number): ReturnType<Ledger['runs']> {
    const at = this.#ledgerAt(uri);
    if (!at) return [];
    const subject = relative(at.folder, uri.fsPath).replaceAll(sep, '/');
    return at.ledger.runs({ folder: at.folder, subject, limit }).catch(() => []);
  }
}

/** Where a job says its name; the first line where it says none. */
function lineOfName(text: string): number {
  return Math.max(
    0,
    text.split('\n').findIndex((line) => /^name\s*:/.test(line)),
  );
}
