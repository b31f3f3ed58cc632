import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlainYaml } from '../../../../src/base/yaml/plainYaml';
import { YamlDocument } from '../../../../src/base/yaml/yamlDocument';

test('a fleet file is read', () => {
  const text = `# ours
version: 1
profiles:
  bmc:   { ipmi: { user: admin, cipherSuite: 17, allowInsecure: false } }  # suite 17

computers:
  'lab-[01-02]': { host: 'lab{}.example', mac: 00:11:22:33:44:55, profile: bmc, tags: { site: oslo, rack: "r 7" } }
  node-1:
    host: 10.0.0.1
    tags:
      role: build
  node-2: {}
`;
  expect(readPlainYaml(text)).toEqual({
    version: 1,
    profiles: { bmc: { ipmi: { user: 'admin', cipherSuite: 17, allowInsecure: false } } },
    computers: {
      'lab-[01-02]': {
        host: 'lab{}.example',
        mac: '00:11:22:33:44:55',
        profile: 'bmc',
        tags: { site: 'oslo', rack: 'r 7' },
      },
      'node-1': { host: '10.0.0.1', tags: { role: 'build' } },
      'node-2': {},
    },
  });
  expect(readPlainYaml(text.replaceAll('\n', '\r\n'))).toEqual(readPlainYaml(text));
});

test.each([
  ['nothing', ''],
  ['a list', 'a: [b]\n'],
  ['an anchor', 'a: &x b\n'],
  ['an alias', 'a: *x\n'],
  ['a tag', 'a: !x b\n'],
  ['a block of text', 'a: |\n  b\n'],
  ['text over two lines', 'a: b\n  c\n'],
  ['words', 'a: b c\n'],
  ['an escape', 'a: "b\\n"\n'],
  ['a doubled quote', "a: 'b''c'\n"],
  ['a number with zeros', 'a: 007\n'],
  ['a fraction', 'a: 1.5\n'],
  ['null', 'a: null\n'],
  ['another spelling of true', 'a: True\n'],
  ['a key that is a number', '7: a\n'],
  ['the same key twice', 'a: b\na: c\n'],
  ['a key that every object has', 'constructor: a\n'],
  ['__proto__', '__proto__: { a: b }\n'],
  ['a tab', 'a:\n\tb: c\n'],
  ['an indent between two levels', 'a:\n    b: c\n  d: e\n'],
  ['an entry deeper than its neighbour', 'a: b\n  c: d\n'],
  ['a second document', 'a: b\n---\na: b\n'],
  ['an open brace', 'a: { b: c\n'],
  ['a comma too many', 'a: { b: c, }\n'],
  ['no space after a colon', 'a:b\n'],
])('%s is left to the full reader', (_, text) => {
  expect(readPlainYaml(text)).toBeUndefined();
});

/** Texts that are nearly or wholly plain: pieces that matter, put together at random. */
const pieces = fc.constantFrom(
  ...[
    'a',
    'b',
    'c1',
    'x-y',
    'true',
    'null',
    'on',
    '7',
    '007',
    '1.5',
    '10.0.0.1',
    '1e3',
    '0x1F',
    '.5',
    '-1',
    '~',
    '__proto__',
  ],
  ...[':', ': ', ': ', ':\n', ':\n  ', ':\n    ', ' ', '  ', '\n', '\n', '\n  ', '\n    ', '\r\n', '\t'],
  ...[
    '{',
    '}',
    '{ ',
    ' }',
    ', ',
    ',',
    '{}',
    '[',
    ']',
    '- ',
    '#',
    ' # c',
    '"',
    "'",
    "'q'",
    '"d"',
    "''",
    '\\',
    '00:11:22:33:44:55',
  ],
  ...['&x ', '*x', '!t ', '|', '>', '---', '...', '?', '%', '@', '<<'],
);
const noise = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(''));
const key = fc.constantFrom('a', 'b', 'c1', 'x-y', "'q r'", '"d"', 'on');
const scalar = fc.constantFrom(
  'v',
  'true',
  '7',
  '0',
  "'q: {'",
  '"#d"',
  '10.0.0.1',
  '00:11:22:33:44:55',
  'aa:bb:cc:dd:ee:ff',
  'no',
  'e1',
);
const { flow } = fc.letrec<{ flow: string; value: string }>((tie) => ({
  flow: fc
    .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 3, selector: ([name]) => name })
    .map((entries) => `{ ${entries.map((entry) => entry.join(': ')).join(', ')} }`),
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('flow')),
}));
const line = fc.tuple(
  fc.constantFrom('', '  ', '    '),
  key,
  fc.oneof(scalar, flow, fc.constant('')),
  fc.constantFrom('', ' # c', '  '),
);
const lines = fc
  .array(line, { minLength: 1, maxLength: 8 })
  .map((all) => all.map(([indent, name, value, end]) => `${indent}${name}: ${value}${end}\n`).join(''));

test.each([
  ['near misses', noise, 20_000],
  ['plain files', lines, 5000],
])('what it reads, the full reader reads alike: %s', (_, texts, numRuns) => {
  let read = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const plain = readPlainYaml(text);
      if (plain === undefined) return;
      read++;
      const { problems, value } = new YamlDocument(text, 'f');
      expect(problems).toEqual([]);
      expect(plain).toEqual(value);
      expect(Object.keys(plain)).toEqual(Object.keys(value as object));
    }),
    { numRuns },
  );
  expect(read).toBeGreaterThan(numRuns / 1000);
});
