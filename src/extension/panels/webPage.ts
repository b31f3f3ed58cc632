import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { connect, type Remote } from '../../../webviews/shared/rpc';

export interface WebPageOptions {
  readonly extensionUri: vscode.Uri;
  /** The folder of the page in `webviews/`, and the panel's type after the prefix. */
  readonly name: string;
  readonly title: string;
  /** What the page begins with. */
  readonly body?: string;
  /** Where it opens; absent: where the user is. */
  readonly column?: vscode.ViewColumn | undefined;
}

/** A tab with one of our pages, and the typed channel to it. */
export interface WebPage<Page> {
  readonly panel: vscode.WebviewPanel;
  readonly page: Remote<Page>;
}

/** Opens a tab with a page, which reaches nothing but its own files. `ours` answers its calls. */
export function openWebPage<Page>(
  { extensionUri, name, title, body = '', column = vscode.ViewColumn.Active }: WebPageOptions,
  ours: object,
): WebPage<Page> {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webviews', name);
  const panel = vscode.window.createWebviewPanel(`sideband.${name}`, title, column, {
    enableScripts: true,
    localResourceRoots: [folder],
  });
  const { webview } = panel;
  const page = connect<Page>(
    {
      post: (message) => void webview.postMessage(message),
      listen: (listener) => void webview.onDidReceiveMessage(listener),
    },
    ours,
  );
  webview.html = html(webview, folder, body);
  return { panel, page };
}

function html(webview: vscode.Webview, folder: vscode.Uri, body: string): string {
  const nonce = randomBytes(16).toString('hex');
  const [script, style] = ['main.js', 'main.css'].map((file) =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString(),
  );
  const own = webview.cspSource;
  const policy = `default-src 'none'; style-src ${own}; font-src ${own}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="${style}">
    <title>Sideband</title>
  </head>
  <body>
    ${body}
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
