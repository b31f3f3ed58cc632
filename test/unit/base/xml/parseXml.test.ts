import { describe, expect, test } from 'vitest';
import type { XmlElement } from '../../../../src/base/xml/element';
import { parseXml } from '../../../../src/base/xml/parseXml';

const invalid = expect.objectContaining({ name: 'SidebandError', code: 'protocol.invalid' }) as Error;
const truncated = expect.objectContaining({ name: 'SidebandError', code: 'protocol.truncated' }) as Error;

/** An element as nested arrays: name in Clark notation, attributes, text, children. */
type Plain = readonly [string, Record<string, string>, string, ...unknown[]];
function plain({ namespace, name, attributes, text, children }: XmlElement): Plain {
  const clark = namespace === '' ? name : `{${namespace}}${name}`;
  return [clark, Object.fromEntries(attributes), text, ...children.map(plain)];
}

describe('elements and text', () => {
  test.each<[string, string, Plain]>([
    ['one empty element', '<a/>', ['a', {}, '']],
    ['spaces in tags', '<a ></a\n>', ['a', {}, '']],
    ['spaces in an empty-element tag', '<a  />', ['a', {}, '']],
    ['text as it stands', '<a> x </a>', ['a', {}, ' x ']],
    ['children in order', '<a><b>1</b><c/><b>2</b></a>', ['a', {}, '', ['b', {}, '1'], ['c', {}, ''], ['b', {}, '2']]],
    ['white space between elements is no text', '<a>\n  <b> </b>\n</a>', ['a', {}, '', ['b', {}, ' ']]],
    ['mixed text is joined and trimmed', '<a> x <b/> y </a>', ['a', {}, 'x  y', ['b', {}, '']]],
    ['names that begin alike', '<ab><a/></ab>', ['ab', {}, '', ['a', {}, '']]],
    ['text around a comment', '<a> x<!-- <b> & -->y </a>', ['a', {}, ' xy ']],
    ['a section is text as it stands', '<a>1<![CDATA[<b>&amp;]]]]>2</a>', ['a', {}, '1<b>&amp;]]2']],
    ['an empty section', '<a><![CDATA[]]></a>', ['a', {}, '']],
    ['instructions are skipped', '<?p x?><a><?q ?>1</a><?r?>', ['a', {}, '1']],
    ['comments around the root', '<!--a--><a/><!-- b -->\n', ['a', {}, '']],
    ['a right bracket and a greater-than sign', '<a>]] > ]></a>', ['a', {}, ']] > ]>']],
    ['line ends are newlines', '<a>1\r\n2\r3\n</a>', ['a', {}, '1\n2\n3\n']],
    ['letters beyond ASCII', '<größe>Ω😀</größe>', ['größe', {}, 'Ω😀']],
  ])('%s', (_, document, expected) => {
    expect(plain(parseXml(document))).toEqual(expected);
  });

  test('depth costs no stack', () => {
    const depth = 100_000;
    const limits = { maxDepth: depth + 1, maxElements: depth + 1 };
    let element: XmlElement | undefined = parseXml(`${'<a>'.repeat(depth)}x${'</a>'.repeat(depth)}`, limits);
    let count = 0;
    for (; element; element = element.children[0]) count++;
    expect(count).toBe(depth);
  });
});

