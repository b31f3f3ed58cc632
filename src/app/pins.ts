import { readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { SidebandError } from '../base/errors';
import { canonicalHost } from '../fleet/canonicalHost';
import type { Pins } from '../technologies/technology';
import { withFileLock } from './fileLock';

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const pinFile = z.strictObject({ version: z.literal(1), pins: z.record(z.string(), fingerprint) });

/** Pins by `host:port`. */
type Kept = ReadonlyMap<string, string>;

/**
 * Pins in one file, shared by all processes of this user. A file that cannot be read is an error `file.invalid`, of asking and of
 * pinning alike: it is never taken for an empty one, nor written over.
 */
export function openPins(file: string): Pins {
  return new PinFile(file);
}

class PinFile implements Pins {
  readonly #file: string;
  #kept: Kept = new Map();
  /** Tells which version of the file was read: each is a new file. */
  #stamp = '';
  /** Those that are on their way to the file. */
  readonly #unwritten = new Map<string, string>();
  #writing: Promise<void> | undefined;
  #writes = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get(host: string, port: number): string | undefined {
    const key = keyOf(host, port);
    return this.#unwritten.get(key) ?? this.#read().get(key);
  }

  /** Pins that are made at the same time are written at once. */
  pin(host: string, port: number, made: string): Promise<void> {
    this.#unwritten.set(keyOf(host, port), made);
    return (this.#writing ??= this.#write());
  }

  async #write(): Promise<void> {
    const file = this.#file;
    let made: Kept = new Map();
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await withFileLock(`${file}.lock`, async () => {
        this.#writing = undefined;
        made = new Map(this.#unwritten);
        await replace(file, { number: this.#writes++, pins: new Map([...this.#read(), ...made]) });
      });
    } catch (thrown) {
      this.#writing = undefined;
      if (made.size === 0) made = new Map(this.#unwritten);
      throw thrown instanceof SidebandError ? thrown : invalid(file, 'cannot be written', thrown);
    } finally {
      for (const [key, value] of made) if (this.#unwritten.get(key) === value) this.#unwritten.delete(key);
    }
  }

  #read(): Kept {
    const stamp = stampOf(this.#file);
    if (stamp !== this.#stamp) {
      this.#kept = stamp === '' ? new Map() : parse(this.#file);
      this.#stamp = stamp;
    }
    return this.#kept;
  }
}

/** A whole new file in the place of the old one, so that nobody ever reads half of it. */
async function replace(
  file: string,
  { number, pins }: { readonly number: number; readonly pins: Kept },
): Promise<void> {
  const draft = `${file}.${process.pid}.${number}`;
  const content = { version: 1, pins: Object.fromEntries([...pins].sort()) };
  try {
    await writeFile(draft, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Empty when there is no file. */
function stampOf(file: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw invalid(file, 'cannot be read', thrown);
  }
}

function parse(file: string): Kept {
  try {
    return new Map(Object.entries(pinFile.parse(JSON.parse(readFileSync(file, 'utf8'))).pins));
  } catch (thrown) {
    throw invalid(file, 'is damaged, or of another version', thrown);
  }
}

function invalid(file: string, what: string, cause: unknown): SidebandError {
  const hint = 'Put a copy of the file back, or remove it: then every certificate is asked about again.';
  return new SidebandError('file.invalid', `the pinned certificates in ${file}: it ${what}`, { hint }, cause);
}

function keyOf(host: string, port: number): string {
  return `${canonicalHost(host)}:${port}`;
}
