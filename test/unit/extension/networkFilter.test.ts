import { beforeEach, expect, test } from 'vitest';
import { askParameters } from '../../../src/extension/askParameters';
import { previewLines } from '../../../src/extension/networkFilter';
import { parseFilterSet } from '../../../src/fleet/filters/filterFile';
import { FilterSets } from '../../../src/fleet/filters/filterSets';
import { networkFilter } from '../../../src/operations/network/filter';
import { fake, resetFake } from '../../fakes/vscode';

beforeEach(resetFake);

const strict = parseFilterSet(
  `version: 1
name: strict
pingLimit: 0
filters:
  - { name: DNS, protocol: udp, remotePort: 53 }
  - { name: SMB, direction: outbound, action: drop count, protocol: tcp, remotePort: 445 }
`,
  'strict.yaml',
).set!;
const definitions = { filterSets: new FilterSets([strict]) };
const ask = () => askParameters(networkFilter, { definitions, profiles: [] });

test('set, options, console address, then a list of what stays open', async () => {
  fake.picks = ['open-ports', 'Anti-spoofing, Limit pings', '$(shield) Block All but These'];
  fake.inputs = ['5', '10.0.0.9'];
  expect(await ask()).toEqual({
    mode: 'block',
    set: 'open-ports',
    antiSpoofing: 'on',
    pingLimit: 5,
    consoleAddress: '10.0.0.9',
    replaceForeign: false,
  });
  expect(fake.asked).toMatchObject([
    { kind: 'pick', title: 'Network Filter (1 of 3): filter set' },
    { kind: 'pick', title: 'Network Filter (2 of 3): options of open-ports' },
    { kind: 'input', title: 'Network Filter (2 of 3): options of open-ports' },
    { kind: 'input', title: 'Network Filter (2 of 3): options of open-ports' },
    { kind: 'pick', title: 'Network Filter (3 of 3): open-ports' },
  ]);
});

test('a set of the folder; what is not ticked is off, and no console is asked for that the set does not name', async () => {
  fake.picks = ['strict', 'Replace the policy of another console', '$(shield) Block All but These'];
  expect(await ask()).toEqual({
    mode: 'block',
    set: 'strict',
    antiSpoofing: 'off',
    pingLimit: 0,
    replaceForeign: true,
  });
  expect(fake.asked.map(({ kind }) => kind)).toEqual(['pick', 'pick', 'pick']);
});

test('allow all needs no more', async () => {
  fake.picks = ['Allow All'];
  expect(await ask()).toEqual({ mode: 'allow-all' });
});

test('a look at a port leaves the list open, and back leads to the options', async () => {
  const options = '';
  fake.picks = [
    'strict',
    options,
    'DNS',
    '$(arrow-left) Back to the Options',
    'Anti-spoofing',
    '$(shield) Block All but These',
  ];
  expect(await ask()).toMatchObject({ set: 'strict', antiSpoofing: 'on' });
});

test.each([[[]], [['strict']], [['strict', '']]])('dismissed after %j nothing is done', async (picks) => {
  fake.picks = [...picks];
  expect(await ask()).toBeUndefined();
});

test('the preview lists what stays open and what becomes of the rest', () => {
  const options = { antiSpoofing: 'on', pingLimit: 3, replaceForeign: false } as const;
  expect(previewLines(strict, options)).toEqual([
    { name: 'DNS', what: 'udp, remote port 53' },
    { name: 'SMB', what: 'drop count outbound: tcp, remote port 445' },
    { name: 'ping', what: 'icmp, 3 packets a second' },
    { name: 'everything else', what: 'outbound drop count, inbound drop count' },
    { name: 'anti-spoofing', what: 'on' },
  ]);
  const builtIn = FilterSets.builtIn.get('open-ports');
  const http = (more: object) =>
    previewLines(builtIn, { ...options, ...more }).find(({ name }) => name === 'HTTP')?.what;
  expect(http({})).toBe('tcp, remote port 80, only the console (at any address)');
  expect(http({ consoleAddress: '10.0.0.9' })).toBe('tcp, remote port 80, only the console (10.0.0.9)');
});
