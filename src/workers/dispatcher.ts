import { reportError, SidebandError } from '../base/errors';
import type { ComputerResult } from '../jobs/result';
import type { Database } from './database';
import { assignSite, lockRun, readOpen, takeBack, type TakenBack } from './runControl';
import type { PostgresRunWriter } from './runWriter';
import type { Batch, SiteQueues } from './siteQueues';

interface Ending {
  readonly outcome: 'failed' | 'cancelled';
  readonly code: 'run.interrupted' | 'run.cancelled';
  readonly why: string;
}

const hopelessEnding: Ending = {
  outcome: 'failed',
  code: 'run.interrupted',
  why: 'no worker brought it to an end, however often it was given out',
};
const abandonedEnding: Ending = {
  outcome: 'cancelled',
  code: 'run.cancelled',
  why: 'its worker did not answer when the run was stopped',
};

/** Gives the computers of one run to the workers of their sites, and sees to it that none of them gets lost. */
export class Dispatcher {
  readonly #database: Database;
  readonly #queues: SiteQueues;
  readonly #writer: PostgresRunWriter;
  readonly #perSite: number | undefined;
  readonly #isResumed: boolean;
  readonly #sent = new Map<string, Set<string>>();
  #count = 0;

  constructor(options: {
    readonly database: Database;
    readonly queues: SiteQueues;
    readonly writer: PostgresRunWriter;
    readonly perSite: number | undefined;
    /** Whether another process may have given out computers of the run. */
    readonly isResumed: boolean;
  }) {
    this.#database = options.database;
    this.#queues = options.queues;
    this.#writer = options.writer;
    this.#perSite = options.perSite;
    this.#isResumed = options.isResumed;
  }

  /** Throws `ledger.unavailable`; then nothing was sent. */
  async send(site: string, computers: readonly string[]): Promise<void> {
    await this.#queues.queue(site);
    await this.#database.transaction(async (transaction) => {
      await lockRun(transaction, this.#writer);
      await assignSite(transaction, this.#writer.id, { site, computers });
      const { live } = this.#isResumed
        ? await this.#queues.look(transaction, site, this.#writer.id)
        : { live: new Set<string>() };
      const fresh = computers.filter((one) => !live.has(one));
      if (fresh.length > 0) await this.#queues.send(transaction, this.#batch(site, fresh));
    });
    this.#count += computers.length;
    const sent = this.#sent.get(site);
    if (sent) for (const one of computers) sent.add(one);
    else this.#sent.set(site, new Set(computers));
  }

  /** Sends again what is in no queue any more, and closes what has outlived too many workers. */
  async repair(): Promise<void> {
    for (const [site, sent] of this.#sent) {
      await this.#queues.queue(site);
      const hopeless = await this.#database.transaction(async (transaction) => {
        await lockRun(transaction, this.#writer);
        const open = await readOpen(transaction, this.#writer.id, [...sent]);
        const { live, givenUp } = await this.#queues.look(transaction, site, this.#writer.id);
        for (const one of sent) if (!open.has(one)) sent.delete(one);
        const lost = [...open].filter((one) => !live.has(one) && !givenUp.has(one));
        if (lost.length > 0) await this.#queues.send(transaction, this.#batch(site, lost));
        const stuck = [...open].filter((one) => !live.has(one) && givenUp.has(one));
        return stuck.length > 0 ? await takeBack(transaction, this.#writer, stuck) : [];
      });
      await this.#closeAll(hopeless, hopelessEnding);
    }
  }

  /** Closes all that has no outcome, whatever its worker may do; nobody waits for it any more. */
  async abandon(computers: readonly string[]): Promise<void> {
    const taken = await this.#database.patiently((database) =>
      database.transaction((transaction) => takeBack(transaction, this.#writer, computers)),
    );
    await this.#closeAll(taken, abandonedEnding);
  }

  async #closeAll(taken: readonly TakenBack[], ending: Ending): Promise<void> {
    await Promise.all(taken.map((one) => this.#writer.close(endOf(one, ending))));
  }

  #batch(site: string, computers: readonly string[]): Batch {
    return { site, run: this.#writer.id, computers, after: this.#count, perSite: this.#perSite };
  }
}

/** What may have been done to it is unknown; otherwise it ends as given, for what is left of it is not done. */
function endOf({ computer, acting }: TakenBack, { outcome, code, why }: Ending): ComputerResult {
  const error = acting
    ? new SidebandError('run.interrupted', `${why}; what was under way may have happened`)
    : new SidebandError(code, why);
  return { computer, ok: false, outcome: acting ? 'unknown' : outcome, durationMs: 0, error: reportError(error) };
}
