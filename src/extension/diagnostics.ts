import { dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables';
import { filtersFolderName } from '../app/filterSetFiles';
import { fleetFileName, folderName, policyFileName } from '../app/folder';
import { type JobFileWorld, jobsFolderName, readJob } from '../app/jobFiles';
import { distinctProblems, type Problem } from '../base/problem';
import { parseFilterSet } from '../fleet/filters/filterFile';
import { parseFleet } from '../fleet/fleetFile';
import { parsePolicy } from '../jobs/policyFile';
import { type FileKind, technologies } from '../app/technologySchemas';

const settleMs = 200;

/** Underlines the mistakes of open `.sideband` files as they are typed; those of a job also in the files that it calls. */
export class Diagnostics implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('sideband');
  readonly #worldAt: (folder: string) => Omit<JobFileWorld, 'unsaved'>;
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  /** By the path of the open document that was checked. */
  readonly #found = new Map<string, readonly Problem[]>();
  /** The files that the check of an open job has read, by the job’s path. */
  readonly #read = new Map<string, ReadonlySet<string>>();
  readonly #subscriptions: vscode.Disposable;

  /** `worldAt`: what the jobs of a folder are checked against. */
  constructor(worldAt: (folder: string) => Omit<JobFileWorld, 'unsaved'>) {
    this.#worldAt = worldAt;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#schedule(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#schedule(document);
        for (const job of openJobs()) if (this.#read.get(job.uri.fsPath)?.has(document.uri.fsPath)) this.#schedule(job);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#forget(document);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#check(document);
  }

  /** Checks the open jobs again: what they name may be there now, or be gone. */
  checkJobs(): void {
    for (const job of openJobs()) this.#schedule(job);
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
    const kind = document.uri.scheme === 'file' ? fileKind(document) : undefined;
    if (kind === 'jobs') void this.#checkJob(document);
    else if (kind) this.#tell(document, parsers[kind](document.getText(), document.uri.fsPath).problems);
  }

  async #checkJob(document: vscode.TextDocument): Promise<void> {
    const text = document.getText();
    const { fsPath } = document.uri;
    const folder = folderOf(fsPath);
    const unsaved = new Map(openJobs().map((job) => [job.uri.fsPath, job.getText()]));
    const { problems, texts } = await readJob(folder, fsPath, {
      ...this.#worldAt(folder),
      unsaved: unsaved.set(fsPath, text),
    });
    // What was typed or closed meanwhile has a check of its own.
    if (document.isClosed || document.getText() !== text) return;
    this.#read.set(fsPath, new Set(Object.keys(texts).map((file) => resolve(folder, file))));
    this.#tell(document, problems);
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#read.delete(document.uri.fsPath);
    this.#tell(document, []);
  }

  /** Puts what one document’s check has found in place of what it found before. */
  #tell({ uri: { fsPath } }: vscode.TextDocument, problems: readonly Problem[]): void {
    const before = this.#found.get(fsPath) ?? [];
    if (problems.length > 0) this.#found.set(fsPath, problems);
    else this.#found.delete(fsPath);
    const all = [...this.#found.values()].flat();
    for (const file of new Set([...before, ...problems].map((problem) => problem.file))) {
      const own = distinctProblems(all.filter((problem) => problem.file === file));
      const uri = vscode.Uri.file(file);
      if (own.length > 0) this.#collection.set(uri, own.map(toDiagnostic));
      else this.#collection.delete(uri);
    }
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

const parsers: Readonly<
  Record<Exclude<FileKind, 'jobs'>, (text: string, file: string) => { readonly problems: readonly Problem[] }>
> = {
  fleet: (text, file) => parseFleet(text, file, technologies),
  policy: parsePolicy,
  filters: parseFilterSet,
};

function openJobs(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(
    (document) => document.uri.scheme === 'file' && fileKind(document) === 'jobs',
  );
}

/** The folder whose `.sideband` holds a file. */
function folderOf(path: string): string {
  const [, above = dirname(path)] = new RegExp(`^(.*?)[\\\\/]\\${folderName}[\\\\/]`).exec(path) ?? [];
  return above;
}

function toDiagnostic({ line, column, endLine, endColumn, message }: Problem): vscode.Diagnostic {
  const range = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = 'Sideband';
  return diagnostic;
}
