import { join } from 'node:path';
import type { Cache } from '../base/cache';
import { Emitter } from '../base/emitter';
import { SidebandError } from '../base/errors';
import type { Log } from '../base/log';
import type { Problem } from '../base/problem';
import type { SecretSource } from '../base/secret';
import type { Computer } from '../fleet/computer';
import { builtInDefinitions, type Definitions } from '../fleet/definitions';
import { Fleet } from '../fleet/fleet';
import { parseTargets } from '../fleet/targets/parse';
import { type Recalled, recallComputers } from '../fleet/targets/recall';
import { selectTargets } from '../fleet/targets/select';
import type { Engine } from '../jobs/engine';
import type { Ledger } from '../jobs/ledger';
import type { Policy } from '../jobs/policy';
import { openLedger } from '../jobs/sqliteLedger';
import { technologies } from '../technologies';
import { Sessions } from '../technologies/sessions';
import type { Pins } from '../technologies/technology';
import { httpTransport } from '../transport/httpClient';
import { knockTcp } from '../transport/knockTcp';
import { openUdp } from '../transport/udpSocket';
import { openCache } from './cache';
import { type FolderContents, readFolder } from './folder';
import { folderReader } from './folderFiles';
import { openPins } from './pins';

export interface AppOptions {
  /** The folder that holds `.sideband/`. */
  readonly folder: string;
  /** Where the ledger, the cache and the pins lie. */
  readonly stateFolder: string;
  readonly secrets: SecretSource;
  /** Absent: that of the state folder. Who has opened it closes it, after the app. */
  readonly ledger?: Ledger | undefined;
  readonly log: Log;
  /** How long sessions stay open for their next use, in milliseconds. */
  readonly idleMs: number;
}

/** Everything built and wired for one folder. Opens no socket and no database before it is used. */
export class App implements AsyncDisposable {
  readonly folder: string;
  readonly sessions: Sessions;
  /** The certificates that people have vouched for. */
  readonly pins: Pins;
  readonly ledger: Ledger;
  readonly #ownLedger: Ledger | undefined;
  readonly #udp: AsyncDisposable;
  readonly #cache: Cache & Disposable;
  #fleet = Fleet.empty;
  #policy: Policy | undefined;
  #definitions: Definitions = builtInDefinitions;
  #hasFleet = false;
  #problems: readonly Problem[] = [];
  readonly #didReload = new Emitter<undefined>();
  readonly onDidReload = this.#didReload.event;

  constructor({ folder, stateFolder, secrets, ledger, log, idleMs }: AppOptions) {
    const udp = openUdp();
    this.folder = folder;
    this.#udp = udp;
    this.#cache = openCache(join(stateFolder, 'cache.sqlite'));
    this.pins = openPins(join(stateFolder, 'pins.json'));
    const surroundings = {
      udp,
      http: httpTransport,
      knockTcp,
      pins: this.pins,
      readFile: folderReader(folder),
      cache: this.#cache,
      log,
    };
    this.sessions = new Sessions(surroundings, secrets, { idleMs });
    this.ledger = ledger ?? openLedger(join(stateFolder, 'ledger.sqlite'));
    this.#ownLedger = ledger ? undefined : this.ledger;
  }

  get fleet(): Fleet {
    return this.#fleet;
  }

  /** The mistakes in the folder's files. While there are any, the last good ones stay in force. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  get engine(): Engine {
    return {
      sessions: this.sessions,
      ledger: this.ledger,
      fleet: this.#fleet,
      policy: this.#policy,
      definitions: this.#definitions,
      folder: this.folder,
    };
  }

  /** Reads the folder's files again. What is known about computers is kept. */
  async reload(): Promise<void> {
    this.#take(await readFolder(this.folder));
    this.#didReload.fire(undefined);
  }

  /** The computers that targets name, in the fleet's order. Throws `targets.invalid` or `targets.none`. */
  select(targets: string): readonly Computer[] {
    const parsed = parseTargets(targets);
    const computers = selectTargets(parsed, this.#fleet, technologies);
    if (computers.length > 0) return computers;
    const where = this.#hasFleet ? '' : `; ${this.folder} has no .sideband/fleet.yaml`;
    throw new SidebandError('targets.none', `"${targets}" matches no computer${where}`);
  }

  /** The computers of an earlier run, as the fleet has them now. */
  recall(names: readonly string[], targets: string): Recalled {
    return recallComputers({ names, targets }, this.#fleet, technologies);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sessions[Symbol.asyncDispose]();
    await this.#udp[Symbol.asyncDispose]();
    this.#ownLedger?.dispose();
    this.#cache[Symbol.dispose]();
  }

  #take({ fleet, policy, filterSets, hasFleet, problems }: FolderContents): void {
    this.#problems = problems;
    this.#hasFleet = hasFleet;
    if (problems.length > 0) return;
    if (fleet) {
      fleet.inheritSeen(this.#fleet);
      this.#fleet = fleet;
    }
    this.#policy = policy;
    this.#definitions = { filterSets };
  }
}
