import { expect, test } from 'vitest';
import { describeKeyAt, suggest } from '../../../../src/base/yaml/suggest';

const color = { enum: ['red', 'green'], enumDescriptions: ['As blood', 'As grass'] };
const schema = {
  properties: {
    items: { type: 'array', items: { $ref: '#/definitions/item' } },
    one: { $ref: '#/definitions/item' },
    tree: { $ref: '#/definitions/tree' },
  },
  definitions: {
    item: {
      type: 'object',
      properties: { uses: { enum: ['paint', 'cut'] }, name: { type: 'string' }, with: { type: 'object' } },
      allOf: [
        {
          if: { properties: { uses: { const: 'paint' } }, required: ['uses'] },
          then: {
            properties: {
              with: {
                properties: { color: { anyOf: [color, { type: 'string' }], description: 'Its color' }, coats: {} },
              },
            },
          },
        },
        {
          if: { properties: { uses: { enum: ['cut', 'saw'] } }, required: ['uses'] },
          then: { properties: { with: { properties: { deep: { type: 'boolean' } } } } },
          else: { properties: { other: {} } },
        },
      ],
    },
    tree: { properties: { leaf: {}, child: { $ref: '#/definitions/tree' }, bad: { $ref: '#/definitions/none' } } },
  },
};

function at(marked: string): readonly string[] {
  const offset = marked.indexOf('|');
  return suggest(marked.replace('|', ''), offset, schema, () => []).map(({ label }) => label);
}

test.each<[marked: string, labels: readonly string[]]>([
  ['items:\n  - |', ['uses', 'name', 'with', 'other']],
  ['items:\n  - us|', ['uses']],
  ['items:\n- |', ['uses', 'name', 'with', 'other']],
  ['items:\n  - uses: |', ['paint', 'cut']],
  ['items:\n  - name: a\n    uses: |', ['paint', 'cut']],
  ['items:\n  - uses: paint\n    |', ['name', 'with', 'other']],
  ['items:\n  - uses: cut\n    |', ['name', 'with']],
  ['items:\n  - uses: paint\n    with:\n      |', ['color', 'coats']],
  ['items:\n  - uses: paint\n    with:\n      c|', ['color', 'coats']],
  ['items:\n  - uses: paint\n    with:\n      coats: 2\n      |', ['color']],
  ['items:\n  - uses: paint\n    with:\n      |\n      coats: 2', ['color']],
  ['items:\n  - uses: paint\n    with:\n      color: |', ['red', 'green']],
  ['items:\n  - uses: paint\n    with: { |', ['color', 'coats']],
  ['items:\n  - uses: paint\n    with: { | }', ['color', 'coats']],
  ['items:\n  - uses: paint\n    with: { coats: 2, | }', ['color']],
  ['items:\n  - uses: paint\n    with: { |, coats: 2 }', ['color']],
  ['items:\n  - uses: paint\n    with: { color: g| }', ['green']],
  ['items:\n  - with:\n      |\n    uses: cut', ['deep']],
  ['items:\n  - with:\n      |', []],
  ['items:\n  - uses: paint\n  - uses: cut\n    with: { |', ['deep']],
  ['items:\n  - uses: paint\n    with: { |\n  - uses: cut', ['color', 'coats']],
  ['items:\n- uses: paint\n- with:\n    |\n  uses: cut\n- uses: paint', ['deep']],
  ["items:\n  - uses: 'cut' # a comment\n    # another\n\n    with: { deep: |", ['true', 'false']],
  ['items: [{ uses: cut, with: { |', ['deep']],
  ['items: [{ with: { | }, uses: cut }]', ['deep']],
  ['items:\n  - { uses: paint, with: { |', ['color', 'coats']],
  ['items:\n  - { with: { | }, uses: paint }\n  - { uses: cut }', ['color', 'coats']],
  ['one:\n  uses: cut\n  with:\n    |', ['deep']],
  ['one:\n  with:\n    |\n  uses: cut\ntwo:\n  uses: paint', ['deep']],
  ['one: { uses: cut, with: { |', ['deep']],
  ['one:\n  uses: saw\n  with:\n    |', ['deep']],
  ['tree:\n  child:\n    child:\n      |', ['leaf', 'child', 'bad']],
  ['tree:\n  bad:\n    |', []],
])('%j', (marked, labels) => {
  expect(at(marked)).toEqual(labels);
});

test('values say what they mean', () => {
  const text = 'items:\n  - uses: paint\n    with: { color: ';
  expect(suggest(text, text.length, schema, () => [])).toEqual([
    { label: 'red', kind: 'value', insertText: 'red', documentation: 'As blood', replaces: 0 },
    { label: 'green', kind: 'value', insertText: 'green', documentation: 'As grass', replaces: 0 },
  ]);
});

test('hovers go by the sibling, too', () => {
  const text = 'items:\n  - uses: paint\n    with: { color: red }\n';
  expect(describeKeyAt(text, text.indexOf('color') + 2, schema)).toBe('Its color');
  expect(describeKeyAt(text.replace('paint', 'cut'), text.indexOf('color'), schema)).toBeUndefined();
});

test('no place in a text throws', () => {
  const text = "items:\n  - { uses: paint, with: { color: [a, 'b'] } }\n  -\n   - x: \"\n one: {}}]],:\n";
  for (let offset = 0; offset <= text.length; offset++) suggest(text, offset, schema, () => []);
});
