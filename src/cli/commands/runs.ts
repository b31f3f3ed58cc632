import { SidebandError } from '../../base/errors';
import type { App } from '../../app/app';
import type { RunRecord, RunSummary } from '../../jobs/ledger';
import { readRunDocument } from '../../jobs/reports/runDocument';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { databaseOption, openJobHost } from '../jobs/jobHost';
import { readReports, reportOption, writeReports } from '../jobs/jobReports';
import { formatResult } from '../../jobs/resultPrinter';
import { toJson } from '../runReport';
import { printable } from '../../base/printable';
import { formatTable } from '../../base/textTable';

const shownRuns = 50;
const longestTargets = 60;

export const runs: Command = {
  usage: 'runs [RUN]',
  description:
    'Lists the runs of this folder, newest first, or shows what became of each computer of one; `last` is the newest.',
  examples: ['sideband runs', 'sideband runs last', 'sideband runs last --report junit=out/junit.xml'],
  options: () => [reportOption, databaseOption],
  async run(invocation) {
    const { args, settings, io } = invocation;
    await using host = await openJobHost(invocation);
    const { app } = host;
    const [id] = args.positionals;
    if (id !== undefined) {
      const reports = await readReports(args, io.cwd);
      const run = await findRun(app, id);
      io.out(settings.json ? toJson(run) : formatRun(run));
      const document = reports.length > 0 ? await readRunDocument(app.ledger, run.id) : undefined;
      if (document) await writeReports(document, reports, io);
      return exitCodes.done;
    }
    const found = await app.ledger.runs({ folder: app.folder, limit: shownRuns });
    if (settings.json) io.out(toJson({ runs: found }));
    else if (found.length === 0) io.err('no runs of this folder are recorded\n');
    else io.out(formatTable(found.map(toRow), ['RUN', 'WHAT', 'TARGETS', 'STATE', 'OUTCOMES']));
    return exitCodes.done;
  },
};

/** Throws `usage.invalid` when there is no such run. */
export async function findRun(app: App, id: string): Promise<RunRecord> {
  const run = await (id === 'last' ? app.ledger.lastRun(app.folder) : app.ledger.run(id));
  if (run) return run;
  if (id === 'last') throw new SidebandError('usage.invalid', 'no run of this folder is recorded');
  throw new SidebandError('usage.invalid', `no run "${id}" is recorded: \`sideband runs\` lists them`);
}

function toRow(run: RunSummary): readonly string[] {
  return [run.id, run.subject, shorten(run.targets), run.state, describeCounts(run)];
}

/** A rerun names each of its computers. */
function shorten(targets: string): string {
  return targets.length > longestTargets ? `${targets.slice(0, longestTargets - 1)}…` : targets;
}

function describeCounts({ counts }: RunSummary): string {
  return Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
}

function formatRun(run: RunRecord): string {
  const { id, title, targets, startedAt, state, rerunOf, results } = run;
  const width = Math.max(8, ...results.map(({ computer }) => computer.length));
  const head = [`${title} on ${targets}`, `run ${id}, ${startedAt}, ${state}`, describeCounts(run)];
  if (rerunOf !== undefined) head.push(`repeats ${rerunOf} in part`);
  const rows = results.map((result) => formatResult(result, width));
  return `${[...head.map(printable), '', ...rows].join('\n')}\n`;
}
