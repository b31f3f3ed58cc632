import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Computer } from '../../../src/fleet/computer';
import { ComputerItem } from '../../../src/extension/tree/computerItem';
import { type FleetItem, FleetTree } from '../../../src/extension/tree/fleetTree';
import { GroupItem, MoreItem } from '../../../src/extension/tree/groupItem';
import { SidebandError } from '../../../src/base/errors';
import { fakeComputer } from '../../fakes/technology';
import { EventEmitter as FakeEmitter, fake, resetFake } from '../../fakes/vscode';

beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const sites = ['oslo', 'berlin', 'rack10', 'rack9'];

function makeComputers(count: number): Computer[] {
  return Array.from({ length: count }, (_, index) =>
    fakeComputer(`node${String(index).padStart(5, '0')}`, ['ipmi'], { site: sites[index % sites.length] ?? '' }),
  );
}

function source(computers: readonly Computer[], folder = '/fleets') {
  return {
    folder,
    title: folder.slice(1),
    computers,
    select: (targets: string) => {
      if (targets === 'none-*') throw new SidebandError('targets.none', 'nothing');
      if (targets !== 'even') throw new SidebandError('targets.invalid', 'not an expression');
      return computers.filter((_, index) => index % 2 === 0);
    },
  };
}

function makeTree(computers: readonly Computer[], groupBy = 'site') {
  const emitter = new FakeEmitter<FleetItem[] | undefined>();
  const fired: (FleetItem[] | undefined)[] = [];
  emitter.event((items) => fired.push(items));
  const tree = new FleetTree({ groupBy, filter: '' }, emitter);
  tree.setSources([source(computers)]);
  fired.length = 0;
  return { tree, fired };
}

const labels = (items: readonly FleetItem[]): unknown[] => items.map(({ label }) => label);

test('computers are grouped by a tag, in natural order, with counts in words', () => {
  const { tree } = makeTree(makeComputers(8));
  const groups = tree.getChildren();
  expect(labels(groups)).toEqual(['berlin', 'oslo', 'rack9', 'rack10']);
  expect(groups[0]?.description).toBe('0 of 2 on');
  expect(labels(tree.getChildren(groups[0]))).toEqual(['node00001', 'node00005']);
});

test('computers without the tag share a group, and no grouping gives a flat list', () => {
  const { tree } = makeTree([...makeComputers(1), fakeComputer('lone', ['ipmi'])]);
  expect(labels(tree.getChildren())).toEqual(['no site', 'oslo']);
  tree.arrange({ groupBy: '', filter: '' });
  expect(labels(tree.getChildren())).toEqual(['node00000', 'lone']);
  tree.arrange({ groupBy: 'profile', filter: '' });
  expect(labels(tree.getChildren())).toEqual(['lab']);
});

test('several folders are groups of groups', () => {
  const { tree } = makeTree([]);
  const [one, two] = [makeComputers(4), makeComputers(2)];
  tree.setSources([source(one, '/one'), source(two, '/two')]);
  const folders = tree.getChildren();
  expect(labels(folders)).toEqual(['one', 'two']);
  expect(labels(tree.getChildren(folders[1]))).toEqual(['berlin', 'oslo']);
  expect(tree.shown).toHaveLength(6);
});

test('more than 200 children come in pages', () => {
  const { tree } = makeTree(makeComputers(450), '');
  const first = tree.getChildren();
  expect(first).toHaveLength(201);
  expect(first.at(-1)).toBeInstanceOf(MoreItem);
  expect(first.at(-1)).toMatchObject({ label: 'Show 200 more…', description: '250 not shown' });
  tree.showMore(String(first.at(-1)?.command?.arguments?.[0]));
  expect(tree.getChildren()).toHaveLength(401);
  tree.showMore('/fleets');
  expect(tree.getChildren()).toHaveLength(450);
});

test('a filter is targets, or else a part of the name', () => {
  const { tree } = makeTree(makeComputers(4), '');
  tree.arrange({ groupBy: '', filter: 'even' });
  expect(labels(tree.getChildren())).toEqual(['node00000', 'node00002']);
  tree.arrange({ groupBy: '', filter: 'NODE00003' });
  expect(labels(tree.getChildren())).toEqual(['node00003']);
  tree.arrange({ groupBy: '', filter: 'none-*' });
  expect(tree.getChildren()).toEqual([]);
  expect(tree.count).toBe(0);
});

test('of a large fleet only opened groups are shown, and a reload keeps them open', () => {
  const computers = makeComputers(1000);
  const { tree } = makeTree(computers);
  const [berlin, oslo] = tree.getChildren() as GroupItem[];
  expect(tree.shown).toEqual([]);
  tree.noteExpansion(oslo!, 'open');
  expect(tree.shown).toHaveLength(200);
  tree.setSources([source(makeComputers(1000))]);
  expect(tree.shown).toHaveLength(200);
  tree.noteExpansion(berlin!, 'open');
  tree.noteExpansion(oslo!, 'closed');
  expect(new Set(tree.shown.map(({ site }) => site))).toEqual(new Set(['berlin']));
});

test('what is seen redraws its item and nothing else, gathered into one event', () => {
  const computers = makeComputers(8);
  const { tree, fired } = makeTree(computers, '');
  tree.getChildren();
  for (const computer of computers.slice(0, 3)) {
    computer.see({ power: 'on', at: Date.now() });
    tree.see([computer]);
  }
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(fired.map((items) => labels(items ?? []))).toEqual([['node00000', 'node00001', 'node00002']]);
  expect(fired[0]?.[0]?.description).toBe('on');
});

