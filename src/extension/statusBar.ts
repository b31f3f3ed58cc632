import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables';
import type { Fleet } from '../fleet/fleet';
import { Gather } from './gather';

/** How many computers are on, off or silent, of those that were asked. */
export class StatusBar implements Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #changes = new Gather<Fleet>(([fleet]) => {
    if (fleet) this.#draw(fleet);
  });

  constructor() {
    this.#item = vscode.window.createStatusBarItem('sideband.status', vscode.StatusBarAlignment.Left);
    this.#item.name = 'Sideband';
    this.#item.command = 'sideband.computers.focus';
  }

  update(fleet: Fleet): void {
    this.#changes.add(fleet);
  }

  dispose(): void {
    this.#changes.dispose();
    this.#item.dispose();
  }

  #draw({ computers }: Fleet): void {
    if (computers.length === 0) {
      this.#item.hide();
      return;
    }
    let [on, off, silent] = [0, 0, 0];
    for (const { seen } of computers) {
      if (seen.problem) silent++;
      else if (seen.power === 'on') on++;
      else if (seen.power === 'off') off++;
    }
    const parts = [`${on} on`, `${off} off`];
    if (silent > 0) parts.push(`${silent} silent`);
    this.#item.text = `$(server) ${parts.join(' · ')}`;
    this.#item.tooltip = `Sideband: ${computers.length} computers`;
    this.#item.show();
  }
}
