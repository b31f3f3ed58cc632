import { App } from '../app/app';
import type { JobFileWorld } from '../app/jobFiles';
import { stateFolder } from '../app/stateFolder';
import { DisposableStore } from '../base/disposables';
import { toSidebandError } from '../base/errors';
import { formatProblem } from '../base/problem';
import type { SecretSource } from '../base/secret';
import type { Computer } from '../fleet/computer';
import { builtInDefinitions } from '../fleet/definitions';
import { Fleet } from '../fleet/fleet';
import { JobSchedules, type JobSchedulesOptions } from './jobs/jobSchedules';
import { Refresher } from './refresher';
import type { FleetSource } from './tree/arrange';

/** How long a session waits for the next refresh before it is closed; a controller drops it after a minute. */
const idleMs = 45_000;

export interface FolderSessionOptions extends Omit<JobSchedulesOptions, 'app'> {
  readonly folder: string;
  readonly title: string;
  readonly secrets: SecretSource;
  /** The computers that a user can see, of whatever folder. */
  visible(): readonly Computer[];
  /** Something new was seen of computers of this folder. */
  onSeen(computers: readonly Computer[]): void;
}

/** One folder of the workspace that has a fleet: its engine, and what keeps it fresh. */
export class FolderSession implements AsyncDisposable {
  readonly app: App;
  readonly title: string;
  readonly refresher: Refresher;
  readonly schedules: JobSchedules;
  readonly #options: FolderSessionOptions;
  readonly #owned = new DisposableStore();
  #failure: string | undefined;

  constructor(options: FolderSessionOptions) {
    const { folder, title, secrets, log } = options;
    this.#options = options;
    this.title = title;
    this.app = new App({ folder, stateFolder: stateFolder(), secrets, log, idleMs });
    this.schedules = new JobSchedules({ ...options, app: this.app });
    const visible = (): readonly Computer[] => options.visible().filter((computer) => this.has(computer));
    this.refresher = this.#owned.add(new Refresher(() => this.app.engine, visible, log));
  }

  get source(): FleetSource {
    const { app, title } = this;
    return { folder: app.folder, title, computers: app.fleet.computers, select: (targets) => app.select(targets) };
  }

  /** What jobs are checked against; without computers while the fleet could not be read. */
  get jobWorld(): JobFileWorld {
    const { fleet, definitions = builtInDefinitions } = this.app.engine;
    return { definitions, ...(fleet !== Fleet.empty && { fleet }) };
  }

  /** What is wrong with the folder's files, in one line. */
  get complaint(): string | undefined {
    const [problem, ...others] = this.app.problems;
    if (!problem) return this.#failure;
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    return `${problem.file.split(/[\\/]/).at(-1) ?? ''}:${problem.line}: ${problem.message}${more}`;
  }

  has(computer: Computer): boolean {
    return this.app.fleet.byName.get(computer.name) === computer;
  }

  /** Reads the folder's files. Never rejects: see `complaint`. */
  async reload(): Promise<void> {
    const { log } = this.#options;
    const before = this.app.fleet;
    try {
      await this.app.reload();
      this.#failure = undefined;
    } catch (thrown) {
      this.#failure = toSidebandError(thrown).message;
      log.warn(this.#failure);
    }
    for (const problem of this.app.problems) log.warn(formatProblem(problem));
    if (this.app.fleet !== before) {
      const listener = (computers: readonly Computer[]): void => {
        this.#options.onSeen(computers);
      };
      this.#owned.add(this.app.fleet.onDidSee(listener));
    }
    await this.schedules.reload();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#owned.dispose();
    // A run under way may take minutes, and ends without its sessions.
    void this.schedules[Symbol.asyncDispose]();
    await this.app[Symbol.asyncDispose]();
  }
}
