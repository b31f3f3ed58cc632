import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import type { XmlElement } from '../../../../src/base/xml/element';
import { escapeXml } from '../../../../src/base/xml/escapeXml';
import { parseXml } from '../../../../src/base/xml/parseXml';

function throwsOnlyOurs(source: string | Uint8Array): void {
  try {
    parseXml(source);
  } catch (error) {
    expect(error).toBeInstanceOf(SidebandError);
    expect((error as SidebandError).code).toMatch(/^protocol\.(invalid|truncated)$/);
  }
}

test('any bytes give an element or a SidebandError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), throwsOnlyOurs), { numRuns: 500 });
});

test('any pieces of markup give an element or a SidebandError', () => {
  const piece = fc.constantFrom(
    ...[
      '<',
      '>',
      '</',
      '/>',
      '<a',
      '<a>',
      '</a>',
      '<p:a',
      ' xmlns:p="u"',
      ' b="1"',
      "='",
      '"',
      '&',
      '&amp;',
      '&#1;',
      ';',
    ],
    ...[
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<?xml version="1.0"?>',
      '<!DOCTYPE a',
      'x',
      ' ',
      '\r\n',
      '\0',
      'é',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      throwsOnlyOurs(pieces.join(''));
    }),
    { numRuns: 3000 },
  );
});

test('a document with one character changed, taken out or put in gives an element or a SidebandError', () => {
  const document = `<?xml version="1.0"?><p:a xmlns:p="u" b="1"><!--c--><d>&lt;<![CDATA[e]]></d><f x='2'/>g</p:a>`;
  const edit = fc.tuple(fc.nat(document.length), fc.nat(2), fc.string({ maxLength: 2 }));
  fc.assert(
    fc.property(edit, ([at, removed, added]) => {
      throwsOnlyOurs(document.slice(0, at) + added + document.slice(at + removed));
    }),
    { numRuns: 2000 },
  );
});

/** Trees with text in leaves only, for text beside elements is trimmed. */
interface Tree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly Tree[];
}

// What a document may hold, without carriage returns, which are written as references and so kept anyway.
const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((candidate) => !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(candidate));
const name = fc.constantFrom('a', 'b-1', 'Größe', '_c', 'd.e');
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name,
    attributes: fc.dictionary(
      name,
      text.map((value) => value.replace(/[\t\n]/g, ' ')),
      { maxKeys: 3 },
    ),
    content: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    ),
  }),
})).tree;

function write({ name, attributes, content }: Tree): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inside = typeof content === 'string' ? escapeXml(content) : content.map(write).join('');
  return `<${name}${written.join('')}>${inside}</${name}>`;
}

function toTree({ name, attributes, children, text: content }: XmlElement): Tree {
  return {
    name,
    attributes: Object.fromEntries(attributes),
    content: children.length > 0 ? children.map(toTree) : content,
  };
}

test('what is written with escapeXml is read as it was', () => {
  fc.assert(
    fc.property(tree, (written) => {
      expect(toTree(parseXml(write(written)))).toEqual(written);
    }),
    { numRuns: 500 },
  );
});
