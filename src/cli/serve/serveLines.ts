import { printable } from '../../base/printable';
import type { Problem } from '../../base/problem';
import type { Io } from '../io';
import { describeProblems } from '../../app/jobNames';

/** One line of `serve --json`, beside its time. */
export interface ServeEvent {
  readonly event: 'ready' | 'work' | 'watch' | 'mistake' | 'notice' | 'begin' | 'end' | 'ending';
  readonly [field: string]: unknown;
}

/** Prints what happens as it happens: a line of text with its time in UTC, or a JSON document in a line. */
export class ServeLines {
  readonly #io: Pick<Io, 'out' | 'cwd'>;
  readonly #asJson: boolean;

  constructor(io: Pick<Io, 'out' | 'cwd'>, { json }: { readonly json: boolean }) {
    this.#io = io;
    this.#asJson = json;
  }

  say(text: string, event: ServeEvent): void {
    const at = new Date().toISOString();
    this.#io.out(this.#asJson ? `${JSON.stringify({ at, ...event })}\n` : `${at.slice(0, 19)}Z ${printable(text)}\n`);
  }

  mistakes(problems: readonly Problem[]): void {
    const texts = describeProblems(problems, this.#io.cwd);
    for (const [index, { file, line, column, message }] of problems.entries()) {
      this.say(texts[index] ?? message, { event: 'mistake', file, line, column, message });
    }
  }
}
