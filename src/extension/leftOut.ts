import * as vscode from 'vscode';

const { t } = vscode.l10n;
const namedAtMost = 3;

/** Says who is not done again, with the reason; the same of several computers once. */
export function sayWhoIsLeft(
  title: string,
  left: readonly { readonly computer: string; readonly reason: string }[],
): void {
  const byReason = new Map<string, string[]>();
  for (const { computer, reason } of left) byReason.set(reason, [...(byReason.get(reason) ?? []), computer]);
  for (const [reason, names] of byReason) {
    const more = names.length > namedAtMost ? t(' and {0} more', names.length - namedAtMost) : '';
    const who = names.slice(0, namedAtMost).join(', ') + more;
    void vscode.window.showWarningMessage(t('{0}: {1} left out: {2}.', title, who, reason));
  }
}
