import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { Computer } from '../../fleet/computer';
import { Gather } from '../gather';
import { type Arrangement, arrange, type FleetSource } from './arrange';
import { ComputerItem } from './computerItem';
import { GroupItem, MoreItem } from './groupItem';
import { countShown } from './nodeFolder';
import { type BelowComputer, folderId, NodeFolderItem } from './nodeItems';

const pageSize = 200;
/** Items that one redraw may touch; the rest waits for the next. */
const mostItemsAtOnce = 500;

export type FleetItem = ComputerItem | GroupItem | MoreItem | BelowComputer;

/** The tree's contents: groups and pages of computers. Items are kept, so that a change redraws only what it touches. */
export class FleetTree implements Disposable {
  readonly #didChange: vscode.EventEmitter<FleetItem[] | undefined>;
  readonly #changes: Gather<Computer>;
  readonly #pages = new Map<string, number>();
  /** What the user has opened and closed, by the group's id. */
  readonly #expansions = new Map<string, boolean>();
  /** The computers and their folders that the user has opened, by the item's id. */
  readonly #opened = new Set<string>();
  #sources: readonly FleetSource[] = [];
  #arrangement: Arrangement;
  #root: GroupItem | undefined;
  #groupOf = new Map<Computer, GroupItem>();
  #items = new Map<Computer, ComputerItem>();

  constructor(arrangement: Arrangement, didChange: vscode.EventEmitter<FleetItem[] | undefined>) {
    this.#arrangement = arrangement;
    this.#didChange = didChange;
    this.#changes = new Gather((computers) => {
      this.#redraw(computers);
    });
  }

  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  /** The computers that are on the screen, or a scroll away from it. */
  get shown(): readonly Computer[] {
    return this.#shownIn(this.#tree);
  }

  /** How many computers the filter leaves. */
  get count(): number {
    return this.#tree.computers.length;
  }

  setSources(sources: readonly FleetSource[]): void {
    this.#sources = sources;
    this.#rebuild();
  }

  arrange(arrangement: Arrangement): void {
    this.#arrangement = arrangement;
    this.#pages.clear();
    this.#expansions.clear();
    this.#rebuild();
  }

  showMore(group: string): void {
    this.#pages.set(group, (this.#pages.get(group) ?? 1) + 1);
    this.#didChange.fire(undefined);
  }

  noteExpansion(item: FleetItem, expansion: 'open' | 'closed'): void {
    if (item instanceof GroupItem) this.#expansions.set(item.id, expansion === 'open');
    else if (item instanceof ComputerItem || item instanceof NodeFolderItem) {
      if (expansion === 'open') this.#opened.add(item.id);
      else this.#opened.delete(item.id);
    }
  }

  /** Call it with computers of which something new was seen. */
  see(computers: readonly Computer[]): void {
    this.#changes.add(...computers);
  }

  getChildren(parent: FleetItem = this.#tree): FleetItem[] {
    if (parent instanceof ComputerItem || parent instanceof NodeFolderItem) return [...parent.children];
    if (!(parent instanceof GroupItem)) return [];
    if (parent.groups) return [...parent.groups];
    const page = this.#pageOf(parent);
    const items: FleetItem[] = page.map((computer) => this.#item(computer, parent));
    const hidden = parent.computers.length - page.length;
    return hidden > 0 ? [...items, new MoreItem(parent.id, hidden, pageSize)] : items;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  get #tree(): GroupItem {
    if (this.#root) return this.#root;
    this.#root = arrange(this.#sources, this.#arrangement);
    this.#groupOf = new Map();
    this.#note(this.#root);
    return this.#root;
  }

  #note(group: GroupItem): void {
    if (group.groups) for (const inner of group.groups) this.#note(inner);
    else for (const computer of group.computers) this.#groupOf.set(computer, group);
  }

  #rebuild(): void {
    this.#root = undefined;
    this.#items = new Map();
    this.#didChange.fire(undefined);
  }

  #isOpen(group: GroupItem): boolean {
    return group === this.#root || (this.#expansions.get(group.id) ?? group.expanded);
  }

  #shownIn(group: GroupItem): readonly Computer[] {
    if (!this.#isOpen(group)) return [];
    return group.groups ? group.groups.flatMap((inner) => this.#shownIn(inner)) : this.#pageOf(group);
  }

  /** Fires once for all, groups before what is in them, and leaves to the next time what would be too much at once. */
  #redraw(computers: ReadonlySet<Computer>): void {
    const byGroup = new Map<GroupItem, Computer[]>();
    for (const computer of computers) {
      this.#items.get(computer)?.update();
      const group = this.#groupOf.get(computer);
      if (!group) continue;
      const members = byGroup.get(group);
      if (members) members.push(computer);
      else byGroup.set(group, [computer]);
    }
    const changed: FleetItem[] = [];
    let touched = 0;
    const fits = (count: number): boolean => touched === 0 || touched + count <= mostItemsAtOnce;
    for (const [group, members] of byGroup) {
      const isOpen = this.#isOpen(group);
      const most = isOpen ? 1 + this.#countIn(group) : 1;
      if (!fits(most)) {
        this.#changes.add(...members);
      } else if (group !== this.#root && group.update()) {
        changed.push(group);
        touched += most;
      } else if (isOpen) {
        for (const item of members.flatMap((computer) => this.#items.get(computer) ?? [])) {
          const count = this.#countOf(item);
          if (fits(count)) {
            changed.push(item);
            touched += count;
          } else this.#changes.add(item.computer);
        }
      }
    }
    if (changed.length > 0) this.#didChange.fire(changed);
  }

  /** How many items of an open group's page VS Code asks for. */
  #countIn(group: GroupItem): number {
    const page = this.#pageOf(group);
    if (this.#opened.size === 0) return page.length;
    return page.reduce((sum, computer) => {
      const item = this.#items.get(computer);
      return sum + (item ? this.#countOf(item) : 1);
    }, 0);
  }

  /** The item and what is open below it: VS Code asks for all of these when the item changes. */
  #countOf({ id, nodes }: ComputerItem): number {
    if (!this.#opened.has(id)) return 1;
    return 1 + countShown(nodes, (folder) => this.#opened.has(folderId(id, folder)));
  }

  #pageOf({ id, computers }: GroupItem): readonly Computer[] {
    return computers.slice(0, pageSize * (this.#pages.get(id) ?? 1));
  }

  #item(computer: Computer, group: GroupItem): ComputerItem {
    let item = this.#items.get(computer);
    if (!item) this.#items.set(computer, (item = new ComputerItem(computer, group.id)));
    return item;
  }
}
