import { expect, test } from 'vitest';
import { formatProblem } from '../../../src/base/problem';
import type { Fleet } from '../../../src/fleet/fleet';
import { parseFleet } from '../../../src/fleet/fleetFile';
import { fleetJsonSchema } from '../../../src/fleet/fleetSchema';
import { parseTargets } from '../../../src/fleet/targets/parse';
import { selectTargets } from '../../../src/fleet/targets/select';
import { technologies } from '../../../src/technologies';

const parse = (text: string) => parseFleet(text, 'fleet.yaml', technologies);
function load(text: string): Fleet {
  const { fleet, problems } = parse(text);
  expect(problems.map(formatProblem)).toEqual([]);
  return fleet!;
}

const sample = `version: 1
profiles:
  office:                       # several technologies in one profile
    amt:   { user: admin, tls: true }
    winrm: { user: 'CORP\\svc-manage', auth: ntlm, tls: true }
  bmc:
    ipmi:  { user: admin, cipherSuite: 17 }
    snmp:  { version: 3, user: monitor, auth: sha256, priv: aes128 }
computers:
  lab-01: { host: 10.0.4.11, mac: '00:11:22:33:44:55', profile: office, tags: { site: berlin, role: build } }
  'node[001-250]': { host: 'node{}.mgmt.example', profile: bmc, tags: { site: oslo, rack: r7 } }
groups:
  build:  { tags: { role: build } }
  oslo:   { tags: { site: oslo } }
limits:   { concurrency: 256, perSite: 64 }
`;

test('the sample of the documentation loads', () => {
  const fleet = load(sample);
  expect(fleet.computers).toHaveLength(251);
  expect(fleet.limits).toEqual({ concurrency: 256, perSite: 64 });
  expect([...fleet.groups.keys()]).toEqual(['build', 'oslo']);
  expect(fleet.byName.get('node042')).toMatchObject({ host: 'node042.mgmt.example', site: 'oslo', profile: 'bmc' });
  expect(fleet.byName.get('node042')?.accesses).toMatchObject([
    {
      technology: 'ipmi',
      port: 623,
      options: { user: 'admin', cipherSuite: 17, privilege: 'operator', allowInsecure: false },
    },
  ]);
  expect(fleet.byName.get('lab-01')?.accesses).toMatchObject([
    { technology: 'amt', options: { user: 'admin', tls: true, trust: 'pin', legacy: false } },
  ]);
});

test('several ranges fill the host in order, and a missing host is the name', () => {
  const fleet = load("version: 1\ncomputers:\n  'r[1-2]n[08-10]': { host: '10.{1}.0.{2}' }\n  plain: {}\n");
  expect(fleet.computers.map(({ name, host }) => `${name} ${host}`)).toEqual([
    'r1n08 10.1.0.08',
    'r1n09 10.1.0.09',
    'r1n10 10.1.0.10',
    'r2n08 10.2.0.08',
    'r2n09 10.2.0.09',
    'r2n10 10.2.0.10',
    'plain plain',
  ]);
});

test('tags are text, whatever YAML takes them for', () => {
  expect(load('version: 1\ncomputers:\n  a: { tags: { rack: 7, spare: true } }\n').computers[0]?.tags).toEqual({
    rack: '7',
    spare: 'true',
  });
});

test('what was seen of a computer outlives the file’s next version', () => {
  const before = load('version: 1\ncomputers:\n  a: { host: 10.0.0.1 }\n  b: { host: 10.0.0.2 }\n');
  for (const computer of before.computers) computer.see({ power: 'on', at: 1 });
  const after = load('version: 1\ncomputers:\n  a: { host: 10.0.0.1 }\n  b: { host: 10.0.0.3 }\n');
  after.inheritSeen(before);
  expect(after.computers.map(({ seen }) => seen.power)).toEqual(['on', undefined]);
});

test('what computers see is told together', async () => {
  const fleet = load('version: 1\ncomputers:\n  a: {}\n  b: {}\n');
  const told: string[][] = [];
  fleet.onDidSee((computers) => told.push(computers.map(({ name }) => name)));
  for (const computer of fleet.computers) computer.see({ power: 'on' });
  fleet.computers[0]?.see({ power: 'off' });
  await expect.poll(() => told).toEqual([['a', 'b']]);
});

