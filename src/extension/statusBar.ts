import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables';
import type { Computer } from '../fleet/computer';
import { Gather } from './gather';

const { t } = vscode.l10n;

/** How many computers are on, off or neither, of those that were asked. Absent without a fleet. */
export class StatusBar implements Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #changes = new Gather<'states'>(() => {
    this.#draw();
  });
  readonly #computers: () => readonly Computer[];

  constructor(computers: () => readonly Computer[]) {
    this.#computers = computers;
    this.#item = vscode.window.createStatusBarItem('sideband.status', vscode.StatusBarAlignment.Left);
    this.#item.name = 'Sideband';
  }

  update(): void {
    this.#changes.add('states');
  }

  dispose(): void {
    this.#changes.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const computers = this.#computers();
    if (computers.length === 0) {
      this.#item.hide();
      return;
    }
    let [on, off, unclear, asked, lacksPassword] = [0, 0, 0, 0, false];
    for (const { seen } of computers) {
      if (seen.power === undefined && !seen.problem) continue;
      asked++;
      lacksPassword ||= seen.problem?.code === 'auth.missing';
      if (seen.problem) unclear++;
      else if (seen.power === 'on') on++;
      else if (seen.power === 'off') off++;
      else unclear++;
    }
    const parts = [t('{0} on', on), t('{0} off', off)];
    if (unclear > 0) parts.push(`${unclear} ?`);
    this.#item.text = `$(server) ${asked === 0 ? computers.length : parts.join(' · ')}${lacksPassword ? ' $(key)' : ''}`;
    this.#item.tooltip = lacksPassword
      ? t('Sideband: a password is missing. Click to enter it.')
      : t('Sideband: {0} of {1} computers were asked', asked, computers.length);
    this.#item.command = lacksPassword ? 'sideband.setPassword' : 'sideband.computers.focus';
    this.#item.accessibilityInformation = { label: `Sideband: ${parts.join(', ')}` };
    this.#item.show();
  }
}
