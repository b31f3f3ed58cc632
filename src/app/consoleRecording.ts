import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { SidebandError } from '../base/errors';

const size = { width: 80, height: 25 };
const newLine = 0x0a;

/** What a console says, on its way into a file. */
export interface ConsoleRecording extends AsyncDisposable {
  write(characters: Uint8Array): Promise<void>;
}

export interface RecordingOptions {
  /** Whether each line begins with the time at which it began. Recordings have times anyway. */
  readonly timestamps: boolean;
}

/**
 * Appends what the computer says to a log, or makes a recording (asciicast v2) of it when the file ends in `.cast`. Rejects with
 * `file.invalid` when the file cannot be written.
 */
export async function recordConsole(file: string, { timestamps }: RecordingOptions): Promise<ConsoleRecording> {
  const isCast = extname(file) === '.cast';
  const handle = await openFile(file, isCast ? 'w' : 'a');
  const encode = isCast
    ? await castEncoder(handle)
    : timestamps
      ? stampLines()
      : (characters: Uint8Array) => characters;
  return {
    async write(characters) {
      await handle.write(encode(characters));
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** One event a piece, with the seconds since the beginning. */
async function castEncoder(handle: FileHandle): Promise<(characters: Uint8Array) => Uint8Array> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const begun = Date.now();
  await handle.write(`${JSON.stringify({ version: 2, ...size, timestamp: Math.floor(begun / 1000) })}\n`);
  return (characters) => {
    const event = [(Date.now() - begun) / 1000, 'o', decoder.decode(characters, { stream: true })];
    return encoder.encode(`${JSON.stringify(event)}\n`);
  };
}

/** The time before the first character of each line, `2026-11-23T12:00:00.000Z `. */
function stampLines(): (characters: Uint8Array) => Uint8Array {
  let isLineStart = true;
  return (characters) => {
    const stamp = Buffer.from(`${new Date().toISOString()} `);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < characters.length;) {
      const end = characters.indexOf(newLine, at) + 1 || characters.length;
      if (isLineStart) parts.push(stamp);
      parts.push(characters.subarray(at, end));
      isLineStart = characters[end - 1] === newLine;
      at = end;
    }
    return Buffer.concat(parts);
  };
}

async function openFile(file: string, flags: 'a' | 'w'): Promise<FileHandle> {
  try {
    return await open(file, flags);
  } catch (thrown) {
    throw new SidebandError('file.invalid', `${file} cannot be written: ${(thrown as Error).message}`, {}, thrown);
  }
}
