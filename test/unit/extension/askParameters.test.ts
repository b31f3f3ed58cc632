import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { beforeEach, expect, test } from 'vitest';
import { askParameters } from '../../../src/extension/askParameters';
import { builtInDefinitions } from '../../../src/fleet/definitions';
import { operations } from '../../../src/operations';
import { defineOperation } from '../../../src/operations/operation';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { fake, resetFake } from '../../fakes/vscode';

beforeEach(resetFake);

const ask = (id: string, profiles: readonly string[] = []) =>
  askParameters(
    operations.find((one) => one.id === id)!,
    { definitions: builtInDefinitions, profiles },
  );
const titles = (): readonly string[] => fake.asked.map(({ kind, title }) => `${kind}: ${title}`);
/** The rows of the last list, without icons. */
const rows = (): readonly string[] => fake.lists.at(-1)!.map((row) => row.replaceAll(/\$\([\w-]+\) */g, ''));
const press = (tooltip: string, at?: string) => ({ press: tooltip, ...(at !== undefined && { at }) });

test('without parameters, or with none but how long to wait, nothing is asked', async () => {
  expect(await ask('power.status')).toEqual({});
  expect(await ask('power.on')).toEqual({});
  expect(fake.asked).toEqual([]);
});

test('one switch is one question, whose first answer is the usual one', async () => {
  fake.picks = ['', 'Power Off, graceful'];
  expect(await ask('power.off')).toEqual({});
  expect(await ask('power.off')).toEqual({ graceful: true });
  expect(titles()).toEqual(['pick: Power Off', 'pick: Power Off']);
});

test('few questions come one after the other, and Back leads to the one before, as it was answered', async () => {
  fake.picks = ['audit', press('Back'), '', 'Clear AMT Log, keep'];
  expect(await ask('log.clear')).toEqual({ log: 'audit', keep: true });
  expect(titles()).toEqual([
    'pick: Clear AMT Log: Log',
    'pick: Clear AMT Log',
    'pick: Clear AMT Log: Log',
    'pick: Clear AMT Log',
  ]);
});

test('settings are one list: each with what will be sent, and Enter goes on', async () => {
  fake.picks = ['Ping', 'off', 'Host name', 'Power package', 'on-in-s0', ''];
  fake.inputs = ['lab-01'];
  expect(await ask('amt.settings')).toEqual({ ping: false, hostName: 'lab-01', powerPackage: 'on-in-s0' });
  expect(titles()).toEqual([
    'pick: AMT Settings',
    'pick: AMT Settings: Ping',
    'pick: AMT Settings',
    'input: AMT Settings: Host name',
    'pick: AMT Settings',
    'pick: AMT Settings: Power package',
    'pick: AMT Settings',
  ]);
  expect(fake.lists[1]).toEqual(['Leave Unchanged', 'on', 'off']);
  expect(rows()).toEqual([
    'Continue: Power package: on-in-s0, Ping: off, Host name: lab-01',
    'parameters',
    'SOL: unchanged',
    'IDE redirection: unchanged',
    'KVM: unchanged',
    'Listener: unchanged',
    'Power package: on-in-s0',
    'Idle timeout: unchanged',
    'Ping: off',
    'RMCP ping: unchanged',
    'Host name: lab-01',
    'Domain name: unchanged',
    'Consent policy: unchanged',
  ]);
});

test('what is wrong with all together stands at Continue, once the user has tried to go on', async () => {
  fake.picks = ['', 'KVM', 'on', ''];
  expect(await ask('amt.settings')).toEqual({ kvm: true });
  expect(fake.lists.map(([first]) => first)).toEqual([
    '$(arrow-right) Continue: with nothing given',
    '$(arrow-right) Continue: $(error) at least one setting is expected',
    'Leave Unchanged',
    '$(arrow-right) Continue: KVM: on',
  ]);
});

test('what is required comes before the list, which then says what does not go together', async () => {
  // Enter goes on, then, as it is wrong, to the URL, and then on.
  fake.picks = ['https', '', '', ''];
  fake.inputs = ['http://10.0.0.1/', 'https://10.0.0.1/boot.efi'];
  expect(await ask('boot.override')).toEqual({ device: 'https', url: 'https://10.0.0.1/boot.efi' });
  expect(titles().slice(0, 4)).toEqual([
    'pick: Boot Override: Device',
    'pick: Boot Override',
    'pick: Boot Override',
    'input: Boot Override: URL',
  ]);
  expect(fake.mistakes).toEqual(['a URL is expected']);
  expect(fake.lists[2]).toContain('$(error) URL: not given · device https needs what to boot');
  expect(fake.lists[2]?.[0]).toContain('1 parameter is to be corrected');
  expect(rows().slice(0, 5)).toEqual([
    'Continue: Device: https, URL: https://10.0.0.1/boot.efi',
    'parameters',
    'Device: https',
    'Once: on (default)',
    'UEFI: off (default)',
  ]);
  expect(rows().indexOf('advanced')).toBeLessThan(rows().indexOf('Lock keyboard: off (default)'));
});

test('numbers and texts are checked by the schema at once; empty leaves out what cannot be empty', async () => {
  fake.picks = ['VLAN', 'VLAN', 'Address', 'DHCP', 'on', ''];
  fake.inputs = ['a lot', '5000', '12', '', 'nowhere', press('Back')];
  expect(await ask('amt.network')).toEqual({ dhcp: true });
  expect(fake.mistakes).toEqual([
    'a number is expected, not text',
    'a number of at most 4094 is expected',
    'an IPv4 address is expected',
  ]);
});

