import { Turns } from '../base/turns';
import type { Stops } from '../jobs/running/jobReport';
import { exitCodes } from '../base/exitCodes';
import { Interrupts } from './interrupts';
import { openRawTerminal, type RawTerminal } from './rawTerminal';

/** The world that a command runs in; tests bring their own. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Whether a person reads standard output, and whether one can be asked. */
  readonly isTerminal: boolean;
  readonly canAsk: boolean;
  readonly columns: number;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Asks a question on the terminal, one at a time; `hidden` shows nothing of the answer. Rejects with the signal's reason. */
  ask(question: string, options: { readonly hidden: boolean; readonly signal: AbortSignal }): Promise<string>;
  /** Standard input and output as bytes, for a console. */
  openTerminal(): RawTerminal;
  /** Ends with the first interrupt; the second ends the process, unless `stops` was called. */
  readonly interrupted: AbortSignal;
  /** For what winds down at the first interrupt: the second one stops it, and from now on only the third ends the process. */
  stops(): Stops;
  /** Ends also when nobody reads standard output any more, as after `| head`: for what only reads. What acts goes on. */
  readonly unread: AbortSignal;
}

/** Terminal, pipes and signals of this process. */
export function processIo(): Io {
  const interrupts = new Interrupts(() => process.exit(exitCodes.cancelled));
  const { interrupted } = interrupts;
  const questions = new Turns();
  process.on('SIGINT', () => {
    interrupts.interrupt();
  });
  process.on('SIGTERM', () => {
    interrupts.terminate();
  });
  const readerGone = new AbortController();
  process.stdout.on('error', () => {
    readerGone.abort();
  });
  // Where standard error leads nowhere there is nobody to tell.
  process.stderr.on('error', () => undefined);
  return {
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY,
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    columns: process.stdout.columns || 100,
    out: (text) => {
      if (!readerGone.signal.aborted) process.stdout.write(text);
    },
    err: (text) => void process.stderr.write(text),
    readInput,
    ask: async (question, options) => {
      await questions.enter(options.signal);
      try {
        return await (await import('./ask')).askOnTerminal(question, options);
      } finally {
        questions.leave();
      }
    },
    openTerminal: openRawTerminal,
    interrupted,
    stops: () => interrupts.stops(),
    unread: AbortSignal.any([interrupted, readerGone.signal]),
  };
}

async function readInput(): Promise<string> {
  const parts: string[] = [];
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) parts.push(part as string);
  return parts.join('');
}
