import { toSidebandError } from '../../base/errors';
import { watchFolder } from '../../app/watchFolder';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { cliLog, openApp } from '../openApp';
import { startScheduling } from '../serve/scheduling';
import { ServeLines } from '../serve/serveLines';
import type { ServeContext, Service } from '../serve/service';

/** How long sessions stay open for the next step of a job, in milliseconds. */
const idleMs = 10_000;

export const serve: Command = {
  usage: 'serve',
  description: `Runs the folder’s jobs by their schedules until it is interrupted, and reads them again when they change. Each due time is run once,
however many processes look after the folder. Nobody is asked: the schedule in a job’s file is the agreement, and policy.yaml holds.
The first interrupt begins nothing else and lets each computer finish its step and what its job does in any case; a second one breaks off.
With --json each line is a JSON document with \`at\` and \`event\`: ready, watch, mistake, notice, begin, end or ending.`,
  examples: ['sideband serve', 'sideband serve --folder /srv/fleet --json'],
  async run(invocation) {
    const { settings, io } = invocation;
    // Nobody may be there when a password is missing: a question would hold up every run.
    await using app = await openApp({ ...invocation, io: { ...io, canAsk: false } }, { idleMs });
    const stops = io.stops();
    const lines = new ServeLines(io, settings);
    const log = cliLog(io, settings.verbose);
    const context: ServeContext = { app, ledger: app.ledger, stops, lines, log, settings };
    lines.say(`serving ${app.folder}; Ctrl-C ends it`, { event: 'ready', folder: app.folder });
    const services: Service[] = [];
    try {
      await using _watch = await watchFolder({ folder: app.folder, onChange: () => reload(context, services) });
      services.push(await startScheduling(context));
      await aborted(stops.windDown);
      sayEnding(context, services);
    } finally {
      await Promise.all(services.map((service) => service[Symbol.asyncDispose]()));
    }
    return stops.stop.aborted ? exitCodes.cancelled : exitCodes.done;
  },
};

async function reload({ app, lines }: ServeContext, services: readonly Service[]): Promise<void> {
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
