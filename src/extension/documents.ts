import * as vscode from 'vscode';

const scheme = 'sideband';
/** Older texts are forgotten. A preview is a document that VS Code closes and asks for again, so closing says nothing. */
const keptAtMost = 100;

/** Read-only texts: why computers do not answer, plans, what computers consist of now. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  async show(name: string, text: string): Promise<void> {
    const uri = this.add(name, text, 'txt');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  /** Shows Markdown as it is meant to be read; where that is not possible, its text. */
  async showMarkdown(name: string, text: string): Promise<void> {
    const uri = this.add(name, text, 'md');
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  }

  /** A text that others show. */
  add(name: string, text: string, extension: string): vscode.Uri {
    const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '.');
    const uri = vscode.Uri.from({ scheme, path: `/${name} ${time}.${extension}` });
    this.#texts.set(uri.path, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > keptAtMost && oldest !== undefined) this.#texts.delete(oldest);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
