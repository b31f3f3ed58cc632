import { expect, test } from 'vitest';
import { findChild, findPath } from '../../../../src/base/xml/element';
import { escapeXml } from '../../../../src/base/xml/escapeXml';
import { parseXml } from '../../../../src/base/xml/parseXml';

test('special characters become references', () => {
  expect(escapeXml('a<b>&"c"\r\n')).toBe('a&lt;b&gt;&amp;&quot;c&quot;&#13;\n');
  expect(escapeXml("it's")).toBe("it's");
  expect(escapeXml(']]>')).toBe(']]&gt;');
  expect(escapeXml('&amp;')).toBe('&amp;amp;');
});

test.each(['\0', '\u001b', '\ufffe', '\ud83d'])('%j cannot be sent, and is not named in the error', (character) => {
  const failure = expect.objectContaining({ code: 'usage.invalid' }) as Error;
  expect(() => escapeXml(`secret${character}`)).toThrow(failure);
  expect(() => escapeXml(`secret${character}`)).not.toThrow(/secret/);
});

test('children are found by name, and by namespace where it is given', () => {
  const root = parseXml('<a xmlns:p="u" xmlns:q="v"><q:b>1</q:b><p:b>2<c>3</c></p:b></a>');
  expect(findChild(root, 'b')?.text).toBe('1');
  expect(findChild(root, 'b', 'u')?.text).toBe('2');
  expect(findChild(root, 'c')).toBeUndefined();
  expect(findChild(undefined, 'b')).toBeUndefined();
  expect(findPath(root, 'b', 'c')).toBeUndefined();
  expect(findPath(findChild(root, 'b', 'u'), 'c')?.text).toBe('3');
});
