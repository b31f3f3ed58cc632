import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks on the terminal, on standard error, so that standard output stays clean. */
export async function askOnTerminal(
  question: string,
  { hidden, signal }: { readonly hidden: boolean; readonly signal: AbortSignal },
): Promise<string> {
  const muted = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  process.stderr.write(question);
  const prompt = createInterface({ input: process.stdin, output: hidden ? muted : process.stderr, terminal: true });
  prompt.on('SIGINT', () => {
    process.kill(process.pid, 'SIGINT');
  });
  try {
    return await prompt.question('', { signal });
  } catch (error) {
    signal.throwIfAborted();
    // The end of the input (Ctrl-D): nobody answers.
    if (error instanceof Error && error.name === 'AbortError') return '';
    throw error;
  } finally {
    prompt.close();
    if (hidden) process.stderr.write('\n');
  }
}
