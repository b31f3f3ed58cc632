import { once } from 'node:events';

/** Standard input and output as bytes. Disposing of it restores the terminal. */
export interface RawTerminal extends Disposable {
  /** Whether a person types: each key comes at once, also Ctrl-C. */
  readonly isTerminal: boolean;
  /** Ends with the input. One reader. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Resolves when more can be written. */
  write(bytes: Uint8Array): Promise<void>;
}

export function openRawTerminal(): RawTerminal {
  const { stdin, stdout } = process;
  const restore = (): void => {
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  process.once('exit', restore);
  const closed = new AbortController();
  stdout.once('close', () => {
    closed.abort();
  });
  return {
    isTerminal: stdin.isTTY,
    input: stdin as AsyncIterable<Uint8Array>,
    async write(bytes) {
      if (closed.signal.aborted || stdout.write(bytes)) return;
      await once(stdout, 'drain', { signal: closed.signal }).catch(() => undefined);
    },
    [Symbol.dispose]() {
      process.off('exit', restore);
      restore();
      stdin.destroy(); // else the process waits for the next key
    },
  };
}
