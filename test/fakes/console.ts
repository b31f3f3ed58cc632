import { Emitter } from '../../src/base/emitter';
import { SidebandError } from '../../src/base/errors';
import type { ConsoleEnd, SerialConsole } from '../../src/technologies/console';

/** A computer at the other end: says what `answer` makes of what is typed, and ends on demand. */
export class FakeConsole implements SerialConsole {
  readonly typed: string[] = [];
  readonly onDidNotice = new Emitter<string>().event;
  readonly #end = Promise.withResolvers<ConsoleEnd>();
  readonly ended = this.#end.promise;
  readonly #said: string[] = [];
  readonly #answer: (typed: string) => string;
  #isOver = false;
  #waiting: ((bytes: Uint8Array | undefined) => void) | undefined;

  constructor(answer: (typed: string) => string = () => '') {
    this.#answer = answer;
  }

  say(text: string): void {
    if (text !== '') this.#said.push(text);
    const next = this.#said[0];
    if (next === undefined || !this.#waiting) return;
    this.#said.shift();
    this.#waiting(Buffer.from(next));
    this.#waiting = undefined;
  }

  end(): void {
    const error = new SidebandError('connect.lost', 'lab-01: gone');
    this.#end.resolve({ by: 'network', reason: error.message, error });
    this.#isOver = true;
    this.#waiting?.(undefined);
  }

  read(): Promise<Uint8Array | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.say('');
    });
  }

  write(characters: Uint8Array): Promise<void> {
    const text = Buffer.from(characters).toString();
    this.typed.push(text);
    this.say(this.#answer(text));
    return Promise.resolve();
  }

  sendBreak(): Promise<void> {
    this.typed.push('break');
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
