import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activationEvents, capabilities, contributions } from '../../../src/extension/contributions';
import { operations } from '../../../src/operations';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
  };
}
const { contributes } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest;

test('package.json is what the registries say (else: npm run generate)', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ contributes: contributions(), activationEvents, capabilities });
});

test.each(operations.map(({ id }) => id))('%s has a command for trusted folders, and a menu entry', (id) => {
  const command = `sideband.${id}`;
  expect(contributes.commands).toContainEqual(expect.objectContaining({ command, enablement: 'isWorkspaceTrusted' }));
  expect(contributes.menus['view/item/context']?.map((entry) => entry.command)).toContain(command);
});

test('an operation is offered on groups and on computers that a technology of its ways reaches', () => {
  const entry = contributes.menus['view/item/context']?.find(({ command }) => command === 'sideband.power.off');
  const pattern = /viewItem =~ \/(.*)\/$/.exec(entry?.when ?? '')?.[1] ?? '';
  const fits = ['computer ipmi', 'computer amt ipmi wantsPassword', 'group', 'computer', 'computer snmp', 'result'].map(
    (value) => new RegExp(pattern).test(value),
  );
  expect(fits).toEqual([true, true, true, false, false, false]);
});

test('every command of a menu exists', () => {
  const known = new Set(contributes.commands.map(({ command }) => command));
  const used = Object.values(contributes.menus).flatMap((entries) => entries.map(({ command }) => command));
  expect(used.filter((command) => !known.has(command))).toEqual([]);
});