const head = 'version: 1\n';
const withProfile = `${head}profiles: { bmc: { ipmi: { user: admin } } }\n`;
test.each<[what: string, text: string, problem: string]>([
  ['an empty file', '', 'fleet.yaml:1:1: "version" is missing: 1 is expected'],
  ['a text', 'hello', 'fleet.yaml:1:1: a mapping is expected, not text'],
  ['a list', '- a\n', 'fleet.yaml:1:1: a mapping is expected, not a list'],
  ['another version', 'version: 2\n', 'fleet.yaml:1:10: 1 is expected'],
  [
    'a misspelt section',
    `${head}computer: {}\n`,
    'fleet.yaml:2:1: "computer" is not known here. Did you mean "computers"?',
  ],
  [
    'a far-off section',
    `${head}hosts: {}\n`,
    'fleet.yaml:2:1: "hosts" is not known here. Expected: version, profiles, computers, groups, limits.',
  ],
  [
    'a torn bracket',
    `${head}computers: { a: {\n`,
    'fleet.yaml:3:1: Flow map in block collection must be sufficiently indented and end with a }',
  ],
  ['a tab', `${head}computers:\n\ta: {}\n`, 'fleet.yaml:3:1: Tabs are not allowed as indentation'],
  ['the same key twice', `${head}computers:\n  a: {}\n  a: {}\n`, 'fleet.yaml:4:3: the key "a" is there twice'],
  ['an unknown alias', `${head}computers: *x\n`, 'fleet.yaml:2:12: no anchor "&x" comes before this'],
  ['a computer without a body', `${head}computers:\n  a:\n`, 'fleet.yaml:3:3: a mapping is expected, not nothing'],
  ['a number as a host', `${head}computers:\n  a: { host: 7 }\n`, 'fleet.yaml:3:14: text is expected, not a number'],
  [
    'a misspelt key of a computer',
    `${head}computers:\n  a: { hots: b }\n`,
    'fleet.yaml:3:8: "hots" is not known here. Did you mean "host"?',
  ],
  [
    'a wrong MAC',
    `${head}computers:\n  a: { mac: '00:11' }\n`,
    "fleet.yaml:3:13: a MAC address such as '00:11:22:33:44:55' is expected",
  ],
  [
    'an unknown profile',
    `${withProfile}computers:\n  a: { profile: bmcs }\n`,
    'fleet.yaml:4:17: no profile "bmcs" is defined. Did you mean "bmc"?',
  ],
  ['a tag that is a list', `${head}computers:\n  a: { tags: { role: [x] } }\n`, 'fleet.yaml:3:22: text is expected'],
  ['an open range', `${head}computers:\n  'a[1-': {}\n`, 'fleet.yaml:3:3: "a[1-": a bracket is not closed'],
  ['a backward range', `${head}computers:\n  'a[9-1]': {}\n`, 'fleet.yaml:3:3: "a[9-1]": [9-1] runs backwards'],
  [
    'an empty range',
    `${head}computers:\n  'a[]': {}\n`,
    'fleet.yaml:3:3: "a[]": "[]" is not a range such as [001-050] or a list such as [a,b]',
  ],
  ['a huge range', `${head}computers:\n  'a[1-999999]': {}\n`, 'fleet.yaml:3:3: "a[1-999999]": more than 100000 names'],
  [
    'ranges that overlap',
    `${head}computers:\n  'a[1-3]': {}\n  a2: {}\n`,
    'fleet.yaml:4:3: the computer "a2" is defined twice',
  ],
  [
    'a name with a space',
    `${head}computers:\n  'a b': {}\n`,
    'fleet.yaml:3:3: "a b" is not a name: letters, digits, dots, dashes and underscores are expected',
  ],
  [
    'an unknown technology',
    `${head}profiles: { bmc: { impi: { user: a } } }\n`,
    'fleet.yaml:2:20: "impi" is not known here. Did you mean "ipmi"?',
  ],
  [
    'a profile without a user',
    `${head}profiles: { bmc: { ipmi: {} } }\n`,
    'fleet.yaml:2:20: "user" is missing: text is expected',
  ],
  [
    'an empty user',
    `${head}profiles: { bmc: { ipmi: { user: '' } } }\n`,
    'fleet.yaml:2:34: at least 1 character is expected',
  ],
  [
    'a long user',
    `${head}profiles: { bmc: { ipmi: { user: abcdefghijklmnopq } } }\n`,
    'fleet.yaml:2:34: a user name of at most 16 bytes is expected',
  ],
  [
    'a password',
    `${head}profiles: { bmc: { ipmi: { user: a, password: b } } }\n`,
    'fleet.yaml:2:37: "password": secrets are never in this file; store them with `sideband secret set`',
  ],
  [
    'a secret of a later technology',
    `${head}profiles: { bmc: { snmp: { community: b } } }\n`,
    'fleet.yaml:2:28: "community": secrets are never in this file; store it with `sideband secret set bmc snmp`',
  ],
  [
    'an unknown cipher suite',
    `${head}profiles: { bmc: { ipmi: { user: a, cipherSuite: 8 } } }\n`,
    'fleet.yaml:2:50: one of 0, 1, 2, 3, 15, 16, 17 is expected',
  ],
  [
    'a cipher suite that protects nothing',
    `${head}profiles: { bmc: { ipmi: { user: a, cipherSuite: 0 } } }\n`,
    'fleet.yaml:2:50: this cipher suite protects nothing: use 17 or 3, or say `allowInsecure: true`',
  ],
  [
    'an unknown privilege',
    `${head}profiles: { bmc: { ipmi: { user: a, privilege: root } } }\n`,
    'fleet.yaml:2:48: one of user, operator, administrator is expected',
  ],
  [
    'a port out of range',
    `${head}profiles: { bmc: { ipmi: { user: a, port: 70000 } } }\n`,
    'fleet.yaml:2:43: a number of at most 65535 is expected',
  ],
  [
    'a host with a port',
    `${head}computers:\n  a: { host: 'b:623' }\n`,
    'fleet.yaml:3:14: a name or an address without a port is expected: `port` stands in the profile',
  ],
  [
    'a host with a space',
    `${head}computers:\n  a: { host: 'b c' }\n`,
    'fleet.yaml:3:14: a name or an address is expected',
  ],
  [
    'a range with one host for all',
    `${head}computers:\n  'a[1-3]': { host: 10.0.0.1 }\n`,
    'fleet.yaml:3:21: all 3 computers of the range would have this address: put {} where they differ',
  ],
  [
    'a host with a place that no range fills',
    `${head}computers:\n  'a[1-2]': { host: 'b{}c{2}' }\n`,
    'fleet.yaml:3:21: {2} stands for nothing: the name has no such range',
  ],
  [
    'a profile with a strange name',
    `${head}profiles: { 'a b': {} }\n`,
    'fleet.yaml:2:13: a name of letters, digits, dots, dashes and underscores is expected',
  ],
  [
    'a misspelt privilege',
    `${head}profiles: { bmc: { ipmi: { user: a, privilege: administratr } } }\n`,
    'fleet.yaml:2:48: one of user, operator, administrator is expected. Did you mean "administrator"?',
  ],
  [
    'a number for a switch',
    `${head}profiles: { bmc: { ipmi: { user: a, allowInsecure: 1 } } }\n`,
    'fleet.yaml:2:52: true or false is expected, not a number',
  ],
  [
    'a secret deep in a later technology',
    `${head}profiles: { bmc: { snmp: { priv: { passphrase: b } } } }\n`,
    'fleet.yaml:2:36: "passphrase": secrets are never in this file; store it with `sideband secret set bmc snmp`',
  ],
  [
    'a range as long as a file',
    `${head}computers:\n  'a[1-99999,1-99999]': {}\n`,
    'fleet.yaml:3:3: "a[1-99999,1-99999]": more than 100000 names',
  ],
  [
    'a group of a name that every object has',
    `${head}groups:\n  a: { targets: '@constructor' }\n`,
    'fleet.yaml:3:17: no group "@constructor" is defined.',
  ],
  ['an empty group', `${head}groups:\n  a: {}\n`, 'fleet.yaml:3:3: a group needs `tags`, `targets` or both'],
  [
    'a group of wrong targets',
    `${head}groups:\n  a: { targets: 'x%' }\n`,
    'fleet.yaml:3:17: "x%": a name, a glob lab-*, a range node[001-050], a group @build, a tag site=oslo or a URL is expected',
  ],
  [
    'a group of an unknown group',
    `${head}groups:\n  a: { targets: '@b' }\n`,
    'fleet.yaml:3:17: no group "@b" is defined. Did you mean "a"?',
  ],
  [
    'a group of an unknown computer',
    `${head}computers: { lab-01: {} }\ngroups:\n  a: { targets: 'lab-02' }\n`,
    'fleet.yaml:4:17: no computer "lab-02" is in the fleet. Did you mean "lab-01"?',
  ],
  [
    'a group that contains itself',
    `${head}groups:\n  a: { targets: '@b' }\n  b: { targets: '@a' }\n`,
    'fleet.yaml:3:3: the group "@a" contains itself',
  ],
  ['a limit of nothing', `${head}limits: { concurrency: 0 }\n`, 'fleet.yaml:2:24: a number of at least 1 is expected'],
  ['a limit that is text', `${head}limits: { perSite: many }\n`, 'fleet.yaml:2:20: a number is expected, not text'],
])('%s is reported at its place', (_, text, problem) => {
  const { fleet, problems } = parse(text);
  expect(fleet).toBeUndefined();
  expect(problems.map(formatProblem)).toContain(problem);
});

