import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables';
import { filtersFolderName } from '../app/filterSetFiles';
import { fleetFileName, policyFileName } from '../app/folder';
import { jobsFolderName } from '../app/jobFiles';
import type { Problem } from '../base/problem';
import { parseFilterSet } from '../fleet/filters/filterFile';
import { parseFleet } from '../fleet/fleetFile';
import { parseJob } from '../jobs/file/parseJob';
import { parsePolicy } from '../jobs/policyFile';
import { type FileKind, technologies } from '../app/technologySchemas';

const settleMs = 200;

/** Underlines the mistakes of open `.sideband` files as they are typed. */
export class Diagnostics implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('sideband');
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#schedule(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#schedule(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#collection.delete(document.uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#check(document);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
    this.#collection.dispose();
  }

  #schedule(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => {
        this.#timers.delete(document);
        this.#check(document);
      }, settleMs),
    );
  }

  #check(document: vscode.TextDocument): void {
    const problems = problemsOf(document);
    if (problems) this.#collection.set(document.uri, problems.map(toDiagnostic));
  }
}

/** Which of our files a document is. */
export function fileKind({ uri }: vscode.TextDocument): FileKind | undefined {
  const [, path = ''] = /\/\.sideband\/(.+)$/.exec(uri.path) ?? [];
  if (path === fleetFileName) return 'fleet';
  if (path === policyFileName) return 'policy';
  if (path.startsWith(`${jobsFolderName}/`)) return path.endsWith('.yaml') ? 'jobs' : undefined;
  return new RegExp(`^${filtersFolderName}/[^/]+\\.yaml$`).test(path) ? 'filters' : undefined;
}

const parsers: Readonly<Record<FileKind, (text: string, file: string) => { readonly problems: readonly Problem[] }>> = {
  fleet: (text, file) => parseFleet(text, file, technologies),
  policy: parsePolicy,
  filters: parseFilterSet,
  jobs: parseJob,
};

function problemsOf(document: vscode.TextDocument): readonly Problem[] | undefined {
  const kind = fileKind(document);
  if (!kind) return undefined;
  return parsers[kind](document.getText(), document.uri.fsPath).problems;
}

function toDiagnostic({ line, column, endLine, endColumn, message }: Problem): vscode.Diagnostic {
  const range = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = 'Sideband';
  return diagnostic;
}
