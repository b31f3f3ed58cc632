import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPins } from '../../../src/app/pins';
import { SidebandError } from '../../../src/base/errors';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const one = '11'.repeat(32);
const other = 'ab'.repeat(32);
let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'state', 'pins.json');
});
afterEach(() => {
  folder[Symbol.dispose]();
});

function write(text: string): void {
  mkdirSync(join(folder.path, 'state'), { recursive: true });
  writeFileSync(file, text);
}

test('what is pinned is known, here and to others, and nothing else is', async () => {
  const pins = openPins(file);
  expect(pins.get('10.0.4.11', 16993)).toBeUndefined();
  await pins.pin('10.0.4.11', 16993, one);
  for (const reader of [pins, openPins(file)]) {
    expect(reader.get('10.0.4.11', 16993)).toBe(one);
    expect(reader.get('10.0.4.11', 16995)).toBeUndefined();
    expect(reader.get('10.0.4.12', 16993)).toBeUndefined();
  }
});

test('the file is for people, too, and for nobody else', async () => {
  const pins = openPins(file);
  await Promise.all([pins.pin('lab-02.example', 16993, other), pins.pin('2001:db8::5', 16993, one)]);
  expect(readFileSync(file, 'utf8')).toBe(`{
  "version": 1,
  "pins": {
    "[2001:db8::5]:16993": "${one}",
    "lab-02.example:16993": "${other}"
  }
}
`);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder.path, 'state'))).toEqual(['pins.json']);
});

test('one host has one pin, however it is written', async () => {
  const pins = openPins(file);
  await pins.pin('LAB-01.Example.', 16993, one);
  expect(pins.get('lab-01.example', 16993)).toBe(one);
  await pins.pin('::ffff:10.0.0.1', 16993, other);
  expect(pins.get('10.0.0.1', 16993)).toBe(other);
});

test('a pin is replaced, and others see it without asking again for the file', async () => {
  const [mine, theirs] = [openPins(file), openPins(file)];
  await mine.pin('lab-01', 1, one);
  expect(theirs.get('lab-01', 1)).toBe(one);
  await theirs.pin('lab-01', 1, other);
  expect(mine.get('lab-01', 1)).toBe(other);
});

test('a pin counts as soon as it is made', async () => {
  const pins = openPins(file);
  const made = pins.pin('lab-01', 1, one);
  expect(pins.get('lab-01', 1)).toBe(one);
  await made;
});

test('many writers at once lose nothing', async () => {
  const writers = [openPins(file), openPins(file), openPins(file)];
  await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      if (index % 7 === 0) await new Promise(setImmediate);
      await writers[index % 3]?.pin(`lab-${index}`, 16993, one);
    }),
  );
  const reader = openPins(file);
  for (let index = 0; index < 300; index++) expect(reader.get(`lab-${index}`, 16993)).toBe(one);
  expect(readdirSync(join(folder.path, 'state'))).toEqual(['pins.json']);
});

test('the lock of a process that has died is taken over', async () => {
  write('{ "version": 1, "pins": {} }');
  writeFileSync(`${file}.lock`, '1\n');
  utimesSync(`${file}.lock`, new Date(0), new Date(0));
  await openPins(file).pin('lab-01', 1, one);
  expect(openPins(file).get('lab-01', 1)).toBe(one);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

describe('a file that cannot be understood is an error and stays as it is', () => {
  test.each([
    ['nothing', ''],
    ['half of one', '{ "version": 1, "pins": { "lab-01:1": "11'],
    ['another version', '{ "version": 2, "pins": {} }'],
    ['no pins', '{ "version": 1 }'],
    ['no object', '[]'],
    ['a pin that is none', '{ "version": 1, "pins": { "lab-01:1": "xyz" } }'],
    ['more than it may hold', '{ "version": 1, "pins": {}, "more": 1 }'],
  ])('%s', async (_, text) => {
    write(text);
    const pins = openPins(file);
    const invalid = { code: 'file.invalid', message: expect.stringContaining(file) as string };
    expect(() => pins.get('lab-01', 1)).toThrow(expect.objectContaining(invalid) as Error);
    await expect(pins.pin('lab-01', 1, one)).rejects.toMatchObject(invalid);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(() => pins.get('lab-01', 1)).toThrow(SidebandError);
  });
});

test('what cannot be kept is an error, and does not count', async () => {
  writeFileSync(join(folder.path, 'state'), 'a file in the way');
  const pins = openPins(file);
  await expect(pins.pin('lab-01', 1, one)).rejects.toMatchObject({ code: 'file.invalid' });
  expect(() => pins.get('lab-01', 1)).toThrow(SidebandError);
});
