import { expect, test } from 'vitest';
import { insideSentence, readableName, withReadableNames } from '../../../../src/extension/parameters/readableName';

test.each([
  ['url', 'URL'],
  ['hostName', 'Host name'],
  ['ideRedirection', 'IDE redirection'],
  ['dns1', 'DNS 1'],
  ['ipSync', 'IP sync'],
  ['urlPasswordOf', 'URL password of profile'],
  ['timeoutMs', 'Timeout (ms)'],
  ['startupSeconds', 'Startup (s)'],
  ['clearCmos', 'Clear CMOS'],
])('%s reads as %s', (name, text) => {
  expect(readableName(name)).toBe(text);
});

test.each([
  ['Host name', 'host name'],
  ['URL user', 'URL user'],
  ['At', 'at'],
])('%s is %s inside a sentence', (label, text) => {
  expect(insideSentence(label)).toBe(text);
});

test.each([
  ['urlUser and urlPasswordOf go together', '“URL user” and “URL password of profile” go together'],
  ['The user on the server of `url`', 'The user on the server of “URL”'],
  ['only a url takes `other` or powerOff', 'only a url takes `other` or powerOff'],
])('in “%s” the parameters are called by their readable names', (text, expected) => {
  expect(withReadableNames(text, ['url', 'urlUser', 'urlPasswordOf'])).toBe(expected);
});
