import type { Io } from '../../src/cli/io';
import { Interrupts } from '../../src/cli/interrupts';
import type { RawTerminal } from '../../src/cli/rawTerminal';

export interface TestIo extends Io {
  readonly stdout: string;
  readonly stderr: string;
  interrupt(): void;
}

export interface TestIoOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly input?: string;
  /** Answers to questions, in order; with any, a person is there. */
  readonly answers?: readonly string[];
  readonly terminal?: RawTerminal;
}

/** A terminal that remembers, and a person who answers what was planned. */
export function testIo({ env = {}, cwd = '/', input = '', answers, terminal }: TestIoOptions = {}): TestIo {
  const interrupts = new Interrupts(() => {
    throw new Error('the process was ended');
  });
  const waiting = [...(answers ?? [])];
  let [stdout, stderr] = ['', ''];
  return {
    env,
    cwd,
    isTerminal: false,
    canAsk: answers !== undefined,
    columns: 100,
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    readInput: () => Promise.resolve(input),
    ask(question) {
      stderr += question;
      const answer = waiting.shift();
      return answer === undefined ? Promise.reject(new Error(`nobody answers "${question}"`)) : Promise.resolve(answer);
    },
    openTerminal: () => {
      if (!terminal) throw new Error('no terminal was planned');
      return terminal;
    },
    interrupted: interrupts.interrupted,
    stops: () => interrupts.stops(),
    unread: interrupts.interrupted,
    interrupt: () => {
      interrupts.interrupt();
    },
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
  };
}
