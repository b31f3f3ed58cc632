import type { App } from '../../app/app';
import { resumeJob } from '../../jobs/running/resumeJob';
import { runJob } from '../../jobs/running/runJob';
import type { PostgresLedger } from '../../workers/postgresLedger';
import { type Option, text } from '../arguments';
import type { Invocation } from '../command';
import { openApp } from '../openApp';

/** How long sessions stay open for the next step of a job, in milliseconds. */
const idleMs = 10_000;

export const databaseOption: Option = {
  name: 'database',
  value: 'URL',
  description: 'a PostgreSQL that many machines share, such as postgres://user@host/name; or SIDEBAND_DATABASE',
};

type Rest<Run extends (subject: never, engine: never, ...rest: never) => unknown> =
  Parameters<Run> extends [infer Subject, unknown, ...infer Others] ? [Subject, ...Others] : never;

/** Who carries out jobs: this process alone, or the workers that share a database. */
export interface JobHost extends AsyncDisposable {
  readonly app: App;
  /** The ledger of the workers; absent: this process does everything itself. */
  readonly shared?: PostgresLedger;
  runJob(...args: Rest<typeof runJob>): ReturnType<typeof runJob>;
  resumeJob(...args: Rest<typeof resumeJob>): ReturnType<typeof resumeJob>;
}

/** The engine for jobs, by `--database` or this user's own ledger. Throws as `openApp` does. */
export async function openJobHost(invocation: Invocation): Promise<JobHost> {
  const url = text(invocation.args, 'database') ?? invocation.io.env.SIDEBAND_DATABASE ?? '';
  return url === '' ? openLocalHost(invocation) : openSharedHost(invocation, url);
}

async function openLocalHost(invocation: Invocation): Promise<JobHost> {
  const app = await openApp(invocation, { idleMs });
  return {
    app,
    runJob: (plan, ...rest) => runJob(plan, app.engine, ...rest),
    resumeJob: (interrupted, ...rest) => resumeJob(interrupted, app.engine, ...rest),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** What speaks to PostgreSQL is loaded only for those who have one. */
async function openSharedHost(invocation: Invocation, url: string): Promise<JobHost> {
  const [{ openPostgresLedger }, { coordinateJob, coordinateResumed }] = await Promise.all([
    import('../../workers/postgresLedger'),
    import('../../workers/coordinate'),
  ]);
  const ledger = openPostgresLedger(url, invocation.io.env);
  const app = await openApp(invocation, { idleMs, ledger }).catch(async (error: unknown) => {
    await ledger[Symbol.asyncDispose]();
    throw error;
  });
  return {
    app,
    shared: ledger,
    runJob: (plan, ...rest) => coordinateJob(plan, { ...app.engine, ledger }, ...rest),
    resumeJob: (interrupted, ...rest) => coordinateResumed(interrupted, { ...app.engine, ledger }, ...rest),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await ledger[Symbol.asyncDispose]();
    },
  };
}
