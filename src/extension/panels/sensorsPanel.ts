import * as vscode from 'vscode';
import type { Remote } from '../../../webviews/shared/rpc';
import type { SensorsExtension, SensorsPage } from '../../../webviews/sensors/contract';
import { toSidebandError } from '../../base/errors';
import type { Log } from '../../base/log';
import { showNode } from '../../jobs/show';
import type { Node } from '../../nodes/node';
import type { Selection } from '../pickComputers';
import { SensorHistory } from './sensorHistory';
import { openWebPage } from './webPage';

const { t } = vscode.l10n;
const everyMs = 5000;
const timeoutMs = 15_000;
const body = `<p id="status"></p>
    <p id="problems" role="status"></p>
    <ul id="sensors"></ul>
    <div id="chart"></div>`;

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
    const title = t('Sensors of {0}', `${first?.name ?? ''}${more}`);
    const ours: SensorsExtension = { ready: () => this.#history.snapshot };
    const { panel, page } = openWebPage<SensorsPage>({ extensionUri, name: 'sensors', title, body }, ours);
    this.#options = options;
    this.#panel = panel;
    this.#page = page;
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
