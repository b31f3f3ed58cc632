import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordConsole } from '../../../src/app/consoleRecording';
import { temporaryFolder } from '../../fakes/temporaryFolder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05.000Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  folder[Symbol.dispose]();
});

async function record(name: string, timestamps: boolean, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const file = join(folder.path, name);
  {
    await using recording = await recordConsole(file, { timestamps });
    for (const piece of pieces) {
      await recording.write(typeof piece === 'string' ? Buffer.from(piece) : piece);
      vi.setSystemTime(Date.now() + 250);
    }
  }
  return readFileSync(file, 'utf8');
}

test('a log holds what was said, and is gone on with', async () => {
  await record('a.log', false, ['one\r\n', 'tw']);
  expect(await record('a.log', false, ['o'])).toBe('one\r\ntwo');
});

test('each line begins with the time at which it began', async () => {
  expect(await record('a.log', true, ['one\r\ntw', 'o\r\n', '\n', 'three'])).toBe(
    '2026-01-02T03:04:05.000Z one\r\n2026-01-02T03:04:05.000Z two\r\n2026-01-02T03:04:05.500Z \n2026-01-02T03:04:05.750Z three',
  );
});

// https://docs.asciinema.org/manual/asciicast/v2/
test('a recording is an asciicast, with characters whole that came in two pieces', async () => {
  const [header, ...events] = (await record('a.cast', false, ['$ ', Uint8Array.of(0xc3), Uint8Array.of(0xa9)]))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(header).toEqual({ version: 2, width: 80, height: 25, timestamp: 1_767_323_045 });
  expect(events).toEqual([
    [0, 'o', '$ '],
    [0.25, 'o', ''],
    [0.5, 'o', 'é'],
  ]);
});

test('a file that cannot be written', async () => {
  await expect(recordConsole(join(folder.path, 'no', 'a.log'), { timestamps: false })).rejects.toMatchObject({
    code: 'file.invalid',
  });
});
