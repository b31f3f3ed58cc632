import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { formatProblem } from '../../../../src/base/problem';
import { parseYamlFile } from '../../../../src/base/yaml/yamlFile';

const schema = z.strictObject({
  name: z.string().optional(),
  size: z.int().min(2).max(9).optional(),
  color: z.enum(['red', 'green']).optional(),
  list: z
    .array(z.strictObject({ id: z.string() }))
    .max(2)
    .optional(),
  map: z.record(z.string().regex(/^[a-z]+$/, 'a word is expected'), z.union([z.string(), z.number()])).optional(),
  shape: z
    .union([z.strictObject({ side: z.number() }), z.strictObject({ radius: z.number(), center: z.string() })])
    .optional(),
});
const problemsOf = (text: string): readonly string[] =>
  parseYamlFile(text, 'f.yaml', schema).problems.map(formatProblem);

test.each<[what: string, text: string, problems: readonly string[]]>([
  ['nothing is wrong', 'name: a\nsize: 3\nlist:\n  - id: x\n  - { id: y }\nmap: { k: v, n: 1 }\n', []],
  ['only a comment', '# nothing\n', []],
  ['an unknown key', 'name: a\nsise: 3\n', ['f.yaml:2:1: "sise" is not known here. Did you mean "size"?']],
  [
    'an unknown key in a list',
    'list:\n  - id: a\n    ix: b\n',
    ['f.yaml:3:5: "ix" is not known here. Did you mean "id"?'],
  ],
  ['a missing key in a list', 'list:\n  - id: a\n  - {}\n', ['f.yaml:3:5: "id" is missing: text is expected']],
  ['a list item of the wrong type', 'list: [7]\n', ['f.yaml:1:8: a mapping is expected, not a number']],
  ['too long a list', 'list: [{ id: a }, { id: b }, { id: c }]\n', ['f.yaml:1:7: at most 2 entries are expected']],
  ['text for a number', 'size: big\n', ['f.yaml:1:7: a number is expected, not text']],
  ['a fraction', 'size: 2.5\n', ['f.yaml:1:7: a whole number is expected']],
  ['too small a number', 'size: 1\n', ['f.yaml:1:7: a number of at least 2 is expected']],
  ['too large a number', 'size: 10\n', ['f.yaml:1:7: a number of at most 9 is expected']],
  [
    'a value that is not offered',
    'color: gren\n',
    ['f.yaml:1:8: one of red, green is expected. Did you mean "green"?'],
  ],
  ['a value far from all', 'color: blue\n', ['f.yaml:1:8: one of red, green is expected']],
  ['no value', 'name:\n', ['f.yaml:1:1: text is expected, not nothing']],
  ['a strange key', 'map: { K7: v }\n', ['f.yaml:1:8: a word is expected']],
  ['a value of no offered type', 'map: { k: true }\n', ['f.yaml:1:11: text or a number is expected']],
  [
    'a form that is nearly one of two',
    'shape: { radius: big, center: a }\n',
    ['f.yaml:1:18: a number is expected, not text'],
  ],
  [
    'a password',
    'password: a\n',
    ['f.yaml:1:1: "password": secrets are never in this file; store them with `sideband secret set`'],
  ],
  [
    'several mistakes',
    'size: 1\ncolor: 7\n',
    ['f.yaml:1:7: a number of at least 2 is expected', 'f.yaml:2:8: one of red, green is expected'],
  ],
  ['the same key twice', 'name: a\nname: b\n', ['f.yaml:2:1: the key "name" is there twice']],
  ['the same key twice in braces', 'map: { a: b, a: c }\n', ['f.yaml:1:14: the key "a" is there twice']],
  ['a key that is a list', '? [a]\n: b\n', ['f.yaml:1:3: a key must be text']],
  ['__proto__', 'map: { __proto__: a }\n', ['f.yaml:1:8: "__proto__" cannot be a key']],
  [
    'a merge key',
    '<<: { name: a }\n',
    ['f.yaml:1:1: "<<" is not known here. Expected: name, size, color, list, map, shape.'],
  ],
  ['a tag', 'name: !secret a\n', ['f.yaml:1:7: Unresolved tag: !secret']],
  ['an alias without anchor', 'name: *a\n', ['f.yaml:1:7: no anchor "&a" comes before this']],
  ['a second document', 'name: a\n---\nname: b\n', ['f.yaml:2:1: one document is expected, without a second ---']],
  ['a tab', 'map:\n\ta: b\n', ['f.yaml:2:1: Tabs are not allowed as indentation']],
  ['an open quote', 'name: "a\n', ['f.yaml:2:1: Missing closing "quote']],
  ['after a byte order mark', '\uFEFFsise: 3\n', ['f.yaml:1:1: "sise" is not known here. Did you mean "size"?']],
  [
    'with the line ends of Windows',
    'name: a\r\nsise: 3\r\n',
    ['f.yaml:2:1: "sise" is not known here. Did you mean "size"?'],
  ],
])('%s', (_, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

test.each([`name: ${'['.repeat(20_000)}`, `name: ${'['.repeat(3000)}${']'.repeat(3000)}`, '{a: '.repeat(20_000)])(
  'deep nesting is one problem (%#)',
  (text) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^f\.yaml:1:\d+: this is nested too deeply$/)]);
  },
);