describe('references', () => {
  test.each([
    ['&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['&amp;lt;', '&lt;'],
    ['&#65;&#x42;&#x1F600;&#10;', 'AB😀\n'],
    ['a&amp;b&amp;c', 'a&b&c'],
    ['&#13;', '\r'],
  ])('%s in text and in an attribute', (written, read) => {
    expect(plain(parseXml(`<a b="${written}">${written}</a>`))).toEqual(['a', { b: read }, read]);
  });

  test.each([
    '&nbsp;',
    '&;',
    '&',
    '& ',
    'a & b',
    '&lt',
    '&#;',
    '&#x;',
    '&#xG;',
    '&#-1;',
    '&#0;',
    '&#11;',
    '&#xD800;',
    '&#xFFFE;',
    '&#x110000;',
    '&#99999999999;',
    '&LT;',
    '&__proto__;',
    '&constructor;',
  ])('%s is refused', (written) => {
    expect(() => parseXml(`<a>${written}</a>`)).toThrow(invalid);
    expect(() => parseXml(`<a b="${written}"/>`)).toThrow(invalid);
  });
});

describe('attributes', () => {
  test.each<[string, string, Record<string, string>]>([
    ['either quote, with the other inside', `<a b='"' c="'"/>`, { b: '"', c: "'" }],
    ['spaces around the equals sign', '<a b = "1"\n c= "2" d ="3"/>', { b: '1', c: '2', d: '3' }],
    ['white space is read as spaces, references as themselves', '<a b="x\ty\nz&#9;"/>', { b: 'x y z\t' }],
    ['signs that end tags elsewhere', '<a b="x>y/>"/>', { b: 'x>y/>' }],
    [
      'names as objects have them',
      '<a __proto__="1" constructor="2"/>',
      JSON.parse('{"__proto__":"1","constructor":"2"}') as never,
    ],
  ])('%s', (_, document, expected) => {
    expect([...parseXml(document).attributes]).toEqual(Object.entries(expected));
  });

  test.each([
    '<a b/>',
    '<a b=1/>',
    '<a b="1"c="2"/>',
    '<a b="1" b="2"/>',
    '<a b="<"/>',
    '<a "1"/>',
    '<a b="1/>',
    '<a 1b="1"/>',
    '<a b c="1"/>',
    '<a / >',
    '<a /b="1">',
  ])('%s is refused', (document) => {
    expect(() => parseXml(document)).toThrow(/XML/);
  });
});

describe('namespaces', () => {
  test.each<[string, string, Plain]>([
    ['a prefix', '<p:a xmlns:p="u"/>', ['{u}a', {}, '']],
    [
      'a default for elements, not for attributes',
      '<a xmlns="u" b="1"><c/></a>',
      ['{u}a', { b: '1' }, '', ['{u}c', {}, '']],
    ],
    ['declared after its use in the tag', '<p:a p:b="1" xmlns:p="u"/>', ['{u}a', { '{u}b': '1' }, '']],
    [
      'covered by another and back again',
      '<p:a xmlns:p="u"><p:b xmlns:p="v"/><p:c/></p:a>',
      ['{u}a', {}, '', ['{v}b', {}, ''], ['{u}c', {}, '']],
    ],
    ['a default undone', '<a xmlns="u"><b xmlns=""/></a>', ['{u}a', {}, '', ['b', {}, '']]],
    ['the one of xml', '<a xml:lang="en"/>', ['a', { '{http://www.w3.org/XML/1998/namespace}lang': 'en' }, '']],
    ['references in a URI', '<p:a xmlns:p="u?a&amp;b"/>', ['{u?a&b}a', {}, '']],
    ['two prefixes for one', '<p:a xmlns:p="u" xmlns:q="u"></p:a>', ['{u}a', {}, '']],
  ])('%s', (_, document, expected) => {
    expect(plain(parseXml(document))).toEqual(expected);
  });

  test.each([
    '<p:a/>',
    '<a p:b="1"/>',
    '<a><p:b xmlns:p="u"/><p:c/></a>',
    '<p:a xmlns:p="u"></q:a>',
    '<p:a xmlns:p="u" xmlns:q="u"></q:a>',
    '<a xmlns:p=""/>',
    '<a xmlns:xmlns="u"/>',
    '<a xmlns:xml="u"/>',
    '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
    '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
    '<a xmlns:p="u" xmlns:p="v"/>',
    '<p:q:a xmlns:p="u"/>',
    '<:a/>',
    '<p: xmlns:p="u"/>',
    '<a xmlns:="u"/>',
  ])('%s is refused', (document) => {
    expect(() => parseXml(document)).toThrow(invalid);
  });
});

describe('what is not well-formed', () => {
  test.each([
    '<a></b>',
    '<a><b></a></b>',
    '<a/><b/>',
    '<a/>x',
    'x<a/>',
    '<a/>&amp;',
    '</a>',
    '<1a/>',
    '<-a/>',
    '<a$/>',
    '<a></a b="1">',
    '<a></ab>',
    '< a/>',
    '<a>]]></a>',
    '<a><!-- -- --></a>',
    '<a><!-- ---></a>',
    '<a><!ELEMENT b></a>',
    '<![CDATA[x]]><a/>',
    '<?xml version="1.0"?><?xml version="1.0"?><a/>',
    ' <?xml version="1.0"?><a/>',
    '<a><?xml version="1.0"?></a>',
    '<a><?XML x?></a>',
    '<a><? x?></a>',
    '<?xml?><a/>',
    '<?xml encoding="UTF-8"?><a/>',
    '<?xml version="2.0"?><a/>',
    '<a>\u0000</a>',
    '<a>\u0008</a>',
    '<a>\ufffe</a>',
    '<a>\ud800</a>',
  ])('%j is refused', (document) => {
    expect(() => parseXml(document)).toThrow(invalid);
  });

  test.each([
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<!ENTITY b "c"><a/>',
    '<a><!DOCTYPE b></a>',
    '<?xml version="1.0"?>\n<!doctype html><html/>',
  ])('a document type is refused: %s', (document) => {
    expect(() => parseXml(document)).toThrow(invalid);
  });

  test('a document cut anywhere is a truncated one', () => {
    const document = `<?xml version="1.0"?><a b="1"><!-- c --><d><![CDATA[e]]></d>&amp;<f x='2'/></a>`;
    expect(plain(parseXml(document))).toEqual(['a', { b: '1' }, '&', ['d', {}, 'e'], ['f', { x: '2' }, '']]);
    for (let length = 0; length < document.length; length++) {
      expect(() => parseXml(document.slice(0, length)), `cut at ${length}`).toThrow(truncated);
    }
  });
});

describe('limits', () => {
  test.each([
    ['bytes', '<a>x</a>', { maxBytes: 8 }, { maxBytes: 7 }],
    ['depth', '<a><b><c>x</c></b></a>', { maxDepth: 3 }, { maxDepth: 2 }],
    ['elements', '<a><b/><b/></a>', { maxElements: 3 }, { maxElements: 2 }],
    ['attributes', '<a b="1" xmlns:c="2"/>', { maxAttributes: 2 }, { maxAttributes: 1 }],
  ])('%s', (_, document, enough, tooFew) => {
    expect(parseXml(document, enough).name).toBe('a');
    expect(() => parseXml(document, tooFew)).toThrow(invalid);
  });

  test('the usual ones hold against a document that nests without end', () => {
    expect(() => parseXml('<a>'.repeat(100_000))).toThrow(invalid);
  });

  test('the usual ones hold against a document with attributes without end', () => {
    const attributes = Array.from({ length: 10_000 }, (_, i) => `b${i}=""`).join(' ');
    expect(() => parseXml(`<a ${attributes}/>`)).toThrow(invalid);
  });
});

describe('encodings', () => {
  const utf8 = new TextEncoder();
  const utf16 = (text: string, order: 'le' | 'be'): Uint8Array => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), order === 'le');
    return bytes;
  };

  test('UTF-8, with and without its mark', () => {
    expect(parseXml(utf8.encode('<a>ä</a>')).text).toBe('ä');
    expect(parseXml(utf8.encode('\ufeff<?xml version="1.0" encoding="utf-8"?><a>ä</a>')).text).toBe('ä');
    expect(parseXml('\ufeff<a>ä</a>').text).toBe('ä');
  });

  test('UTF-16 in either order, by its mark', () => {
    const document = '\ufeff<?xml version="1.0" encoding="UTF-16"?><a>ä</a>';
    expect(parseXml(utf16(document, 'le')).text).toBe('ä');
    expect(parseXml(utf16(document, 'be')).text).toBe('ä');
  });

  test('another encoding than that of the bytes is refused', () => {
    expect(() => parseXml(utf8.encode('<?xml version="1.0" encoding="ISO-8859-1"?><a/>'))).toThrow(invalid);
    expect(() => parseXml(utf8.encode('<?xml version="1.0" encoding="UTF-16"?><a/>'))).toThrow(invalid);
    expect(() => parseXml(utf16('\ufeff<?xml version="1.0" encoding="UTF-8"?><a/>', 'le'))).toThrow(invalid);
  });

  test.each([
    ['a lone continuation', [0x80]],
    ['an overlong form', [0xc0, 0xbc]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a cut character', [0xc3]],
  ])('bytes that are no UTF-8 are refused: %s', (_, bytes) => {
    expect(() => parseXml(Uint8Array.of(0x3c, 0x61, 0x3e, ...bytes, 0x3c, 0x2f, 0x61, 0x3e))).toThrow(invalid);
  });

  test('UTF-16 without its mark is refused', () => {
    expect(() => parseXml(utf16('<a/>', 'le'))).toThrow(invalid);
  });
});

