import { SidebandError, toSidebandError } from '../../base/errors';
import { watchFolder } from '../../app/watchFolder';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { databaseOption, openJobHost } from '../jobs/jobHost';
import { cliLog } from '../openApp';
import { startResuming } from '../serve/resuming';
import { startScheduling } from '../serve/scheduling';
import { ServeLines } from '../serve/serveLines';
import type { ServeContext, Service } from '../serve/service';
import { startWorking } from '../serve/working';

export const serve: Command = {
  usage: 'serve [--database URL [--site NAME …]]',
  description: `Runs the folder’s jobs by their schedules until it is interrupted, and reads them again when they change. Each due time is run once,
however many processes look after the folder, and a run whose process died is gone on with. Nobody is asked: the schedule in a
job’s file is the agreement, and policy.yaml holds.
With --database it also does the computers of its sites for whoever runs a job over the same database; the passwords are its own.
The first interrupt begins nothing else and lets each computer finish its step and what its job does in any case; a second one breaks off.
With --json each line is a JSON document with \`at\` and \`event\`: ready, work, watch, mistake, notice, begin, end or ending.`,
  examples: [
    'sideband serve',
    'sideband serve --folder /srv/fleet --json',
    'sideband serve --database postgres://sideband@db.example/sideband --site berlin',
  ],
  options: () => [
    databaseOption,
    { name: 'site', value: 'NAME', isList: true, description: 'work only for this site; may be given several times' },
  ],
  async run(invocation) {
    const { settings, io } = invocation;
    // Nobody may be there when a password is missing: a question would hold up every run.
    await using host = await openJobHost({ ...invocation, io: { ...io, canAsk: false } });
    const { app, shared } = host;
    const stops = io.stops();
    const lines = new ServeLines(io, settings);
    const log = cliLog(io, settings.verbose);
    const context: ServeContext = { host, stops, lines, log, settings };
    lines.say(`serving ${app.folder}; Ctrl-C ends it`, { event: 'ready', folder: app.folder });
    const services: Service[] = [];
    try {
      await using _watch = await watchFolder({ folder: app.folder, onChange: () => reload(context, services) });
      const sites = invocation.args.lists.get('site');
      if (shared) services.push(await startWorking(context, shared, sites));
      else if (sites) throw new SidebandError('usage.invalid', '--site goes with --database');
      services.push(startResuming(context), await startScheduling(context));
      await aborted(stops.windDown);
      sayEnding(context, services);
    } finally {
      // The worker last: its runs by schedule may need it for what they do in any case.
      for (const service of services.reverse()) await service[Symbol.asyncDispose]();
    }
    return stops.stop.aborted ? exitCodes.cancelled : exitCodes.done;
  },
};

async function reload({ host: { app }, lines }: ServeContext, services: readonly Service[]): Promise<void> {
  try {
    await app.reload();
    lines.mistakes(app.problems);
  } catch (thrown) {
    const { code, message } = toSidebandError(thrown);
    lines.say(message, { event: 'notice', kind: 'failed', code, message });
  }
  for (const service of services) await service.reload();
}

function sayEnding({ lines }: ServeContext, services: readonly Service[]): void {
  const underWay = services.flatMap((service) => service.underWay() ?? []);
  const waits = underWay.length === 0 ? '' : `; waiting for ${underWay.join(', ')}; Ctrl-C again breaks off`;
  lines.say(`ending${waits}`, { event: 'ending', underWay });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else
      signal.addEventListener(
        'abort',
        () => {
          done();
        },
        { once: true },
      );
  });
}
