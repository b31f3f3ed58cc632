import * as vscode from 'vscode';
import type { Remote } from '../../../webviews/shared/rpc';
import type { RunExtension, RunOffers, RunPage } from '../../../webviews/run/contract';
import { SidebandError, toSidebandError } from '../../base/errors';
import type { Log } from '../../base/log';
import type { Ledger, RunRecord, RunSummary } from '../../jobs/ledger';
import { toDetail } from './cellDetail';
import { PageFeed } from './pageFeed';
import { RunState } from './runState';
import { openWebPage } from './webPage';

/** How often the ledger is looked at while a run goes on and somebody can see it, and the page told. */
const everyMs = 250;
const longestCopy = 1_000_000;

/** What can be done about a run from its page. */
export interface RunActions {
  /** What of it is possible now. */
  offers(run: RunSummary): RunOffers;
  cancel(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  rerunFailed(id: string): Promise<void>;
  exportRun(id: string): Promise<void>;
}

export interface RunPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly ledger: Pick<Ledger, 'run' | 'changes'>;
  readonly run: RunRecord;
  readonly actions: RunActions;
  readonly log: Log;
  /** Where it opens; absent: where the user is. */
  readonly column?: vscode.ViewColumn | undefined;
  /** The tab was closed. */
  readonly onEnd: () => void;
}

/** A tab with the matrix of a run, computers by steps. It shows what the ledger says, so also runs of other processes are live. */
export class RunPanel implements vscode.Disposable {
  readonly #options: RunPanelOptions;
  readonly #panel: vscode.WebviewPanel;
  readonly #state: RunState;
  readonly #feed: PageFeed;
  #isClosed = false;

  constructor(options: RunPanelOptions) {
    const { extensionUri, ledger, run, actions, column } = options;
    this.#options = options;
    this.#state = new RunState({ ledger, run, offers: (now) => actions.offers(now) });
    const title = `${run.title} · ${run.targets}`;
    const { panel, page } = openWebPage<RunPage>({ extensionUri, name: 'run', title, column }, this.#answers());
    this.#panel = panel;
    this.#feed = new PageFeed(() => this.#tell(page), { restMs: everyMs });
    panel.onDidDispose(() => {
      this.#isClosed = true;
      this.#feed.dispose();
      options.onEnd();
    });
  }

  get column(): vscode.ViewColumn | undefined {
    return this.#isClosed ? undefined : this.#panel.viewColumn;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Call it when the ledger may have changed. */
  look(): void {
    if (this.#isVisible) this.#feed.update();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** A tab that was closed must not be asked. */
  get #isVisible(): boolean {
    return !this.#isClosed && this.#panel.visible;
  }

  #answers(): RunExtension {
    const { actions, run } = this.#options;
    /** Does what the page may ask for only as long as it is offered. */
    const act = async (what: keyof RunOffers, work: () => Promise<void>): Promise<void> => {
      if (!actions.offers(this.#state.run)[what])
        throw new SidebandError('usage.invalid', `this run offers no ${what}`);
      await work();
    };
    return {
      ready: async () => {
        this.#feed.restart();
        await this.#read();
        // Not before the answer has gone, for it comes first.
        setImmediate(() => {
          this.look();
        });
        return this.#state.snapshot();
      },
      detail: (computer, column) => {
        const record = this.#state.record(computer, column);
        return record && toDetail(record);
      },
      cancel: () => act('cancel', () => actions.cancel(run.id)),
      resume: () => act('resume', () => actions.resume(run.id)),
      rerunFailed: () => act('rerun', () => actions.rerunFailed(run.id)),
      exportRun: () => act('export', () => actions.exportRun(run.id)),
      copy: async (text: unknown) => {
        await vscode.env.clipboard.writeText(String(text).slice(0, longestCopy));
      },
    };
  }

  /** Reads, tells the page, and goes on for as long as the run does. */
  async #tell(page: Remote<RunPage>): Promise<void> {
    await this.#read();
    if (!this.#isVisible) return;
    if (this.#state.isRunning) this.#feed.update();
    const update = this.#state.takeUpdate();
    if (update) await page.update(update);
  }

  /** A ledger that cannot be read just now is read again later. */
  async #read(): Promise<void> {
    try {
      await this.#state.read();
    } catch (thrown) {
      this.#options.log.warn(`run ${this.#options.run.id}: ${toSidebandError(thrown).message}`);
    }
  }
}