test('an alias stands for its anchor', () => {
  expect(parseYamlFile('name: &a x\nmap: { k: *a }\n', 'f.yaml', schema).value).toEqual({ name: 'x', map: { k: 'x' } });
});

test('a file above the limit is refused unread', () => {
  expect(problemsOf(`# ${'x'.repeat(5 * 1024 * 1024)}`)).toEqual(['f.yaml:1:1: the file is longer than 5 MiB']);
});

test('a caller’s own finding is put at a key, at a value, or at the nearest thing that is there', () => {
  const file = parseYamlFile('list:\n  - id: a\n', 'f.yaml', schema);
  const at = (path: readonly (string | number)[], part?: 'key' | 'value') => {
    const { line, column, endLine, endColumn } = file.problemAt(path, 'x', part);
    return [line, column, endLine, endColumn];
  };
  expect(at(['list', 0, 'id'])).toEqual([2, 9, 2, 10]);
  expect(at(['list', 0, 'id'], 'key')).toEqual([2, 5, 2, 7]);
  expect(at(['list', 0, 'none'])).toEqual(at(['list', 0]));
  expect(at(['none'])).toEqual([1, 1, 3, 1]);
});

test('no text makes it throw, and every problem is inside the text', () => {
  const words = fc.constantFrom(
    'name',
    'size',
    ':',
    ' ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!',
    "'",
    '"',
    '|',
    '>',
    '#',
    '? ',
    '---\n',
    '\t',
    '%',
    '\0',
    '\uD800',
    '<<',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 30 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { value, problems } = parseYamlFile(text, 'f.yaml', schema);
      expect(problems.length === 0).toBe(value !== undefined);
      const lineCount = text.split('\n').length;
      for (const { line, column, endLine, endColumn } of problems) {
        expect(line >= 1 && column >= 1 && endLine <= lineCount && (endLine > line || endColumn >= column)).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});

test.each<[how: string, text: string, problem: string, end: number]>([
  ['plain', 'name: if a then b\n', 'f.yaml:1:12: here', 16],
  ['in single quotes', "name: 'if a then b'\n", 'f.yaml:1:13: here', 17],
  ['after quotes in single quotes', "name: 'i''''  a then b'\n", 'f.yaml:1:15: here', 19],
  ['quotes themselves', "name: 'if a ''x'' b'\n", 'f.yaml:1:13: here', 19],
  ['in double quotes', 'name: "if a then b"\n', 'f.yaml:1:13: here', 17],
  ['hidden by an escape', 'name: "if\\x20a then b"\n', 'f.yaml:1:7: here', 23],
  ['hidden by folding', 'name: if\n  a then b\n', 'f.yaml:1:7: here', 11],
  ['in a block', 'name: |\n  if a then b\n', 'f.yaml:1:7: here', 1],
  ['of what is no text', 'size: 3\n', 'f.yaml:1:7: here', 8],
])('a place inside a text: %s', (_, text, problem, end) => {
  const yaml = parseYamlFile(text, 'f.yaml', schema);
  const path = [text.slice(0, 4)];
  const found = yaml.problemInside(path, { start: 5, length: 4 }, 'here');
  expect([formatProblem(found), found.endColumn]).toEqual([problem, end]);
});

test('an unknown key in what may be text or one of two mappings', () => {
  const union = z.object({ when: z.union([z.string(), z.strictObject({ cron: z.string() })]) });
  expect(parseYamlFile('when: { corn: x, cron: y }\n', 'f.yaml', union).problems.map(formatProblem)).toEqual([
    'f.yaml:1:9: "corn" is not known here. Did you mean "cron"?',
  ]);
});
