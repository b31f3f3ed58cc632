import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposables';
import type { Computer } from '../../fleet/computer';
import { Gather } from '../gather';
import { type Arrangement, arrange, type FleetSource } from './arrange';
import { ComputerItem } from './computerItem';
import { GroupItem, MoreItem } from './groupItem';

const pageSize = 200;
/** Items that one redraw may touch; the rest waits for the next. */
const mostItemsAtOnce = 500;

export type FleetItem = ComputerItem | GroupItem | MoreItem;

/** The tree's contents: groups and pages of computers. Items are kept, so that a change redraws only what it touches. */
export class FleetTree implements Disposable {
  readonly #didChange: vscode.EventEmitter<FleetItem[] | undefined>;
  readonly #changes: Gather<Computer>;
  readonly #pages = new Map<string, number>();
  /** What the user has opened and closed, by the group's id. */
  readonly #expansions = new Map<string, boolean>();
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
  }

  /** Call it with computers of which something new was seen. */
  see(computers: readonly Computer[]): void {
    this.#changes.add(...computers);
  }

  getChildren(parent: FleetItem = this.#tree): FleetItem[] {
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
    for (const [group, members] of byGroup) {
      const isOpen = this.#isOpen(group);
      const most = isOpen ? 1 + this.#pageOf(group).length : 1;
      if (touched > 0 && touched + most > mostItemsAtOnce) {
        this.#changes.add(...members);
        continue;
      }
      if (group !== this.#root && group.update()) {
        changed.push(group);
        touched += most;
      } else if (isOpen) {
        const items = members.flatMap((computer) => this.#items.get(computer) ?? []);
        const now = items.slice(0, mostItemsAtOnce - touched);
        this.#changes.add(...items.slice(now.length).map(({ computer }) => computer));
        changed.push(...now);
        touched += now.length;
      }
    }
    if (changed.length > 0) this.#didChange.fire(changed);
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