test('a tag is kept as it is written, even when it looks like another number', () => {
  const { computers } = load(
    'version: 1\ncomputers:\n  a: { tags: { rack: 007, slot: 1.10, serial: 0x1F } }\n  007: {}\n',
  );
  expect(computers[0]?.tags).toEqual({ rack: '007', slot: '1.10', serial: '0x1F' });
  expect(computers[1]?.name).toBe('007');
});

test('groups that are built on each other are worked out once each', () => {
  const chain = Array.from({ length: 40 }, (_, index) => `  g${index + 1}: { targets: '@g${index} @g${index}' }`);
  const fleet = load(`version: 1\ncomputers: { a: {}, b: {} }\ngroups:\n  g0: { targets: a }\n${chain.join('\n')}\n`);
  expect(selectTargets(parseTargets('@g40'), fleet, technologies).map(({ name }) => name)).toEqual(['a']);
});

test('more groups than anyone needs are refused', () => {
  const groups = Array.from({ length: 1001 }, (_, index) => `  g${index}: { targets: '*' }`).join('\n');
  expect(parse(`version: 1\ngroups:\n${groups}\n`).problems.map(formatProblem)).toEqual([
    'fleet.yaml:2:1: a fleet has at most 1000 groups',
  ]);
});

test('ten thousand mistakes are reported without taking the square of the time', () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `  c${index}: { profile: bmx }\n`).join('');
  const { problems } = parse(`${withProfile}computers:\n${lines}`);
  expect(problems.at(-1)).toMatchObject({ line: 10_003, message: 'no profile "bmx" is defined. Did you mean "bmc"?' });
});

