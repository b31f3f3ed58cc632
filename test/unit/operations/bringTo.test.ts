import { expect, test } from 'vitest';
import { SidebandError } from '../../../src/base/errors';
import { bringTo, type BringOptions } from '../../../src/operations/bringTo';
import type { StepResult } from '../../../src/operations/operation';

const { signal } = new AbortController();
const refused = new SidebandError('device.refused', 'no');
const lost = new SidebandError('connect.lost', 'gone', { effect: 'unknown' });

/** Settings by name; each takes its write, fails with an error, or stays as it is. */
function bring(settings: Record<string, 'takes' | 'stays' | SidebandError>, options: BringOptions = {}) {
  const written: string[] = [];
  const held = new Set<string>();
  const differences = () =>
    Promise.resolve(
      Object.entries(settings)
        .filter(([name]) => !held.has(name))
        .map(([name, what]) => ({
          name,
          write: () => {
            written.push(name);
            if (typeof what !== 'string') return Promise.reject(what);
            if (what === 'takes') held.add(name);
            return Promise.resolve();
          },
        })),
    );
  return { written, held, result: (): Promise<StepResult> => bringTo(differences, signal, options) };
}

test('what differs is written in order and verified; what is so already is not touched', async () => {
  const { result, written } = bring({ a: 'takes', b: 'takes' }, { value: { port: 'wired' } });
  await expect(result()).resolves.toEqual({ outcome: 'done', value: { port: 'wired', changed: ['a', 'b'] } });
  await expect(result()).resolves.toEqual({ outcome: 'already', value: { port: 'wired' } });
  expect(written).toEqual(['a', 'b']);
});

test('what is not held afterwards is named', async () => {
  await expect(bring({ a: 'takes', b: 'stays' }).result()).resolves.toEqual({
    outcome: 'unverified',
    note: 'Accepted, but the controller does not hold: b.',
  });
});

test('a refusal stops; the effect is unknown only after something was changed', async () => {
  const first = bring({ a: refused, b: 'takes' });
  await expect(first.result()).rejects.toMatchObject({ code: 'device.refused', effect: 'none' });
  expect(first.written).toEqual(['a']);
  await expect(bring({ a: 'takes', b: refused }).result()).rejects.toMatchObject({
    message: 'no; changed before: a',
    effect: 'unknown',
  });
});

test('where it may go on, refusals are named beside what was changed; nothing changed is a failure', async () => {
  const { result, written } = bring({ a: refused, b: 'takes' }, { onRefusal: 'go on' });
  await expect(result()).resolves.toEqual({
    outcome: 'unverified',
    value: { changed: ['b'] },
    note: 'Refused: a (no).',
  });
  expect(written).toEqual(['a', 'b']);
  await expect(bring({ a: refused, b: refused }, { onRefusal: 'go on' }).result()).rejects.toBe(refused);
  const unknown = bring({ a: lost, b: 'takes' }, { onRefusal: 'go on' });
  await expect(unknown.result()).rejects.toMatchObject({ effect: 'unknown' });
  expect(unknown.written).toEqual(['a']);
});

test('a lost answer passes, unless reading back may settle it', async () => {
  await expect(bring({ a: lost }).result()).rejects.toBe(lost);
  await expect(bring({ a: lost }, { answers: 'may be lost' }).result()).rejects.toBe(lost);
  const settled = bring({ a: lost }, { answers: 'may be lost' });
  const running = settled.result();
  settled.held.add('a');
  await expect(running).resolves.toMatchObject({ outcome: 'done', value: { changed: ['a'] } });
});
