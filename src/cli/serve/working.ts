import { compileSource, jobWorldOf } from '../../app/jobFiles';
import { didYouMean } from '../../base/nearest';
import type { PostgresLedger } from '../../workers/postgresLedger';
import type { ServeContext, Service } from './service';

/** Does the computers of some sites for whoever runs a job over the same database. */
export async function startWorking(
  { host: { app }, stops, lines, log, settings }: ServeContext,
  ledger: PostgresLedger,
  sites: readonly string[] | undefined,
): Promise<Service> {
  const { startWorker } = await import('../../workers/worker');
  const { concurrency } = settings;
  const worker = await startWorker({
    ledger,
    engine: () => ({ ...app.engine, ledger }),
    compile: (source) => compileSource(source, jobWorldOf(app.engine)),
    ...(sites && { sites }),
    ...(concurrency !== undefined && { concurrency }),
    stops,
    log,
  });
  const whose = sites ? `of ${sites.map((site) => (site === '' ? 'no site' : site)).join(', ')}` : 'of all sites';
  const known = new Set(app.engine.fleet.computers.map(({ site }) => site));
  for (const site of sites ?? []) {
    if (known.has(site)) continue;
    const message = `no computer of ${app.folder} has the site "${site}".${didYouMean(site, known)}`;
    lines.say(message, { event: 'notice', kind: 'empty', message });
  }
  lines.say(`working on the computers ${whose}, by ${ledger.where}`, { event: 'work', sites: sites ?? null });
  return {
    reload: () => Promise.resolve(),
    underWay: () => (worker.count === 0 ? undefined : `${worker.count} computer${worker.count === 1 ? '' : 's'}`),
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}