describe('names that were read before', () => {
  test('are told apart from others with the same hash', () => {
    const document = '<r><Aa>1</Aa><BB>2</BB><Aa>3</Aa><C.Aa/><C.BB/></r>';
    expect(parseXml(document).children.map(({ name }) => name)).toEqual(['Aa', 'BB', 'Aa', 'C.Aa', 'C.BB']);
  });

  test('are no shortcut for longer or shorter ones in their place', () => {
    for (const name of ['item', 'items', 'it', 'item', 'i:item', 'item:i', 'item.2', 'ìtem']) {
      const document = `<list xmlns:i="urn:i" xmlns:item="urn:item"><${name} ${name}="1">x</${name}></list>`;
      const local = name.slice(name.indexOf(':') + 1);
      expect(parseXml(document).children).toMatchObject([{ name: local, text: 'x' }]);
    }
    expect(() => parseXml('<list><item-</item></list>')).toThrow(invalid);
  });

  test('do not end when there are very many', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
    const document = `<r>${names.map((name) => `<${name}/>`).join('')}</r>`;
    for (let time = 0; time < 2; time++) expect(parseXml(document).children.map(({ name }) => name)).toEqual(names);
  });
});

describe('a root tag that was read before', () => {
  const tag = '<a:r xmlns:a="urn:a" xmlns="urn:b" c="1 &amp; 2" a:d=\'x > y\'';

  test('says the same again', () => {
    for (let time = 0; time < 3; time++) {
      const root = parseXml(`${tag}><e/></a:r>`);
      expect(root).toMatchObject({ namespace: 'urn:a', name: 'r', children: [{ namespace: 'urn:b', name: 'e' }] });
      expect([...root.attributes]).toEqual([
        ['c', '1 & 2'],
        ['{urn:a}d', 'x > y'],
      ]);
    }
  });

  test('is held against the limits again', () => {
    parseXml('<r b="1" c="2"/>');
    expect(() => parseXml('<r b="1" c="2"/>', { maxAttributes: 1 })).toThrow(invalid);
  });

  test('does not stand for one that only begins like it', () => {
    parseXml('<r b="1>"/>');
    expect([...parseXml('<r b="1>2"/>').attributes]).toEqual([['b', '1>2']]);
    expect([...parseXml('<r b="1>"/>').attributes]).toEqual([['b', '1>']]);
  });
});