test('every key that an editor offers is described', () => {
  const undescribed = keysWithoutDescription(fleetJsonSchema(technologies));
  expect(undescribed).toEqual([]);
});

test('several mistakes are all reported', () => {
  const { problems } = parse(`${head}computers:\n  a: { hots: b }\n  b: { mac: x }\nlimit: {}\n`);
  expect(problems.map(({ line }) => line).toSorted()).toEqual([3, 4, 5]);
});

test('a bomb of aliases is refused, not unfolded', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((key, index) => {
      const previous = 'abcdefgh'[index] ?? '';
      return `${key}: &${key} [${Array<string>(9).fill(`*${previous}`).join(',')}]`;
    }),
  ].join('\n');
  expect(parse(`${head}${bomb}\n`).problems).toMatchObject([{ message: 'aliases unfold to too much' }]);
});

function keysWithoutDescription(schema: unknown, path = ''): readonly string[] {
  const { properties = {}, additionalProperties } = schema as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
    readonly additionalProperties?: unknown;
  };
  const below =
    typeof additionalProperties === 'object' ? keysWithoutDescription(additionalProperties, `${path}.*`) : [];
  const own = Object.entries(properties).flatMap(([key, inner]) => [
    ...(inner.description === undefined ? [`${path}.${key}`] : []),
    ...keysWithoutDescription(inner, `${path}.${key}`),
  ]);
  return [...own, ...below];
}
