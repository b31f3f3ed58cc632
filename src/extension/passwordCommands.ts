import * as vscode from 'vscode';
import type { SecretKey } from '../base/secret';
import type { Computer } from '../fleet/computer';
import type { Workbench } from './workbench';

/** Lets the user choose among the logins of the computers, or of all; a single one needs no question. */
export async function choosePassword(
  { computers: all }: Workbench,
  chosen: readonly Computer[] | undefined,
  title: string,
  act: (key: SecretKey) => Promise<void>,
): Promise<void> {
  const logins = new Map<string, { readonly key: SecretKey; count: number }>();
  for (const { profile, accesses } of chosen ?? all) {
    if (profile === undefined) continue;
    for (const { technology } of accesses) {
      const label = `${profile} (${technology})`;
      const login = logins.get(label) ?? { key: { profile, technology }, count: 0 };
      login.count++;
      logins.set(label, login);
    }
  }
  const items = [...logins].map(([label, { key, count }]) => ({
    label,
    description: vscode.l10n.t('{0} computers', count),
    key,
  }));
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title });
  if (picked) await act(picked.key);
}
