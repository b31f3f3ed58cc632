import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { connect, type Remote } from '../../../webviews/shared/rpc';
import type { SensorsExtension, SensorsPage } from '../../../webviews/sensors/contract';
import { toSidebandError } from '../../base/errors';
import type { Log } from '../../base/log';
import { showNode } from '../../jobs/show';
import type { Node } from '../../nodes/node';
import type { Selection } from '../pickComputers';
import { SensorHistory } from './sensorHistory';

const { t } = vscode.l10n;
const everyMs = 5000;
const timeoutMs = 15_000;

export interface SensorsPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly node: Node;
  readonly selections: readonly Selection[];
  readonly log: Log;
  /** The tab was closed. */
  readonly onEnd: () => void;
}

/** A tab with the sensors of a few computers over time. It goes on reading while it is hidden, and ends when it is closed. */
export class SensorsPanel implements vscode.Disposable {
  readonly #options: SensorsPanelOptions;
  readonly #panel: vscode.WebviewPanel;
  readonly #page: Remote<SensorsPage>;
  readonly #history = new SensorHistory();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SensorsPanelOptions) {
    const { extensionUri, selections } = options;
    const [first, ...others] = selections.flatMap(({ computers }) => computers);
    const more = others.length > 0 ? ` +${others.length}` : '';
    const pages = vscode.Uri.joinPath(extensionUri, 'dist', 'webviews', 'sensors');
    this.#options = options;
    this.#panel = vscode.window.createWebviewPanel(
      'sideband.sensors',
      t('Sensors of {0}', `${first?.name ?? ''}${more}`),
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [pages] },
    );
    const { webview } = this.#panel;
    const ours: SensorsExtension = { ready: () => this.#history.snapshot };
    this.#page = connect<SensorsPage>(
      {
        post: (message) => void webview.postMessage(message),
        listen: (listener) => void webview.onDidReceiveMessage(listener),
      },
      ours,
    );
    webview.html = html(webview, pages);
    this.#panel.onDidDispose(() => {
      this.#end();
    });
    void this.#read();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #read(): Promise<void> {
    const { node, selections, log } = this.#options;
    try {
      const reports = await Promise.all(
        selections.map(({ session, computers }) =>
          showNode(node, computers, session.app.engine, { log, timeoutMs }, this.#stop.signal),
        ),
      );
      this.#history.add(
        Math.round(Date.now() / 1000),
        reports.flatMap(({ results }) => results),
      );
    } catch (thrown) {
      log.warn(`sensors: ${toSidebandError(thrown).message}`);
    }
    if (this.#stop.signal.aborted) return;
    if (this.#panel.visible) void this.#page.show(this.#history.snapshot);
    this.#timer = setTimeout(() => void this.#read(), everyMs);
  }

  #end(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#options.onEnd();
  }
}

function html(webview: vscode.Webview, pages: vscode.Uri): string {
  const nonce = randomBytes(16).toString('hex');
  const [script, style] = ['main.js', 'main.css'].map((file) =>
    webview.asWebviewUri(vscode.Uri.joinPath(pages, file)).toString(),
  );
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'unsafe-inline'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="${style}">
    <title>Sensors</title>
  </head>
  <body>
    <p id="status"></p>
    <p id="problems" role="status"></p>
    <ul id="sensors"></ul>
    <div id="chart"></div>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
