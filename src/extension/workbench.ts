import * as vscode from 'vscode';
import { App } from '../app/app';
import { stateFolder } from '../app/stateFolder';
import { type Disposable, DisposableStore } from '../base/disposables';
import { toSidebandError } from '../base/errors';
import type { SecretKey } from '../base/secret';
import { selectForRerun } from '../jobs/rerun';
import { operations } from '../operations';
import { Diagnostics } from './diagnostics';
import { Documents } from './documents';
import { createLogs, type Logs } from './logs';
import { runOn } from './operationCommands';
import { Passwords } from './passwords';
import { Refresher } from './refresher';
import { RunsTree } from './runs/runsTree';
import { StatusBar } from './statusBar';
import { FleetTree } from './tree/fleetTree';
import type { Views } from './views';
import { registerYamlAssist } from './yamlAssist';

/** How long a session waits for the next refresh before it is closed; a controller drops it after a minute. */
const idleMs = 45_000;

/** The engine and everything that shows it, for the folder that is open. Made when it is first needed. */
export class Workbench {
  readonly app: App;
  readonly logs: Logs;
  readonly passwords: Passwords;
  readonly documents: Documents;
  readonly fleet: FleetTree;
  readonly runs: RunsTree;
  readonly #views: Views;
  readonly #refresher: Refresher;
  readonly #statusBar: StatusBar;
  readonly #owned = new DisposableStore();
  #fleetEvents: Disposable | undefined;

  constructor(context: vscode.ExtensionContext, views: Views, folder: string) {
    this.#views = views;
    this.logs = this.#owned.add(createLogs());
    this.passwords = new Passwords(context.secrets);
    this.app = new App({ folder, stateFolder: stateFolder(), secrets: this.passwords, log: this.logs, idleMs });
    const arrangement = { groupBy: configuredGrouping(), filter: '' };
    this.fleet = this.#owned.add(new FleetTree(this.#source, arrangement, views.fleetChanged));
    this.runs = this.#owned.add(new RunsTree(this.app.ledger, folder, views.runsChanged));
    this.documents = this.#owned.add(new Documents());
    this.#statusBar = this.#owned.add(new StatusBar());
    this.#refresher = this.#owned.add(
      new Refresher(
        () => this.app.engine,
        () => this.fleet.shown,
        this.logs,
      ),
    );
    this.#owned.add(new Diagnostics());
    this.#owned.add(registerYamlAssist(() => this.app.fleet));
    this.#listen();
  }

  /** Reads the folder's files. */
  async load(): Promise<void> {
    try {
      await this.app.reload();
    } catch (thrown) {
      void vscode.window.showErrorMessage(toSidebandError(thrown).message);
    }
    for (const { file, line, column, message } of this.app.problems) {
      this.logs.warn(`${file}:${line}:${column}: ${message}`);
    }
    this.#fleetEvents?.dispose();
    this.#fleetEvents = this.app.fleet.onDidSee((computers) => {
      this.fleet.see(computers);
      this.#statusBar.update(this.app.fleet);
    });
    this.fleet.setSource(this.#source);
    this.#statusBar.update(this.app.fleet);
    this.#views.showMessage(this.#message());
    this.refreshVisible();
  }

  /** Asks the visible computers, now and then as long as the view is visible. */
  refreshVisible(): void {
    if (this.#views.isFleetVisible && vscode.workspace.isTrusted) this.#refresher.start();
    else this.#refresher.pause();
  }

  refreshNow(): void {
    if (this.assertTrusted()) this.#refresher.refreshNow();
  }

  /** Whether computers may be contacted; says so when not. */
  assertTrusted(): boolean {
    if (vscode.workspace.isTrusted) return true;
    void vscode.window.showWarningMessage('Sideband contacts no computer before the folder is trusted.');
    return false;
  }

  arrange(change: Partial<FleetTree['arrangement']>): void {
    this.fleet.arrange({ ...this.fleet.arrangement, ...change });
    this.#views.showMessage(this.#message());
  }

  /** Does a run again on the computers that did not succeed; what may have happened is left alone where that does harm. */
  async rerunFailed(id: string): Promise<void> {
    if (!this.assertTrusted()) return;
    const run = await this.app.ledger.run(id);
    const operation = operations.find((one) => one.id === run?.subject);
    if (!run || !operation) return;
    const { rerun, left } = selectForRerun(run, operation.repeatable);
    if (left.length > 0) {
      const [first] = left;
      const names = left.map(({ computer }) => computer).join(', ');
      void vscode.window.showWarningMessage(`Left alone: ${names} (${first?.reason ?? ''}).`);
    }
    if (rerun.length === 0) return;
    await runOn(this, operation, this.app.select(rerun.join(' ')), run.parameters, run.id);
  }

  async enterPassword(key: SecretKey): Promise<void> {
    if (await this.passwords.ask(key)) this.refreshNow();
  }

  async close(): Promise<void> {
    this.#fleetEvents?.dispose();
    this.#owned.dispose();
    await this.app[Symbol.asyncDispose]();
  }

  get #source(): { computers: App['fleet']['computers']; select: (targets: string) => App['fleet']['computers'] } {
    return { computers: this.app.fleet.computers, select: (targets) => this.app.select(targets) };
  }

  #message(): string | undefined {
    const [problem] = this.app.problems;
    if (problem) return `fleet files have mistakes (line ${problem.line}: ${problem.message}); the last good ones are in force`;
    const { filter } = this.fleet.arrangement;
    return filter === '' ? undefined : `filter: ${filter}`;
  }

  #listen(): void {
    const files = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(this.app.folder), '.sideband/*.yaml'),
    );
    const reload = (): void => void this.load();
    this.#owned.add(files);
    this.#owned.add(files.onDidChange(reload));
    this.#owned.add(files.onDidCreate(reload));
    this.#owned.add(files.onDidDelete(reload));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(reload));
    this.#owned.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.runs.refresh();
      }),
    );
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('sideband.groupBy')) this.arrange({ groupBy: configuredGrouping() });
      }),
    );
    this.#owned.add(this.passwords.onDidMiss((key) => void this.#offerPassword(key)));
  }

  async #offerPassword(key: SecretKey): Promise<void> {
    const whose = key.profile === undefined ? (key.computer ?? '') : `profile ${key.profile}`;
    const enter = 'Enter Password';
    const message = `The ${key.technology.toUpperCase()} password of ${whose} is not known, so its computers are not asked.`;
    if ((await vscode.window.showWarningMessage(message, enter)) === enter) await this.enterPassword(key);
  }
}

function configuredGrouping(): string {
  const groupBy = vscode.workspace.getConfiguration('sideband').get<string>('groupBy', 'site');
  return groupBy === 'none' ? '' : groupBy;
}