test('a closed group is redrawn alone when its counts change', () => {
  const computers = makeComputers(1000);
  const { tree, fired } = makeTree(computers);
  const [, oslo] = tree.getChildren();
  computers[0]?.see({ power: 'on', at: Date.now() });
  tree.see(computers.slice(0, 1));
  vi.advanceTimersByTime(250);
  expect(fired).toEqual([[oslo]]);
  expect(oslo?.description).toBe('1 of 250 on');
});

test('a burst over 10,000 open computers touches at most 500 items an event and fires at most five times a second', () => {
  const computers = makeComputers(10_000);
  const { tree, fired } = makeTree(computers);
  for (const group of tree.getChildren()) {
    tree.noteExpansion(group, 'open');
    tree.getChildren(group);
  }
  for (const computer of computers) computer.see({ power: 'on', at: Date.now() });
  tree.see(computers);
  vi.advanceTimersByTime(1000);
  const touched = fired.map((items) =>
    (items ?? []).reduce((sum, item) => sum + (item instanceof GroupItem ? 1 + tree.getChildren(item).length : 1), 0),
  );
  expect(fired.length).toBeGreaterThan(1);
  expect(fired.length).toBeLessThanOrEqual(5);
  expect(Math.max(...touched)).toBeLessThanOrEqual(500);
  expect(new Set(fired.flatMap((items) => labels(items ?? [])))).toEqual(new Set(sites));
});

/** Everything that VS Code asks for again when items change, for it knows what is open below them. */
function countAsked(tree: FleetTree, items: readonly FleetItem[], isOpen: (item: FleetItem) => boolean): number {
  return items.reduce(
    (sum, item) => sum + 1 + (isOpen(item) ? countAsked(tree, tree.getChildren(item), isOpen) : 0),
    0,
  );
}

test('below a computer are its nodes in folders; a node says what it comes from and opens with a click', () => {
  const { tree } = makeTree(makeComputers(1), '');
  const [computer] = tree.getChildren();
  expect(computer?.collapsibleState).toBe(1);
  const folders = tree.getChildren(computer);
  expect(labels(folders).slice(0, 3)).toEqual(['General', 'Hardware', 'Sensors']);
  const hardware = folders.find(({ label }) => label === 'Hardware')!;
  const motherboard = tree.getChildren(hardware).find(({ label }) => label === 'Motherboard');
  expect(motherboard).toMatchObject({ description: 'IPMI', contextValue: 'computer ipmi node', collapsibleState: 0 });
  expect(motherboard?.command).toMatchObject({ command: 'sideband.openNode', arguments: [motherboard] });
  expect(tree.getChildren(motherboard)).toEqual([]);
});

test('items of nodes have ids of their own, and are kept for the next time', () => {
  const { tree } = makeTree(makeComputers(2), '');
  const all = (item?: FleetItem): FleetItem[] => tree.getChildren(item).flatMap((one) => [one, ...all(one)]);
  const items = all();
  expect(items.length).toBeGreaterThan(20);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  expect(all()).toEqual(items);
});

test('a computer that no technology reaches cannot be opened', () => {
  const { tree } = makeTree([fakeComputer('lone', [])], '');
  expect(tree.getChildren()[0]?.collapsibleState).toBe(0);
});

test('a burst over computers that are opened with all their folders touches at most 500 items an event, too', () => {
  const computers = makeComputers(200);
  const { tree, fired } = makeTree(computers, '');
  const opened = new Set<FleetItem>();
  for (const item of tree.getChildren()) {
    for (const one of [item, ...tree.getChildren(item)]) {
      opened.add(one);
      tree.noteExpansion(one, 'open');
    }
  }
  for (const computer of computers) computer.see({ power: 'on', at: Date.now() });
  tree.see(computers);
  vi.advanceTimersByTime(10_000);
  const touched = fired.map((items) => countAsked(tree, items ?? [], (item) => opened.has(item)));
  expect(Math.max(...touched)).toBeLessThanOrEqual(500);
  expect(Math.max(...touched)).toBeGreaterThan(400);
  expect(new Set(fired.flatMap((items) => labels(items ?? []))).size).toBe(200);
});

test('a group whose counts change waits when what is open below it is too much at once', () => {
  const computers = makeComputers(80);
  const { tree, fired } = makeTree(computers);
  const opened = new Set<FleetItem>(tree.getChildren());
  for (const group of tree.getChildren()) {
    for (const item of tree.getChildren(group)) {
      opened.add(item);
      tree.noteExpansion(item, 'open');
    }
  }
  for (const computer of computers) computer.see({ power: 'on', at: Date.now() });
  tree.see(computers);
  vi.advanceTimersByTime(10_000);
  const touched = fired.map((items) => countAsked(tree, items ?? [], (item) => opened.has(item)));
  expect(touched.length).toBeGreaterThan(1);
  expect(Math.max(...touched)).toBeLessThanOrEqual(500);
});

test('ten thousand computers that can be opened are made as fast as ever: what is below them is not made', () => {
  const computers = makeComputers(10_000);
  const { tree } = makeTree(computers, '');
  for (let page = 1; page < 50; page++) tree.showMore('/fleets');
  const begun = performance.now();
  expect(tree.getChildren()).toHaveLength(10_000);
  expect(performance.now() - begun).toBeLessThan(500);
});

test('before trust nothing is claimed about a computer', () => {
  fake.trusted = false;
  const { tree } = makeTree(makeComputers(1));
  const [group] = tree.getChildren();
  expect(group?.description).toBe('1 computer');
  const [item] = tree.getChildren(group);
  expect(item).toBeInstanceOf(ComputerItem);
  expect(item?.description).toBe('not asked');
});
