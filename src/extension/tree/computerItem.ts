import * as vscode from 'vscode';
import type { ErrorCode } from '../../base/errorCodes';
import type { Computer, PowerState } from '../../fleet/computer';
import { offeredNodes } from '../../jobs/offeredNodes';
import { adviceFor } from '../advice';
import { ago } from '../ago';
import { arrangeNodes, type NodeFolder } from './nodeFolder';
import { type BelowComputer, itemsOf, kindsOf } from './nodeItems';

const { t } = vscode.l10n;
const staleMs = 2 * 60_000;

const powerIcons: Readonly<Record<PowerState, vscode.ThemeIcon>> = {
  on: new vscode.ThemeIcon('vm-running', new vscode.ThemeColor('charts.green')),
  off: new vscode.ThemeIcon('vm-outline', new vscode.ThemeColor('disabledForeground')),
  sleeping: new vscode.ThemeIcon('vm-outline', new vscode.ThemeColor('charts.blue')),
  unknown: new vscode.ThemeIcon('vm'),
};
const problemIcon = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
const trustIcon = new vscode.ThemeIcon('shield', new vscode.ThemeColor('list.warningForeground'));
/** With a command a click opens nothing: who selects many computers would open them all. The arrow beside it does. */
const selectOnly: vscode.Command = { command: 'sideband.select', title: '' };
const passwordIcon = new vscode.ThemeIcon('key', new vscode.ThemeColor('list.warningForeground'));

/** A computer in the tree. Its looks come from what was last seen of it. */
export class ComputerItem extends vscode.TreeItem {
  override readonly id: string;
  readonly computer: Computer;
  #children: readonly BelowComputer[] | undefined;

  constructor(computer: Computer, group: string) {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    super(computer.name, offeredNodes(computer).length > 0 ? Collapsed : None);
    this.computer = computer;
    this.id = `${group}/${computer.name}`;
    this.command = selectOnly;
    this.update();
  }

  /** Its nodes, in folders. Made when it is first opened. */
  get children(): readonly BelowComputer[] {
    return (this.#children ??= itemsOf(this.computer, this.nodes, this.id));
  }

  get nodes(): NodeFolder {
    return arrangeNodes(offeredNodes(this.computer));
  }

  update(): void {
    const { computer } = this;
    const words = describeSeen(computer);
    this.contextValue = flagsOf(computer).join(' ');
    this.iconPath = iconOf(computer);
    this.description = words;
    this.accessibilityInformation = { label: words === '' ? computer.name : `${computer.name}, ${words}` };
    delete this.tooltip;
  }

  /** Made when it is asked for: most items are never hovered over. */
  resolveTooltip(): void {
    this.tooltip = tooltipOf(this.computer);
  }
}

/** What menus ask about: `computer`, a word for each technology, and what its problem calls for. */
function flagsOf({ accesses, seen }: Computer): readonly string[] {
  return [...kindsOf({ accesses }), ...wantsOf(seen.problem?.code)];
}

function wantsOf(code: ErrorCode | undefined): readonly string[] {
  if (code === 'auth.missing' || code === 'auth.rejected') return ['wantsPassword'];
  return code === 'tls.unknown' || code === 'tls.changed' ? ['wantsTrust'] : [];
}

function iconOf({ seen: { power = 'unknown', problem } }: Computer): vscode.ThemeIcon {
  if (!problem) return powerIcons[power];
  if (problem.code === 'auth.missing') return passwordIcon;
  return problem.code === 'tls.unknown' || problem.code === 'tls.changed' ? trustIcon : problemIcon;
}

/** What is known of a computer, in a few words. */
export function describeSeen({ name, seen, accesses }: Computer): string {
  const { power, at, problem } = seen;
  if (accesses.length === 0) return t('no technology reaches it');
  if (!vscode.workspace.isTrusted) return t('not asked');
  if (problem) {
    if (problem.code === 'auth.missing') return t('password missing');
    if (problem.code === 'tls.unknown') return t('certificate not known');
    if (problem.code === 'tls.changed') return t('certificate has changed');
    const why = withoutName(problem.message, name);
    return problem.code.startsWith('connect.') || problem.code === 'dns.failed' ? t('no answer: {0}', why) : why;
  }
  if (power === undefined) return '';
  return at !== undefined && Date.now() - at > staleMs ? t('{0} · seen {1}', power, ago(at)) : power;
}

/** A message without the computer's name at its beginning, where the name stands beside it. */
export function withoutName(message: string, name: string): string {
  return message.startsWith(name) ? message.slice(name.length).replace(/^[:\s]+/, '') : message;
}

function tooltipOf(computer: Computer): vscode.MarkdownString {
  const { name, host, profile, accesses, tags, seen } = computer;
  const text = new vscode.MarkdownString('', true);
  const paragraph = (words: string): void => {
    text.appendMarkdown('\n\n').appendText(words);
  };
  text.appendText(name === host ? name : `${name} · ${host}`);
  const technologies = accesses.map(({ technology, port }) => `${technology}${port === undefined ? '' : `:${port}`}`);
  if (profile !== undefined) paragraph(t('Profile {0}: {1}', profile, technologies.join(', ')));
  const words = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  if (words.length > 0) paragraph(words.join(' · '));
  for (const { technology } of accesses) {
    const offers = seen.offers?.[technology];
    if (offers !== undefined) paragraph(`${technology}: ${offers}`);
  }
  if (seen.power !== undefined && seen.at !== undefined) paragraph(t('Power {0}, seen {1}', seen.power, ago(seen.at)));
  if (seen.problem) {
    paragraph(`${withoutName(seen.problem.message, name)} (${seen.problem.code})`);
    paragraph(adviceFor(seen.problem));
  }
  return text;
}
