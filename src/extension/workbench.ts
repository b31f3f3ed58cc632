import * as vscode from 'vscode';
import { stateFolder } from '../app/stateFolder';
import { DisposableStore } from '../base/disposables';
import type { SecretKey } from '../base/secret';
import type { Computer } from '../fleet/computer';
import { builtInDefinitions } from '../fleet/definitions';
import { watchTerminals } from './console/activeTerminal';
import { Diagnostics } from './diagnostics';
import { Documents } from './documents';
import { FolderSession } from './folderSession';
import { tellOfCancelling } from './jobs/cancelRun';
import type { JobsTree } from './jobs/jobsTree';
import { JobViews } from './jobs/jobViews';
import { LiveRuns } from './jobs/liveRuns';
import { ResumeOffers } from './jobs/resumeOffers';
import { ScheduledRuns } from './jobs/scheduledRuns';
import { createLogs, type Logs } from './logs';
import type { InventoryPanel } from './panels/inventoryPanel';
import type { RunPanel } from './panels/runPanel';
import { ownerOf, Passwords } from './passwords';
import { LedgerWatch } from './runs/ledgerWatch';
import { RunsTree } from './runs/runsTree';
import { StatusBar } from './statusBar';
import { type FleetItem, FleetTree } from './tree/fleetTree';
import type { Arrangement } from './tree/arrange';
import type { ViewContents, Views } from './views';
import { registerYamlAssist } from './yamlAssist';

const { t } = vscode.l10n;

/** What the jobs of other folders are checked against. */
const withoutFleet = { definitions: builtInDefinitions };

/** The engines of the open folders and everything that shows them. Made when it is first needed. */
export class Workbench implements ViewContents, AsyncDisposable {
  readonly logs: Logs;
  readonly passwords: Passwords;
  readonly documents: Documents;
  readonly fleet: FleetTree;
  readonly runs: RunsTree;
  /** Those that go on in this window. */
  readonly liveRuns = new LiveRuns();
  readonly views: Views;
  readonly extensionUri: vscode.Uri;
  /** The open tabs of ours. */
  readonly panels = new Set<vscode.Disposable>();
  /** Those of them that show inventories, by the computers. */
  readonly inventories = new Map<string, InventoryPanel>();
  /** And those that show runs, by their ids. */
  readonly runPages = new Map<string, RunPanel>();
  readonly #statusBar: StatusBar;
  readonly #diagnostics: Diagnostics;
  readonly #resumeOffers: ResumeOffers;
  readonly #jobViews: JobViews;
  readonly #scheduledRuns: ScheduledRuns;
  readonly #owned = new DisposableStore();
  #sessions: readonly FolderSession[] = [];
  /** Those of folders that have gone. */
  readonly #closing = new Set<Promise<void>>();
  #loading = Promise.resolve();

