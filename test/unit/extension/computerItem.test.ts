import type { MarkdownString } from 'vscode';
import { beforeEach, expect, test } from 'vitest';
import { reportError, SidebandError } from '../../../src/base/errors';
import { ComputerItem } from '../../../src/extension/tree/computerItem';
import type { Computer } from '../../../src/fleet/computer';
import { fakeComputer } from '../../fakes/technology';
import { resetFake } from '../../fakes/vscode';

beforeEach(resetFake);

const minute = 60_000;
const problem = (code: SidebandError['code'], message: string) => ({
  problem: reportError(new SidebandError(code, message)),
});

function drawn(seen: Computer['seen']): ComputerItem {
  const computer = fakeComputer('lab-01', ['ipmi', 'snmp'], { site: 'berlin' });
  computer.see(seen);
  return new ComputerItem(computer, 'berlin');
}

test.each<[string, Computer['seen'], string, string]>([
  ['never asked', {}, '', 'vm'],
  ['on', { power: 'on', at: Date.now() }, 'on', 'vm-running'],
  ['off', { power: 'off', at: Date.now() }, 'off', 'vm-outline'],
  ['on a while ago', { power: 'on', at: Date.now() - 5 * minute }, 'on · seen 5 min ago', 'vm-running'],
  [
    'dead',
    { power: 'on', at: Date.now(), ...problem('connect.timeout', 'lab-01: nothing answers on 10.0.0.1') },
    'no answer: nothing answers on 10.0.0.1',
    'warning',
  ],
  [
    'wrong password',
    problem('auth.rejected', 'lab-01: the password does not fit'),
    'the password does not fit',
    'warning',
  ],
  ['no password', problem('auth.missing', 'no ipmi password is known'), 'password missing', 'key'],
  ['new', problem('tls.unknown', 'nobody vouches for it'), 'certificate not known', 'shield'],
  ['another', problem('tls.changed', 'it was another'), 'certificate has changed', 'shield'],
])('a computer that is %s', (_, seen, words, icon) => {
  const item = drawn(seen);
  expect(item.description).toBe(words);
  expect(item.iconPath).toMatchObject({ id: icon });
  expect(item.accessibilityInformation?.label).toBe(words === '' ? 'lab-01' : `lab-01, ${words}`);
});

test('menus see its technologies, and whether a password is wanted', () => {
  expect(drawn({}).contextValue).toBe('computer ipmi snmp');
  expect(drawn(problem('auth.missing', 'none')).contextValue).toBe('computer ipmi snmp wantsPassword');
});

test('menus see that a certificate waits for somebody’s word', () => {
  expect(drawn(problem('tls.unknown', 'new')).contextValue).toBe('computer ipmi snmp wantsTrust');
  expect(drawn(problem('tls.changed', 'another')).contextValue).toBe('computer ipmi snmp wantsTrust');
  expect(drawn(problem('tls.failed', 'old')).contextValue).toBe('computer ipmi snmp');
});

test('the tooltip tells what its technologies found that it offers', () => {
  const item = drawn({ power: 'on', at: Date.now(), offers: { ipmi: 'IPMI 2.0 · SOL', amt: 'not in its profile' } });
  item.resolveTooltip();
  const { value } = item.tooltip as MarkdownString;
  expect(value).toContain('ipmi: IPMI 2.0 · SOL');
  expect(value).not.toContain('amt');
});

test('a computer that no technology reaches says so', () => {
  const item = new ComputerItem(fakeComputer('lab-02', []), '');
  expect(item.description).toBe('no technology reaches it');
});

test('the tooltip tells what is known, with advice in the editor’s words', () => {
  const item = drawn({
    power: 'off',
    at: Date.now() - 3 * minute,
    ...problem('auth.rejected', 'lab-01: wrong password'),
  });
  expect(item.tooltip).toBeUndefined();
  item.resolveTooltip();
  const { value } = item.tooltip as MarkdownString;
  for (const part of [
    'lab-01',
    'Profile lab: ipmi, snmp',
    'site=berlin',
    'Power off, seen 3 min ago',
    'wrong password (auth.rejected)',
  ])
    expect(value).toContain(part);
  expect(value).toContain('Sideband: Enter Password…');
  expect(value).not.toContain('sideband secret set');
});
