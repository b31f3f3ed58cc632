import * as vscode from 'vscode';
import type { Computer, PowerState } from '../../fleet/computer';
import { adviceFor } from '../advice';

const { t } = vscode.l10n;
const staleMs = 2 * 60_000;

const powerIcons: Readonly<Record<PowerState, vscode.ThemeIcon>> = {
  on: new vscode.ThemeIcon('vm-running', new vscode.ThemeColor('charts.green')),
  off: new vscode.ThemeIcon('vm-outline', new vscode.ThemeColor('disabledForeground')),
  sleeping: new vscode.ThemeIcon('vm-outline', new vscode.ThemeColor('charts.blue')),
  unknown: new vscode.ThemeIcon('vm'),
};
const problemIcon = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
const passwordIcon = new vscode.ThemeIcon('key', new vscode.ThemeColor('list.warningForeground'));

/** A computer in the tree. Its looks come from what was last seen of it. */
export class ComputerItem extends vscode.TreeItem {
  readonly computer: Computer;

  constructor(computer: Computer, group: string) {
    super(computer.name, vscode.TreeItemCollapsibleState.None);
    this.computer = computer;
    this.id = `${group}/${computer.name}`;
    this.update();
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
  const code = seen.problem?.code;
  const wantsPassword = code === 'auth.missing' || code === 'auth.rejected';
  return ['computer', ...accesses.map(({ technology }) => technology), ...(wantsPassword ? ['wantsPassword'] : [])];
}

function iconOf({ seen: { power = 'unknown', problem } }: Computer): vscode.ThemeIcon {
  if (problem) return problem.code === 'auth.missing' ? passwordIcon : problemIcon;
  return powerIcons[power];
}

/** What is known of a computer, in a few words. */
export function describeSeen({ name, seen, accesses }: Computer): string {
  const { power, at, problem } = seen;
  if (accesses.length === 0) return t('no technology reaches it');
  if (!vscode.workspace.isTrusted) return t('not asked');
  if (problem) {
    if (problem.code === 'auth.missing') return t('password missing');
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
  if (seen.power !== undefined && seen.at !== undefined) paragraph(t('Power {0}, seen {1}', seen.power, ago(seen.at)));
  if (seen.problem) {
    paragraph(`${withoutName(seen.problem.message, name)} (${seen.problem.code})`);
    paragraph(adviceFor(seen.problem));
  }
  return text;
}

function ago(at: number): string {
  const seconds = Math.max(0, Math.round((Date.now() - at) / 1000));
  if (seconds < 60) return t('{0} s ago', seconds);
  if (seconds < 3600) return t('{0} min ago', Math.round(seconds / 60));
  return seconds < 86_400
    ? t('{0} h ago', Math.round(seconds / 3600))
    : t('{0} days ago', Math.round(seconds / 86_400));
}