test('an empty text is given where it is a value, and taken back by a button of its own', async () => {
  fake.picks = ['Host name', 'Domain name', press('Leave Unchanged', 'Domain name'), ''];
  fake.inputs = ['', 'corp.example'];
  expect(await ask('amt.settings')).toEqual({ hostName: '' });
  fake.picks = ['Host name', 'Host name', 'SOL', 'off', ''];
  fake.inputs = ['', press('Leave Unchanged')];
  expect(await ask('amt.settings')).toEqual({ sol: false });
});

test('several are ticked, and lists are written with commas', async () => {
  fake.picks = ['Link policy', 's0-ac, sx-ac', ''];
  expect(await ask('amt.network')).toEqual({ linkPolicy: ['s0-ac', 'sx-ac'] });
  fake.picks = ['Events', ''];
  fake.inputs = ['90B1C4C1-4E4B-4B6C-8D5B-6F3C0B1F2A11', 'gone', 'running>expired,  stopped'];
  expect(await ask('amt.watchdogs')).toMatchObject({ events: ['running>expired', 'stopped'] });
  expect(fake.mistakes).toEqual([
    'a state (not-started, stopped, running, expired, suspended) is expected, or two with > between',
  ]);
  expect(fake.lists.at(-2)).toContain('Events: stopped, expired (default)');
});

test('a stored password is that of a profile of the fleet, or of another name', async () => {
  fake.inputs = ['admin', 'next'];
  fake.picks = ['bmc', 'Other…'];
  expect(await ask('user.setPassword', ['office', 'bmc'])).toEqual({ user: 'admin', passwordOf: 'bmc' });
  expect(fake.lists[0]).toEqual(['office', 'bmc', 'Other…']);
  fake.inputs = ['admin', press('Back'), 'next'];
  fake.picks = ['Other…', 'Other…'];
  expect(await ask('user.setPassword', ['bmc'])).toEqual({ user: 'admin', passwordOf: 'next' });
});

test('what is given again as it is without it is not sent', async () => {
  fake.picks = ['pxe', 'Once', 'off', 'Once', 'on', ''];
  expect(await ask('boot.override')).toEqual({ device: 'pxe' });
});

test('Back leads from the list to the question before it, and nothing is lost', async () => {
  fake.picks = ['pxe', 'UEFI', 'on', press('Back'), 'disk', ''];
  expect(await ask('boot.override')).toEqual({ device: 'disk', uefi: true });
});

test('Escape leads from a parameter to the list, and from the list away, but not without saying what is lost', async () => {
  fake.picks = ['Ping', 'off'];
  fake.modals = ['', 'Discard'];
  expect(await ask('amt.settings')).toBeUndefined();
  const question = { kind: 'modal', title: 'AMT Settings: discard what was entered?', detail: 'Ping: off' };
  expect(fake.asked.slice(2)).toEqual([
    { kind: 'pick', title: 'AMT Settings' },
    question,
    { kind: 'pick', title: 'AMT Settings' },
    question,
  ]);
  expect(rows()).toContain('Ping: off');
});

test('what is one choice away is not asked about', async () => {
  fake.picks = ['pxe'];
  expect(await ask('boot.override')).toBeUndefined();
  expect(titles()).toEqual(['pick: Boot Override: Device', 'pick: Boot Override']);
});

test('a file fills the list; one with mistakes says so, and changes nothing', async () => {
  using folder = temporaryFolder();
  const [good, bad] = [join(folder.path, 'good.yaml'), join(folder.path, 'bad.yaml')];
  await writeFile(good, 'url: https://10.0.0.1/\nloadData: x\n');
  await writeFile(bad, 'urls: none\n');
  fake.picks = ['https', press('From File…'), press('From File…'), press('From File…'), ''];
  fake.files = [good, bad];
  expect(await ask('boot.override')).toEqual({ device: 'https', url: 'https://10.0.0.1/', loadData: 'x' });
  expect(fake.said).toHaveLength(1);
  expect(fake.said[0]).toMatch(/^Boot Override: .*bad\.yaml:1:1: "urls" is not known here/);
});

test('structures come from a file, at once, with whatever else is in it', async () => {
  using folder = temporaryFolder();
  const [whole, part] = [join(folder.path, 'whole.yaml'), join(folder.path, 'part.yaml')];
  await writeFile(whole, 'steps:\n  - screen: start\npower: reset\n');
  await writeFile(part, 'power: reset\n');
  fake.files = [whole, part];
  const given = { steps: [{ screen: 'start' }], power: 'reset' };
  expect(await ask('console.script')).toEqual(given);
  expect(titles()).toEqual(['file: Console Script: a YAML file with its parameters']);
  fake.files = [part, whole];
  fake.picks = ['Steps', ''];
  expect(await ask('console.script')).toEqual(given);
  expect(fake.lists[0]).toContain('$(error) Steps: required · a list is expected');
});

test('few parameters that do not go together end in the list', async () => {
  const parameters = z
    .strictObject({ loud: z.boolean().default(false), why: z.string().optional() })
    .refine(({ loud, why }) => !loud || why !== undefined, { path: ['why'], error: 'a reason is expected' });
  const head = { id: 'x', title: 'X', description: '', danger: 'safe', kind: 'change', repeatable: true } as const;
  const operation = defineOperation({ ...head, parameters }, () => []);
  fake.picks = ['X, loud', '', ''];
  fake.inputs = ['$(bug)'];
  const known = { definitions: builtInDefinitions, profiles: [] };
  expect(await askParameters(operation, known)).toEqual({ loud: true, why: '$(bug)' });
  expect(fake.lists[1]).toContain('$(error) Why: not given · a reason is expected');
  expect(fake.lists[2]).toContain('$(pass-filled) Why: \\$(bug)');
});
