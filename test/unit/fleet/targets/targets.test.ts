import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { parseFleet } from '../../../../src/fleet/fleetFile';
import { expandNames } from '../../../../src/fleet/nameRange';
import { fitsGlob } from '../../../../src/fleet/targets/glob';
import { parseTargets } from '../../../../src/fleet/targets/parse';
import { selectTargets } from '../../../../src/fleet/targets/select';
import { technologies } from '../../../../src/technologies';

const { fleet } = parseFleet(
  `version: 1
profiles: { bmc: { ipmi: { user: admin } } }
computers:
  lab-01: { profile: bmc, tags: { site: berlin, role: build } }
  lab-02: { profile: bmc, tags: { site: berlin, role: test } }
  lab-07: { profile: bmc, tags: { site: oslo, role: build } }
  'node[001-050]': { profile: bmc, tags: { site: oslo } }
groups:
  build: { tags: { role: build } }
  lab: { targets: 'lab-* !lab-07' }
  both: { tags: { site: berlin }, targets: '@build' }
`,
  'fleet.yaml',
  technologies,
);
const select = (text: string): readonly string[] =>
  selectTargets(parseTargets(text), fleet!, technologies).map(({ name }) => name);

test.each([
  ['lab-01', ['lab-01']],
  ['lab-07 lab-01', ['lab-01', 'lab-07']],
  ['lab-01,lab-01', ['lab-01']],
  ['lab-*', ['lab-01', 'lab-02', 'lab-07']],
  ['lab-0?', ['lab-01', 'lab-02', 'lab-07']],
  ['node[001-003]', ['node001', 'node002', 'node003']],
  ['node[001,049-050]', ['node001', 'node049', 'node050']],
  ['@build', ['lab-01', 'lab-07']],
  ['@build !lab-07', ['lab-01']],
  ['@lab', ['lab-01', 'lab-02']],
  ['@both', ['lab-01']],
  ['site=berlin', ['lab-01', 'lab-02']],
  ['site=ber*', ['lab-01', 'lab-02']],
  ['role=build&site=oslo', ['lab-07']],
  ['lab-*&site!=oslo', ['lab-01', 'lab-02']],
  ['!node*', ['lab-01', 'lab-02', 'lab-07']],
  ['site=nowhere', []],
])('%s means %j', (text, names) => {
  expect(select(text)).toEqual(names);
});

test('* is all, in the fleet’s order', () => {
  expect(select('*')).toHaveLength(53);
  expect(select('*').slice(0, 4)).toEqual(['lab-01', 'lab-02', 'lab-07', 'node001']);
});

test.each([
  ['lab-03', 'no computer "lab-03" is in the fleet. Did you mean "lab-01"?'],
  ['node[049-052]', 'no computer "node051", "node052" is in the fleet.'],
  ['@biuld', 'no group "@biuld" is in the fleet. Did you mean "build"?'],
  ['stie=oslo', 'no computer has a tag "stie". Did you mean "site"?'],
  ['', 'no targets are given: * is all computers'],
  ['a%b', '"a%b": a name, a glob lab-*, a range node[001-050], a group @build, a tag site=oslo or a URL is expected'],
  ['!ipmi://a@b', 'an ad-hoc URL cannot be excluded: leave it out'],
  ['winrms://a@b', 'winrms:// is not spoken yet: this version speaks amt, amts, ipmi'],
  ['ipmi://%zz@b', 'ipmi://b: the user holds a % that begins no code such as %40'],
  ['ipmi://a@b:0', 'ipmi://b:0: port: a number of at least 1 is expected'],
  ['ipmi://a@b/c', 'a URL such as ipmi://user@address:port is expected, not "ipmi://b/c"'],
  ['ipmi://a@b#c', 'a URL such as ipmi://user@address:port is expected, not "ipmi://b#c"'],
  ['ipmi://a@b?privilege=root', 'ipmi://b?privilege=root: privilege: one of user, operator, administrator is expected'],
  ['impi://a@b', 'impi:// is not known here: this version speaks amt, amts, ipmi. Did you mean "ipmi"?'],
  ['ipmi://10.0.0.5', 'ipmi://10.0.0.5: the user is missing: write it in front of the address, user@address'],
  [
    'ipmi://admin@10.0.0.5?ciphersuite=3',
    'ipmi://10.0.0.5?ciphersuite=3: "ciphersuite" is not known here. Did you mean "cipherSuite"?',
  ],
  ['ipmi://admin@', 'a URL such as ipmi://user@address:port is expected, not "ipmi://"'],
])('%s is refused', (text, message) => {
  expect(() => select(text)).toThrow(expect.objectContaining({ code: 'targets.invalid', message }));
});

test('a URL needs no fleet, and is named without its user', () => {
  const [computer, ...others] = selectTargets(
    parseTargets('ipmi://ad%40min@10.0.0.5:9623?cipherSuite=3'),
    fleet!,
    technologies,
  );
  expect(others).toEqual([]);
  expect(computer).toMatchObject({ name: 'ipmi://10.0.0.5:9623?cipherSuite=3', host: '10.0.0.5', profile: undefined });
  expect(computer?.accesses).toMatchObject([
    { technology: 'ipmi', host: '10.0.0.5', port: 9623, options: { user: 'ad@min', cipherSuite: 3 } },
  ]);
  expect(select('ipmi://admin@[::1]:9623 lab-01')).toEqual(['lab-01', 'ipmi://[::1]:9623']);
});

