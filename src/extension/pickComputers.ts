import * as vscode from 'vscode';
import { toSidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';
import type { FolderSession } from './folderSession';

const { t } = vscode.l10n;

/** Computers of one folder, with the engine that reaches them. */
export interface Selection {
  readonly session: FolderSession;
  readonly computers: readonly Computer[];
}

/** The computers of each folder. */
export function bySession(sessions: readonly FolderSession[], computers: readonly Computer[]): readonly Selection[] {
  return sessions
    .map((session) => ({ session, computers: computers.filter((computer) => session.has(computer)) }))
    .filter((selection) => selection.computers.length > 0);
}

/** The computers that targets name, in whatever folder. Throws `targets.invalid` or `targets.none` when no folder knows them. */
export function selectIn(sessions: readonly FolderSession[], targets: string): readonly Selection[] {
  const failures: unknown[] = [];
  const found: Selection[] = [];
  for (const session of sessions) {
    try {
      found.push({ session, computers: session.app.select(targets) });
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  if (found.length === 0 && failures.length > 0) throw toSidebandError(failures[0]);
  return found;
}

/**
 * Asks for computers: groups and names can be ticked, and targets can be typed. `suggested` is offered first, as one entry.
 * Nothing when the question is dismissed.
 */
export async function pickComputers(
  sessions: readonly FolderSession[],
  title: string,
  suggested: readonly Computer[],
): Promise<readonly Selection[] | undefined> {
  const targets = await pickTargets(sessions, { title, suggested });
  return targets === undefined ? undefined : selectIn(sessions, targets);
}

export interface TargetsQuestion {
  readonly title: string;
  /** Offered first, as one entry. */
  readonly suggested?: readonly Computer[];
  /** Offered before the others, one by one. */
  readonly first?: { readonly title: string; readonly computers: readonly Computer[] };
}

/** The same as one text, which matches something. */
export async function pickTargets(
  sessions: readonly FolderSession[],
  { title, suggested = [], first = { title: '', computers: [] } }: TargetsQuestion,
): Promise<string | undefined> {
  const selected = { label: t('Selected in the tree'), description: namesOf(suggested).join(', ') };
  const items: readonly vscode.QuickPickItem[] = [
    ...(suggested.length > 0 ? [selected] : []),
    ...(first.computers.length > 0 ? [separator(first.title), ...first.computers.map(itemOf), separator('')] : []),
    ...groupItems(sessions),
    separator(t('computers')),
    ...sessions.flatMap(({ app }) => app.fleet.computers.filter((one) => !first.computers.includes(one)).map(itemOf)),
  ];
  const targetsOf = (item: vscode.QuickPickItem | undefined): string =>
    item === selected ? namesOf(suggested).join(' ') : (item?.label ?? '');

  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.placeholder = t('Tick groups or computers, or type targets: lab-* !lab-07, node[001-050], site=oslo');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = items;
  return new Promise((resolve) => {
    pick.onDidChangeValue((value) => {
      const typed = value.trim();
      const isExpression = /[*@!=[\]&\s]|:\/\//.test(typed);
      pick.title = isExpression ? `${title}: ${describe(sessions, typed)}` : title;
    });
    pick.onDidAccept(() => {
      const ticked = pick.selectedItems.map(targetsOf).join(' ');
      // What is merely highlighted first does not count, for that may be all computers.
      const [highlighted] = pick.activeItems;
      const targets = ticked || pick.value.trim() || (highlighted === selected ? targetsOf(selected) : '');
      try {
        selectIn(sessions, targets);
        resolve(targets);
        pick.hide();
      } catch (thrown) {
        pick.title = `${title}: ${toSidebandError(thrown).message}`;
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function groupItems(sessions: readonly FolderSession[]): readonly vscode.QuickPickItem[] {
  const groups = sessions.flatMap(({ app }) => [...app.fleet.groups.keys()].map((name) => `@${name}`));
  return ['*', ...new Set(groups)].map((label) => ({ label, description: describe(sessions, label) }));
}

function itemOf({ name, host }: Computer): vscode.QuickPickItem {
  return { label: name, description: name === host ? '' : host };
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function describe(sessions: readonly FolderSession[], targets: string): string {
  try {
    const count = selectIn(sessions, targets).reduce((sum, { computers }) => sum + computers.length, 0);
    return count === 1 ? t('1 computer') : t('{0} computers', count);
  } catch (thrown) {
    return toSidebandError(thrown).message;
  }
}

function namesOf(computers: readonly Computer[]): readonly string[] {
  return computers.map(({ name }) => name);
}
