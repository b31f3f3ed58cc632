import type { Log } from '../base/log';
import type { Engine } from '../jobs/engine';
import { attempt } from './attempt';
import { AttemptWriter } from './attemptWriter';
import type { PostgresLedger } from './postgresLedger';
import { readMine, readSteps } from './runControl';
import type { RunsInHand } from './runInHand';
import type { Claimed, SiteQueues } from './siteQueues';

interface Held {
  readonly site: string;
  readonly claimed: Claimed;
  readonly writer: AttemptWriter;
  readonly lost: AbortController;
  readonly ended: Promise<void>;
}

export interface HeldOptions {
  readonly ledger: PostgresLedger;
  readonly queues: SiteQueues;
  readonly runs: RunsInHand;
  readonly engine: () => Engine;
  readonly log: Log;
  /** Called when a computer has come to its end, and another one can be begun. */
  readonly onDone: () => void;
}

/** The computers that a worker has at the moment. */
export class HeldComputers {
  readonly #options: HeldOptions;
  readonly #held = new Set<Held>();
  /** Their work has ended, and their queue does not know yet. */
  readonly #ended = new Set<Held>();

  constructor(options: HeldOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#held.size;
  }

  /** Begins what was claimed, each from where its records end. */
  async begin(site: string, claimed: readonly Claimed[]): Promise<void> {
    const { ledger, runs, engine, log, onDone } = this.#options;
    for (const [id, ofRun] of Map.groupBy(claimed, ({ run }) => run)) {
      const names = ofRun.map(({ computer }) => computer);
      const steps = await ledger.database.patiently((database) => readSteps(database, id, names));
      for (const one of ofRun) {
        const lost = new AbortController();
        const writer = new AttemptWriter(ledger.claimed(id, one.token), lost.signal);
        const records = steps.get(one.computer) ?? [];
        const run = () => runs.get(id);
        const ended = attempt({ name: one.computer, records, writer, run, lost: lost.signal }, engine(), log);
        const held = { site, claimed: one, writer, lost, ended };
        this.#held.add(held);
        void ended.then(() => {
          this.#held.delete(held);
          this.#ended.add(held);
          onDone();
        });
      }
    }
  }

  /** Tells the queues what has ended. */
  async settle(): Promise<void> {
    const { queues } = this.#options;
    for (const [site, ofSite] of Map.groupBy([...this.#ended], (held) => held.site)) {
      const [open = [], closed = []] = [false, true].map((isClosed) =>
        ofSite.filter(({ writer }) => writer.isClosed === isClosed),
      );
      if (closed.length > 0) await queues.complete(site, closed.map(toFetched));
      if (open.length > 0) await queues.giveBack(site, open.map(toFetched));
      for (const held of ofSite) this.#ended.delete(held);
    }
  }

  /** Shows that this worker lives, and drops what another one has got. */
  async touch(): Promise<void> {
    const held = [...this.#held];
    if (held.length === 0) return;
    const { ledger, queues, log } = this.#options;
    for (const [site, ofSite] of Map.groupBy(held, (one) => one.site)) await queues.touch(site, ofSite.map(toFetched));
    const mine = await readMine(
      ledger.database,
      held.map(({ claimed }) => claimed),
    );
    for (const [index, { claimed, writer, lost }] of held.entries()) {
      if (mine.has(index)) continue;
      log.warn(`${claimed.computer}: this worker was silent for too long, and another one goes on with it`);
      writer.letGo();
      lost.abort();
    }
  }

  /** Lets everything go at the end of the step that is in flight, or at once. */
  letGo({ breakOff }: { readonly breakOff: boolean }): void {
    for (const { writer, lost } of this.#held) {
      writer.letGo();
      if (breakOff) lost.abort();
    }
  }
}

function toFetched({ claimed }: Held): Claimed {
  return claimed;
}