test.each([
  'ipmi://admin:hunter2@10.0.0.5',
  'ipmi://admin:hunter2@',
  'ipmi://admin:hunter2',
  'ipmi://admin:x,hunter2@10.0.0.5',
  'ipmi://admin:hunter2,x@10.0.0.5',
  'ipmi://admin:x hunter2@10.0.0.5',
  'ipmi://admin:x/hunter2@10.0.0.5',
  'ipmi://admin:x@hunter2@10.0.0.5',
  'ipmi://admin@10.0.0.5?password=hunter2',
  'ipmi://admin@10.0.0.5/x?password=hunter2',
])('the password in %s is refused without showing it', (text) => {
  const withoutIt = expect.not.stringContaining('hunter2') as unknown;
  const refused = expect.objectContaining({ code: 'targets.invalid', message: withoutIt }) as Error;
  expect(() => select(text)).toThrow(refused);
});

test('two URLs side by side are no password', () => {
  expect(select('ipmi://a@h:623 ipmi://admin@h2:9623 @build')).toEqual([
    'lab-01',
    'lab-07',
    'ipmi://h:623',
    'ipmi://h2:9623',
  ]);
});

test.each([
  ['ipmi://12@h', { user: '12', port: 623 }],
  ['ipmi://a@h?user=7', { user: 'a' }],
  ['ipmi://h?user=7', { user: '7' }],
  ['ipmi://a@h?port=9000', { port: 9000 }],
  ['ipmi://a@h?cipherSuite=0&allowInsecure=true', { cipherSuite: 0, allowInsecure: true }],
])('%s gives the options that the technology’s schema asks for', (url, options) => {
  const [computer] = selectTargets(parseTargets(url), fleet!, technologies);
  expect(computer?.accesses).toMatchObject([{ options }]);
  expect(computer?.accesses[0]?.port).toBe((computer?.accesses[0]?.options as { port: number }).port);
});

test('a selection of ten thousand names takes no ten thousand passes', () => {
  const { fleet: large } = parseFleet("version: 1\ncomputers:\n  'n[00001-10000]': {}\n", 'fleet.yaml', technologies);
  const names = large!.computers.map(({ name }) => name);
  const passes = vi.spyOn(Set.prototype, 'has');
  expect(selectTargets(parseTargets(names.join(' ')), large!, technologies)).toHaveLength(10_000);
  expect(passes.mock.calls.length).toBeLessThan(50_000);
});

test.each([
  'a'.repeat(500_000),
  '['.repeat(500_000),
  `://${':'.repeat(500_000)}`,
  '://a:'.repeat(100_000),
  `a:${'/'.repeat(500_000)}`,
])(
  'hostile text is refused at once (%#)',
  (text) => {
    expect(() => select(text)).toThrow(SidebandError);
  },
  2000,
);

test('words mean the same together as apart', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
  const part = fc.oneof(
    word,
    word.map((name) => `${name}*`),
    word.map((name) => `${name}[01-04,07]`),
    word.map((group) => `@${group}`),
    fc.tuple(word, fc.constantFrom('=', '!='), word).map((parts) => parts.join('')),
  );
  const term = fc
    .tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 3 }))
    .map(([excluded, parts]) => (excluded ? '!' : '') + parts.join('&'));
  const url = fc.tuple(word, word).map(([user, host]) => `ipmi://${user}@${host}:623`);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(term, url), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(' ', ',', ' , '),
      (terms, gap) => {
        const apart = terms.flatMap((one) => parseTargets(one).terms);
        expect(parseTargets(terms.join(gap)).terms).toEqual(apart);
      },
    ),
  );
});

test('any text either means something or is refused with a typed error', () => {
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[a-z0-9*?[\]@!=&:%#/ ,.-]{0,30}$/),
    fc.stringMatching(/^ipmi:\/\/[a-z0-9%:@?=&#[\]/]{0,20}$/),
  );
  fc.assert(
    fc.property(text, (targets) => {
      try {
        select(targets);
      } catch (error) {
        expect(error).toBeInstanceOf(SidebandError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a glob fits what the same regular expression fits', () => {
  const letters = fc.stringMatching(/^[ab]{0,8}$/);
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*?]{0,6}$/), letters, (glob, text) => {
      const pattern = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(fitsGlob(glob, text)).toBe(pattern.test(text));
    }),
  );
});

test('a range counts from its first to its last number and keeps the zeros', () => {
  const bounds = fc.tuple(fc.nat(300), fc.nat(50), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(bounds, ([from, more, width]) => {
      const first = String(from).padStart(width, '0');
      const names = expandNames(`n[${first}-${from + more}]`).map(({ name }) => name);
      expect(names).toHaveLength(more + 1);
      expect(names[0]).toBe(`n${first}`);
      expect(Number(names.at(-1)?.slice(1))).toBe(from + more);
    }),
  );
});
