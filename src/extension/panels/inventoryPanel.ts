import * as vscode from 'vscode';
import type { Remote } from '../../../webviews/shared/rpc';
import type { InventoryExtension, InventoryPage } from '../../../webviews/inventory/contract';
import { SidebandError, toSidebandError } from '../../base/errors';
import type { Log } from '../../base/log';
import type { Computer } from '../../fleet/computer';
import { showNode } from '../../jobs/show';
import type { Node } from '../../nodes/node';
import { exportReport } from '../exportReport';
import type { Passwords } from '../passwords';
import type { Selection } from '../pickComputers';
import { editorAsks } from '../questions';
import { InventoryState } from './inventoryState';
import { PageFeed } from './pageFeed';
import { openWebPage } from './webPage';

const { t } = vscode.l10n;
/** How long after an answer it is asked again, for a few computers and for many. */
const [everyMs, everyMsOfMany, few] = [5000, 30_000, 8];
const longestCopy = 1_000_000;

export interface InventoryPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly selections: readonly Selection[];
  /** The node to begin with; absent: the first one that the computers offer. */
  readonly node?: Node | undefined;
  readonly passwords: Pick<Passwords, 'ensure'>;
  readonly log: Log;
  /** The tab was closed. */
  readonly onEnd: () => void;
}

/** A tab with the nodes of computers: side list, table, export. It reads what is on the screen, and ends when it is closed. */
export class InventoryPanel implements vscode.Disposable {
  readonly #options: InventoryPanelOptions;
  readonly #panel: vscode.WebviewPanel;
  readonly #state: InventoryState;
  readonly #feed: PageFeed;
  #reading = new AbortController();
  #isReading = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: InventoryPanelOptions) {
    const { extensionUri, selections, node } = options;
    this.#options = options;
    this.#state = new InventoryState(
      selections.flatMap(({ computers }) => computers),
      node,
    );
    const title = describe(this.#state.computers);
    const { panel, page } = openWebPage<InventoryPage>({ extensionUri, name: 'inventory', title }, this.#answers());
    this.#panel = panel;
    this.#feed = new PageFeed(() => this.#show(page));
    panel.onDidChangeViewState(() => {
      this.#schedule();
    });
    panel.onDidDispose(() => {
      this.#end();
    });
    void this.#read('asked');
  }

  /** Brings the tab to the front, with a node. */
  async reveal(node: Node | undefined): Promise<void> {
    this.#panel.reveal();
    if (node && node !== this.#state.node) await this.#choose(node.id);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #answers(): InventoryExtension {
    return {
      ready: () => {
        this.#feed.restart();
        return this.#state.snapshot;
      },
      choose: (node) => this.#choose(node),
      refresh: () => this.#read('asked'),
      setLive: (live) => {
        this.#state.setLive(live);
        this.#feed.update();
        this.#schedule();
      },
      exportRows: (view) => exportReport(this.#state.report(view), describe(this.#state.computers)),
      copy: async (text: unknown) => {
        await vscode.env.clipboard.writeText(String(text).slice(0, longestCopy));
      },
    };
  }

  async #choose(node: unknown): Promise<void> {
    this.#state.choose(node);
    await this.#read('asked');
  }

  /** `again`: by itself, so that nobody is asked anything and who refused a login is left alone. */
  async #read(why: 'asked' | 'again'): Promise<void> {
    this.#reading.abort();
    const reading = (this.#reading = new AbortController());
    const { signal } = reading;
    const { log } = this.#options;
    clearTimeout(this.#timer);
    const computers = why === 'asked' ? this.#state.computers : this.#state.askedAgain;
    this.#isReading = true;
    if (why === 'asked') this.#state.begin();
    this.#feed.update();
    try {
      if (why === 'asked') await this.#ensurePasswords(signal);
      await this.#readFrom(computers, why, signal);
    } catch (thrown) {
      log.warn(`inventory: ${toSidebandError(thrown).message}`);
    }
    if (signal.aborted) return;
    this.#isReading = false;
    this.#state.end();
    this.#feed.update();
    this.#schedule();
  }

  #ensurePasswords(signal: AbortSignal): Promise<void> {
    const { computers, node } = this.#state;
    const wanted = new Set(node.sources.map(({ technology }) => technology));
    return this.#options.passwords.ensure(computers, wanted, signal);
  }

  async #readFrom(computers: readonly Computer[], why: 'asked' | 'again', signal: AbortSignal): Promise<void> {
    const { log, selections } = this.#options;
    const asks = why === 'asked' ? editorAsks(computers.length) : undefined;
    await Promise.all(
      selections.map(({ session, computers: own }) => {
        const byName = new Map(own.map((computer) => [computer.name, computer]));
        const asked = own.filter((computer) => computers.includes(computer));
        const onResult = (result: Parameters<InventoryState['add']>[1]): void => {
          const computer = byName.get(result.computer);
          if (!computer || signal.aborted) return;
          this.#state.add(computer, result);
          this.#feed.update();
        };
        return showNode(this.#state.node, asked, session.app.engine, { log, asks, onResult }, signal);
      }),
    );
  }

  /** The next reading, when the node is live and somebody can see it. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.#state.isLive || !this.#panel.visible || this.#isReading) return;
    const delay = this.#state.computers.length > few ? everyMsOfMany : everyMs;
    this.#timer = setTimeout(() => void this.#read('again'), delay);
  }

  async #show(page: Remote<InventoryPage>): Promise<void> {
    if (this.#panel.visible) await page.show(this.#state.snapshot);
  }

  #end(): void {
    this.#reading.abort(new SidebandError('run.cancelled', 'the page was closed'));
    clearTimeout(this.#timer);
    this.#feed.dispose();
    this.#options.onEnd();
  }
}

function describe(computers: readonly Computer[]): string {
  const [only] = computers;
  return computers.length === 1 && only ? only.name : t('{0} computers', computers.length);
}
