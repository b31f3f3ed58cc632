import { expect, test } from 'vitest';
import { describeKeyAt, suggest } from '../../../../src/base/yaml/suggest';

const schema = {
  type: 'object',
  properties: {
    version: { const: 1 },
    hours: {
      type: 'object',
      description: 'When it may be done',
      properties: {
        days: { type: 'array', items: { enum: ['mon', 'tue'] } },
        from: { type: 'string', description: 'When the hours begin' },
      },
    },
    protocol: { anyOf: [{ type: 'string', enum: ['tcp', 'udp'] }, { type: 'integer' }] },
    groups: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { targets: { type: 'string' }, secure: { type: 'boolean' } },
      },
    },
  },
};

/** The labels at the `|` of the text. */
function at(marked: string): readonly string[] {
  return found(marked).map(({ label }) => label);
}

function found(marked: string): ReturnType<typeof suggest> {
  const offset = marked.indexOf('|');
  const known = (path: readonly string[]): readonly string[] => (path.at(-1) === 'targets' ? ['@core', '@edge'] : []);
  return suggest(marked.replace('|', ''), offset, schema, known);
}

test.each([
  ['|', ['version', 'hours', 'protocol', 'groups']],
  ['version: 1\n|', ['hours', 'protocol', 'groups']],
  ['protocol: |', ['tcp', 'udp']],
  ['version: |', ['1']],
  ['h|', ['hours']],
  ['hours:\n  |', ['days', 'from']],
  ['hours: { |', ['days', 'from']],
  ['hours: { days: [mon], |', ['from']],
  ['hours: { days: [|', ['mon', 'tue']],
  ['hours: { days: [mon, t|', ['tue']],
  ['hours: { days: [mon, |] }', ['mon', 'tue']],
  ['hours:\n  days:\n    - mon\n    - |', ['mon', 'tue']],
  ['hours:\n  days:\n  - mon\n  - t|', ['tue']],
  ['hours:\n  days:\n    - mon\n  |', ['from']],
  ['groups:\n  a: { secure: |', ['true', 'false']],
  ['groups: { a: { targets: x }, b: { |', ['targets', 'secure']],
])('%j', (marked, labels) => {
  expect(at(marked)).toEqual(labels);
});

test.each([
  ['groups: { a: { targets: |', "'@core'", 0],
  ["groups: { a: { targets: '|", '@core', 0],
  ["groups: { a: { targets: '@c|", '@core', 2],
  ["groups: { a: { targets: '@edge @c|", '@core', 2],
  ["groups:\n  a:\n    targets: '@edge, x @c|", '@core', 2],
])('%j is completed with %s in place of %i characters', (marked, insertText, replaces) => {
  expect(found(marked)[0]).toMatchObject({ insertText, replaces });
});

test('a key is described at any of its letters', () => {
  const text = "hours: { from: '08:00' }";
  expect(describeKeyAt(text, 2, schema)).toBe('When it may be done');
  expect(describeKeyAt(text, text.indexOf('rom'), schema)).toBe('When the hours begin');
});
