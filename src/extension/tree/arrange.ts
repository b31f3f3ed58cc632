import * as vscode from 'vscode';
import { toSidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import { GroupItem } from './groupItem';

const { t } = vscode.l10n;
/** With more computers than this, groups begin closed. */
const openUpTo = 200;

/** How the tree is arranged: by a tag, by `profile`, or not at all (empty). */
export interface Arrangement {
  readonly groupBy: string;
  /** Targets, or a part of the name; empty for all. */
  readonly filter: string;
}

/** The computers of one folder. */
export interface FleetSource {
  readonly folder: string;
  readonly title: string;
  readonly computers: readonly Computer[];
  /** The computers of a targets expression. Throws when it is not one. */
  select(targets: string): readonly Computer[];
}

/** Groups computers; with several folders each is a group of groups. The outermost group is the tree itself. */
export function arrange(sources: readonly FleetSource[], { groupBy, filter }: Arrangement): GroupItem {
  const filtered = sources.map((source) => ({ source, computers: filterComputers(source, filter) }));
  const all = filtered.flatMap(({ computers }) => computers);
  const expanded = all.length <= openUpTo;
  const folders = filtered.map(({ source: { folder, title }, computers }) => {
    const groups = groupBy === '' ? undefined : groupComputers(computers, { groupBy, prefix: folder, expanded });
    return new GroupItem({ id: folder, title, computers, expanded: true, ...(groups && { groups }) });
  });
  const [only] = folders;
  if (folders.length === 1 && only) return only;
  return new GroupItem({ id: '', title: '', computers: all, groups: folders, expanded: true });
}

function groupComputers(
  computers: readonly Computer[],
  { groupBy, prefix, expanded }: { readonly groupBy: string; readonly prefix: string; readonly expanded: boolean },
): readonly GroupItem[] {
  const byTitle = new Map<string, Computer[]>();
  for (const computer of computers) {
    const title = (groupBy === 'profile' ? computer.profile : computer.tags[groupBy]) ?? t('no {0}', groupBy);
    const members = byTitle.get(title);
    if (members) members.push(computer);
    else byTitle.set(title, [computer]);
  }
  return [...byTitle]
    .toSorted(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }))
    .map(
      ([title, members]) => new GroupItem({ id: `${prefix}/${groupBy}/${title}`, title, computers: members, expanded }),
    );
}

/** A word that names nobody is a part of names. */
function filterComputers({ computers, ...source }: FleetSource, filter: string): readonly Computer[] {
  if (filter === '') return computers;
  const part = filter.toLowerCase();
  const named = (): readonly Computer[] => computers.filter(({ name }) => name.toLowerCase().includes(part));
  try {
    const known = new Set(computers);
    return source.select(filter).filter((computer) => known.has(computer));
  } catch (thrown) {
    return toSidebandError(thrown).code === 'targets.none' ? [] : named();
  }
}
