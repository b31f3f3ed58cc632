import type { Engine } from '../../jobs/engine';
import type { JobReport, Stops } from '../../jobs/running/jobReport';
import { LeavableLedger } from './leavableLedger';
import type { LiveRuns } from './liveRuns';

/** What a run needs of the window that it goes on in. */
export interface WindowRun {
  readonly engine: Engine;
  readonly stops: Stops;
  /** To be called once the run is recorded. */
  readonly onBegin: (id: string) => void;
}

export interface WindowRunOptions {
  readonly title: string;
  readonly engine: Engine;
  readonly liveRuns: LiveRuns;
  /** Ends with the user’s first cancelling, also before the run is recorded. */
  readonly signal?: AbortSignal;
  readonly onBegin?: (id: string) => void;
}

/** Does or resumes a run so that it can be cancelled by its id, and is left to be resumed when the window closes in the middle. */
export async function runInWindow(
  { title, engine, liveRuns, signal, onBegin }: WindowRunOptions,
  work: (run: WindowRun) => Promise<JobReport>,
): Promise<JobReport> {
  const [windDown, stop] = [new AbortController(), new AbortController()];
  const ledger = new LeavableLedger(engine.ledger);
  const live = {
    title,
    folder: engine.folder,
    windDown: () => {
      windDown.abort();
    },
    stop: () => {
      stop.abort();
    },
    leave: (until: AbortSignal) => ledger.leave(until),
  };
  let id: string | undefined;
  let begun: ReturnType<LiveRuns['begin']> | undefined;
  const cancel = (): void => {
    if (id === undefined) windDown.abort();
    else if (liveRuns.cancelling(id) === undefined) liveRuns.cancel(id);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    return await work({
      engine: { ...engine, ledger },
      stops: { windDown: windDown.signal, stop: stop.signal },
      onBegin: (runId) => {
        id = runId;
        begun = liveRuns.begin(runId, live);
        onBegin?.(runId);
      },
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
    begun?.dispose();
  }
}
