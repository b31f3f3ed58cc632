import { prepareResume } from '../../app/jobs';
import { unattendedFrontend } from '../../app/unattendedFrontend';
import { toSidebandError } from '../../base/errors';
import type { RecordedJob, RunRecord } from '../../jobs/ledger';
import { countComputers, sayEnd } from './runLines';
import type { ServeContext, Service } from './service';

/** How often it is looked for runs whose process died, in milliseconds. */
const everyMs = 30_000;
/** Older ones are left to a person, in milliseconds. */
const youngerThanMs = 24 * 3_600_000;
const newestRuns = 50;

type ScheduledRun = RunRecord & { readonly job: RecordedJob & { readonly dueAt: string } };

/** Goes on with runs that a schedule began and whose process died, its own of an earlier life or another's: each is tried once. */
export function startResuming(context: ServeContext): Service {
  const { stops, lines } = context;
  const tried = new Set<string>();
  const going = new Map<string, Promise<void>>();

  const look = async (): Promise<void> => {
    for (const record of await interruptedRuns(context, tried)) {
      if (stops.windDown.aborted) return;
      tried.add(record.id);
      const end = goOn(record, context).catch((thrown: unknown) => {
        const { code, message } = toSidebandError(thrown);
        // Another process was faster.
        if (code !== 'run.busy')
          lines.say(`run ${record.id} is not gone on with: ${message}`, {
            event: 'notice',
            kind: 'failed',
            code,
            message,
          });
      });
      going.set(
        record.id,
        end.finally(() => going.delete(record.id)),
      );
    }
  };
  const guarded = (): void => {
    look().catch((thrown: unknown) => {
      context.log.warn(toSidebandError(thrown).message);
    });
  };
  const timer = setInterval(guarded, everyMs);
  guarded();
  return {
    reload: () => Promise.resolve(),
    underWay: () => (going.size === 0 ? undefined : `${going.size} resumed run${going.size === 1 ? '' : 's'}`),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.all(going.values());
    },
  };
}

async function interruptedRuns(
  { host: { app } }: ServeContext,
  tried: ReadonlySet<string>,
): Promise<readonly ScheduledRun[]> {
  const { ledger, folder } = app;
  const found: ScheduledRun[] = [];
  for (const { id, state, kind, startedAt } of await ledger.runs({ folder, limit: newestRuns })) {
    const isYoung = Date.now() - Date.parse(startedAt) < youngerThanMs;
    if (kind !== 'job' || state !== 'interrupted' || tried.has(id) || !isYoung) continue;
    const record = await ledger.run(id);
    if (record && isScheduled(record)) found.push(record);
  }
  return found;
}

function isScheduled(record: RunRecord): record is ScheduledRun {
  return record.job?.dueAt !== undefined;
}

async function goOn(record: ScheduledRun, { host, stops, lines, log, settings }: ServeContext): Promise<void> {
  const { title, job, results } = record;
  const due = { file: job.source.file, title, dueAt: job.dueAt };
  const open = results.filter(({ ok, error }) => !ok && (!error || error.code === 'run.interrupted')).length;
  const options = {
    ...settings,
    onBegin: (run: string) => {
      const text = `${due.file} (${title}): run ${run} was interrupted; it goes on with ${countComputers(open)}`;
      lines.say(text, { event: 'begin', ...due, run, computers: open, resumed: true });
    },
  };
  sayEnd(lines, due, await host.resumeJob(prepareResume(host.app, record), unattendedFrontend(log), options, stops));
}
