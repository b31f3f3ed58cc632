import { resolve } from 'node:path';
import { type ConsoleEnd, openConsole, type SerialConsole } from '../../app/console';
import { type ConsoleRecording, recordConsole } from '../../app/consoleRecording';
import { startDeadline } from '../../base/deadline';
import { SidebandError, toSidebandError } from '../../base/errors';
import { sleep } from '../../base/sleep';
import type { Computer } from '../../fleet/computer';
import { isOn, text } from '../arguments';
import type { Command, Invocation } from '../command';
import { ConsoleEscapes } from '../consoleEscapes';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { openApp } from '../openApp';
import { printable } from '../../base/printable';
import type { RawTerminal } from '../rawTerminal';

const defaultTimeoutMs = 30_000;
/** After the end of piped input the computer has so long for an answer, each time it says something. */
const quietMs = 1_000;

const help = `  ~.  leave
  ~B  send a break
  ~~  type ~
  ~?  this help
`;

export const consoleCommand: Command = {
  usage: 'console COMPUTER [--take-over] [--log FILE [--timestamps]]',
  description: `Opens the serial console of a computer in this terminal. At the beginning of a line:
${help}
Piped input is sent as it is; the console is left a second after the computer’s last answer.`,
  examples: [
    'sideband console lab-01',
    'sideband console lab-01 --take-over --log lab-01.log',
    "printf 'uname -a\\r' | sideband console lab-01",
  ],
  options: () => [
    { name: 'take-over', description: 'end the console that somebody else has open' },
    { name: 'log', value: 'FILE', description: 'append what the computer says to this file; FILE.cast is a recording' },
    { name: 'timestamps', description: 'begin each line of the log with the time' },
  ],
  async run(invocation) {
    const { args, settings, io } = invocation;
    const targets = args.positionals.join(' ');
    if (targets === '') throw new SidebandError('usage.invalid', 'a computer is expected');
    if (settings.json) throw new SidebandError('usage.invalid', 'a console has no --json');
    await using app = await openApp(invocation);
    const computer = only(app.select(targets));
    const file = text(args, 'log');
    const recording = { timestamps: isOn(args, 'timestamps') };
    await using log = file === undefined ? undefined : await recordConsole(resolve(io.cwd, file), recording);
    using deadline = startDeadline(io.interrupted, settings.timeoutMs ?? defaultTimeoutMs);
    const options = { takeOver: isOn(args, 'take-over'), technology: settings.technology };
    await using opened = await openConsole(app.sessions, computer, options, deadline.signal);
    deadline[Symbol.dispose]();
    using terminal = io.openTerminal();
    return await talk(opened, { computer, terminal, log, invocation });
  },
};

interface Talk {
  readonly computer: Computer;
  readonly terminal: RawTerminal;
  readonly log: ConsoleRecording | undefined;
  readonly invocation: Invocation;
}

async function talk(opened: SerialConsole, { computer, terminal, log, invocation: { io } }: Talk): Promise<ExitCode> {
  const say = (line: string): void => {
    io.err(`[${printable(line)}]\r\n`);
  };
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, io.unread]);
  const notices = opened.onDidNotice(say);
  let heardAt = performance.now();
  if (terminal.isTerminal) say(`serial console of ${computer.name}; ~? for help`);
  const leave = (): void => {
    left.abort();
  };
  const show = async (): Promise<void> => {
    for (let bytes = await opened.read(signal); bytes; bytes = await opened.read(signal)) {
      heardAt = performance.now();
      await terminal.write(bytes);
      await log?.write(bytes);
    }
  };
  // A person can leave while the computer takes nothing; that the console has ended is told elsewhere.
  const send = async (sent: Promise<void>): Promise<void> => {
    if (terminal.isTerminal) sent.catch(() => undefined);
    else await sent;
  };
  const type = async (): Promise<void> => {
    const escapes = new ConsoleEscapes();
    for await (const bytes of terminal.input) {
      const inputs = terminal.isTerminal ? escapes.read(bytes) : [{ kind: 'send', bytes } as const];
      for (const input of inputs) {
        if (input.kind === 'send') await send(opened.write(input.bytes, signal));
        else if (input.kind === 'break') await send(opened.sendBreak(signal));
        else if (input.kind === 'help') io.err(help.replaceAll('\n', '\r\n'));
        else {
          leave();
          return;
        }
      }
    }
    heardAt = performance.now();
    for (let left = quietMs; left > 0; left = heardAt + quietMs - performance.now()) await sleep(left, signal);
    leave();
  };
  try {
    const shown = show();
    const ended = shown.then(() => opened.ended);
    const typed = type();
    const outcome = await Promise.race([ended, typed, untilAborted(signal)]).catch((thrown: unknown) => {
      const error = toSidebandError(thrown);
      if (signal.aborted) return undefined;
      // Whoever writes to a console that has just ended learns it first here.
      return Promise.race([opened.ended, Promise.reject(error)]);
    });
    leave();
    await Promise.allSettled([shown]);
    if (io.interrupted.aborted) return exitCodes.cancelled;
    return outcome ? report(outcome, say) : exitCodes.done;
  } finally {
    leave();
    notices.dispose();
  }
}

function report({ by, reason, error }: ConsoleEnd, say: (line: string) => void): ExitCode {
  say(`the console has ended: ${reason}`);
  if (by !== 'us') say(error.hint);
  return exitCodes.failed;
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((done) => {
    const stop = (): void => {
      done(undefined);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function only(computers: readonly Computer[]): Computer {
  const [computer, second] = computers;
  if (computer && !second) return computer;
  throw new SidebandError('usage.invalid', `one computer is expected, not ${computers.length}`);
}
