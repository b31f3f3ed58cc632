import type { Terminal } from '@xterm/headless';
import type { SerialConsole } from '../../technologies/console';

const columns = 80;
const rows = 25;

/** What a terminal on a console shows: feeds itself from the console, and answers what the computer asks of its terminal. */
export class Screen implements Disposable {
  readonly #console: SerialConsole;
  readonly #terminal: Terminal;
  readonly #stopped = new AbortController();
  #changed = Promise.withResolvers<undefined>();
  #hasEnded = false;

  /** Opens no console: begins to read the one that it is given. */
  static async on(console: SerialConsole): Promise<Screen> {
    const { Terminal } = await import('@xterm/headless');
    return new Screen(console, new Terminal({ cols: columns, rows, scrollback: 0, allowProposedApi: true }));
  }

  private constructor(console: SerialConsole, terminal: Terminal) {
    this.#console = console;
    this.#terminal = terminal;
    const { signal } = this.#stopped;
    terminal.onData((answer) => {
      console.write(new TextEncoder().encode(answer), signal).catch(() => undefined);
    });
    void this.#feed(signal);
  }

  /** The lines, without the blanks at their ends and the empty lines below. */
  get text(): string {
    const { active } = this.#terminal.buffer;
    const lines = Array.from({ length: rows }, (_, row) => {
      return active.getLine(active.baseY + row)?.translateToString(true) ?? '';
    });
    return lines.join('\n').trimEnd();
  }

  /** Whether the program on the computer asked for the second form of the cursor keys. */
  get isApplicationMode(): boolean {
    return this.#terminal.modes.applicationCursorKeysMode;
  }

  /** Resolves as soon as the screen is so. Rejects with the signal's reason, or with that of a console that has ended. */
  async until(isSo: (text: string) => boolean, signal: AbortSignal): Promise<void> {
    while (!isSo(this.text)) {
      // What is shown does not change any more.
      if (this.#hasEnded) throw (await this.#console.ended).error;
      await this.#change(signal);
    }
  }

  /** Resolves when something has been shown since the call, or the console has ended. Rejects with the signal's reason. */
  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        onAbort();
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      void this.#changed.promise.then(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
    });
  }

  [Symbol.dispose](): void {
    this.#stopped.abort();
    this.#terminal.dispose();
  }

  async #feed(signal: AbortSignal): Promise<void> {
    try {
      for (let bytes = await this.#console.read(signal); bytes; bytes = await this.#console.read(signal)) {
        const shown = bytes;
        await new Promise<void>((done) => {
          this.#terminal.write(shown, done);
        });
        this.#tell();
      }
    } catch {
      // Only the end of the screen itself ends a read early.
    }
    this.#hasEnded = true;
    this.#tell();
  }

  #tell(): void {
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }
}