  constructor({ secrets, extensionUri, workspaceState }: vscode.ExtensionContext, views: Views) {
    this.extensionUri = extensionUri;
    this.views = views;
    this.logs = this.#owned.add(createLogs());
    this.passwords = this.#owned.add(new Passwords(secrets));
    this.documents = this.#owned.add(new Documents());
    this.fleet = this.#owned.add(new FleetTree({ groupBy: configuredGrouping(), filter: '' }, views.fleetChanged));
    this.runs = this.#owned.add(new RunsTree(() => this.#sessions.map(({ app }) => app), views.runsChanged));
    this.#jobViews = this.#owned.add(new JobViews({ views, sessions: () => this.#sessions }));
    this.#statusBar = this.#owned.add(new StatusBar(() => this.computers));
    this.#diagnostics = this.#owned.add(new Diagnostics((folder) => this.#sessionOf(folder)?.jobWorld ?? withoutFleet));
    this.#scheduledRuns = this.#owned.add(new ScheduledRuns(this.logs));
    this.#owned.add(watchTerminals());
    this.#owned.add(tellOfCancelling(this.liveRuns));
    this.#resumeOffers = this.#owned.add(
      new ResumeOffers({
        sources: () => this.#sessions.map(({ app }) => app),
        liveRuns: this.liveRuns,
        memory: workspaceState,
        log: this.logs,
        onFound: () => {
          this.runs.refresh();
        },
      }),
    );
    this.#owned.add(registerYamlAssist((uri) => this.#sessionAt(uri)?.app.engine));
    this.#owned.add(
      new LedgerWatch(stateFolder(), () => {
        if (views.areRunsVisible) this.runs.refresh();
        this.#jobViews.look();
        for (const page of this.runPages.values()) page.look();
      }),
    );
    this.#listen();
  }

  /** One for each folder of the workspace that has a fleet. */
  get sessions(): readonly FolderSession[] {
    return this.#sessions;
  }

  get jobs(): JobsTree {
    return this.#jobViews.tree;
  }

  get computers(): readonly Computer[] {
    return this.#sessions.flatMap(({ app }) => app.fleet.computers);
  }

  /** Reads the folders' files, one reading after the other. */
  load(): Promise<void> {
    this.#loading = this.#loading.then(() => this.#load());
    return this.#loading;
  }

  /** Asks the visible computers now and then, for as long as somebody can see them. */
  watchVisible(): void {
    const isWatched = this.views.isFleetVisible && vscode.window.state.focused && vscode.workspace.isTrusted;
    for (const { refresher } of this.#sessions) {
      if (isWatched) refresher.start();
      else refresher.pause();
    }
  }

  noteExpansion(item: FleetItem, expansion: 'open' | 'closed'): void {
    this.fleet.noteExpansion(item, expansion);
    this.watchVisible();
  }

  /** The list of runs has come into view. */
  runsShown(): void {
    this.runs.refresh();
    this.#resumeOffers.look();
  }

  refreshNow(): void {
    if (!this.assertTrusted()) return;
    for (const { refresher } of this.#sessions) refresher.refreshNow();
  }

  /** Whether computers may be contacted; says so when not. */
  assertTrusted(): boolean {
    if (vscode.workspace.isTrusted) return true;
    const trust = t('Manage Trust');
    const message = t('Sideband contacts no computer before the folder is trusted.');
    void vscode.window.showWarningMessage(message, trust).then((answer) => {
      if (answer === trust) void vscode.commands.executeCommand('workbench.trust.manage');
    });
    return false;
  }

  arrange(change: Partial<Arrangement>): void {
    this.fleet.arrange({ ...this.fleet.arrangement, ...change });
    this.#describe();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.liveRuns[Symbol.asyncDispose]();
    this.#owned.dispose();
    for (const panel of this.panels) panel.dispose();
    await Promise.all([...this.#closing, ...this.#sessions.map((session) => session[Symbol.asyncDispose]())]);
  }

  async #load(): Promise<void> {
    await this.#openSessions();
    await Promise.all(this.#sessions.map((session) => session.reload()));
    this.fleet.setSources(this.#sessions.map(({ source }) => source));
    this.runs.refresh();
    this.#jobViews.reload();
    this.#diagnostics.checkJobs();
    this.#statusBar.update();
    this.#describe();
    this.watchVisible();
    this.#resumeOffers.look();
  }

  async #openSessions(): Promise<void> {
    const folders = await foldersWithFleet();
    const isStill = ({ app }: FolderSession): boolean => folders.some(({ uri }) => uri.fsPath === app.folder);
    const gone = this.#sessions.filter((session) => !isStill(session));
    this.#sessions = folders.map(
      ({ uri, name }) => this.#sessions.find(({ app }) => app.folder === uri.fsPath) ?? this.#open(uri.fsPath, name),
    );
    for (const session of gone) this.#close(session);
  }

  /** Not before its runs have ended, which may take a while. */
  #close(session: FolderSession): void {
    const closing = this.liveRuns
      .endThoseOf(session.app.folder)
      .then(() => session[Symbol.asyncDispose]())
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #open(folder: string, title: string): FolderSession {
    return new FolderSession({
      folder,
      title,
      secrets: this.passwords,
      log: this.logs,
      liveRuns: this.liveRuns,
      audience: this.#scheduledRuns,
      visible: () => this.fleet.shown,
      onSeen: (computers) => {
        this.fleet.see(computers);
        this.#statusBar.update();
      },
    });
  }

  #sessionAt(uri: vscode.Uri): FolderSession | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    return folder === undefined ? undefined : this.#sessionOf(folder);
  }

  #sessionOf(folder: string): FolderSession | undefined {
    return this.#sessions.find(({ app }) => app.folder === folder);
  }

  /** The line above the tree, and what the view says when it is empty. */
  #describe(): void {
    const { filter } = this.fleet.arrangement;
    const complaints = this.#sessions.flatMap(({ complaint }) => complaint ?? []);
    const lines = [...complaints];
    if (lines.length > 0) lines.push(t('Until it is mended, what was read before stays in force.'));
    if (!vscode.workspace.isTrusted && this.#sessions.length > 0) {
      lines.push(t('Restricted Mode: no computer is contacted before you trust this folder.'));
    }
    if (filter !== '') lines.push(t('Filter: {0} ({1} of {2})', filter, this.fleet.count, this.computers.length));
    this.views.showMessage(lines.join('\n'));
    void vscode.commands.executeCommand('setContext', 'sideband:filtered', filter !== '');
    void vscode.commands.executeCommand('setContext', 'sideband:hasFleet', this.#sessions.length > 0);
  }

  #listen(): void {
    const reload = (): void => void this.load();
    const files = this.#owned.add(vscode.workspace.createFileSystemWatcher('**/.sideband/**/*.yaml'));
    this.#owned.add(files.onDidChange(reload));
    this.#owned.add(files.onDidCreate(reload));
    this.#owned.add(files.onDidDelete(reload));
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(reload));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(reload));
    this.#owned.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        this.watchVisible();
        if (focused && this.views.areRunsVisible) this.runs.refresh();
      }),
    );
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('sideband.groupBy')) this.arrange({ groupBy: configuredGrouping() });
      }),
    );
    this.#owned.add(this.passwords.onDidMiss((key) => void this.#offerPassword(key)));
    this.#owned.add(
      this.passwords.onDidChange(() => {
        for (const { refresher } of this.#sessions) refresher.forget();
      }),
    );
  }

  async #offerPassword(key: SecretKey): Promise<void> {
    const enter = t('Enter Password');
    const message = t('The {0} password of {1} is missing.', key.technology.toUpperCase(), ownerOf(key));
    if ((await vscode.window.showWarningMessage(message, enter)) === enter) await this.passwords.ask(key);
  }
}

async function foldersWithFleet(): Promise<readonly vscode.WorkspaceFolder[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(({ uri }) =>
      vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, '.sideband', 'fleet.yaml')).then(
        () => true,
        () => false,
      ),
    ),
  );
  return folders.filter(({ uri }, index) => uri.scheme === 'file' && found[index]);
}

function configuredGrouping(): string {
  const groupBy = vscode.workspace.getConfiguration('sideband').get<string>('groupBy', 'site');
  return groupBy === 'none' ? '' : groupBy;
}
