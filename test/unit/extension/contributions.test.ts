import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activationEvents, capabilities, contributions } from '../../../src/extension/contributions';
import { directOperations, operations } from '../../../src/operations';

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
  };
}
const { contributes } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest;

test('package.json is what the registries say (else: npm run generate)', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ contributes: contributions(), activationEvents, capabilities });
});

const ofTree = contributes.menus['view/item/context'] ?? [];

/** Whether an entry of the tree's menu is there for items with these words. */
function fits(entry: Entry | undefined, viewItem: string): boolean {
  const pattern = /viewItem =~ \/(.*)\/$/.exec(entry?.when ?? '')?.[1] ?? '';
  return new RegExp(pattern).test(viewItem);
}

test.each(directOperations.map(({ id }) => id))('%s has a command for trusted folders, and a menu entry', (id) => {
  const command = `sideband.${id}`;
  expect(contributes.commands).toContainEqual(expect.objectContaining({ command, enablement: 'isWorkspaceTrusted' }));
  const submenus = ofTree.flatMap(({ submenu }) => (submenu === undefined ? [] : (contributes.menus[submenu] ?? [])));
  expect([...ofTree, ...submenus].filter((entry) => entry.command === command)).toHaveLength(1);
});

test('what goes on from an earlier step of a job has no command', () => {
  const commands = JSON.stringify(contributions());
  const steps = operations.filter(({ followUp }) => followUp).map(({ id }) => id);
  expect(steps).toEqual(['power.restore']);
  expect(steps.filter((id) => commands.includes(`sideband.${id}"`))).toEqual([]);
});

test('an operation is offered on groups and on computers that a technology of its ways reaches', () => {
  const entry = ofTree.find(({ command }) => command === 'sideband.power.off');
  const items = [
    'computer ipmi',
    'computer amt ipmi wantsPassword',
    'group',
    'computer',
    'computer snmp',
    'computer ipmi node',
    'result',
  ];
  expect(items.map((item) => fits(entry, item))).toEqual([true, true, true, false, false, true, false]);
});

test('what is done every day is at hand, and the menu stays short enough to read', () => {
  const commands = ofTree.map(({ command }) => command);
  expect(commands.slice(0, 3)).toEqual(['sideband.power.on', 'sideband.power.off', 'sideband.power.reset']);
  const atTop = ofTree.filter((entry) => fits(entry, 'computer amt ipmi') && !entry.when.includes('wants'));
  expect(atTop.length).toBeLessThanOrEqual(20);
  expect(contributes.submenus.map(({ label }) => label)).toContain('Power');
});

test('every submenu is somewhere, and none is empty', () => {
  const used = new Set(ofTree.flatMap(({ submenu }) => submenu ?? []));
  expect(used).toEqual(new Set(contributes.submenus.map(({ id }) => id)));
  for (const id of used) expect(contributes.menus[id]?.length).toBeGreaterThan(1);
});

test('no command is there twice, for VS Code would not activate the extension', () => {
  const ids = contributes.commands.map(({ command }) => command);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('every command of a menu exists', () => {
  const known = new Set(contributes.commands.map(({ command }) => command));
  const used = Object.values(contributes.menus).flatMap((entries) => entries.flatMap(({ command }) => command ?? []));
  expect(used.filter((command) => !known.has(command))).toEqual([]);
});
