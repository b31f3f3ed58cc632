import { expect, test } from 'vitest';
import { describeKeyAt, suggest } from '../../../../src/base/yaml/suggest';
import { filterSetJsonSchema } from '../../../../src/fleet/filters/filterSchema';

const schema = filterSetJsonSchema();

/** What is offered at the `|` of a file of `.sideband/filters`. */
function offered(marked: string): readonly string[] {
  return suggest(marked.replace('|', ''), marked.indexOf('|'), schema, () => []).map(({ label }) => label);
}

test.each([
  ['version: 1\nant|', ['antiSpoofing']],
  ['antiSpoofing: |', ['off', 'on', 'count', 'event', 'count event']],
  ['default: { outbound: pass c|', ['pass count', 'pass count event']],
  ['filters:\n  - { name: DNS, pro|', ['protocol']],
  ['filters:\n  - { name: DNS, protocol: u|', ['udp']],
  ['filters:\n  - { name: ARP, etherType: a|', ['arp']],
])('at the mark of %j the editor offers %j', (text, labels) => {
  expect(offered(text)).toEqual(labels);
});

test('the key under the mouse is explained', () => {
  const text = 'filters:\n  - { name: DNS, remotePort: 53 }\n';
  expect(describeKeyAt(text, text.indexOf('remotePort'), schema)).toBe(
    'The port of the other side, or a range; needs `protocol: tcp` or `udp`',
  );
});
