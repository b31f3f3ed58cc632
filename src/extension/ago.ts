import * as vscode from 'vscode';

const { t } = vscode.l10n;

/** How long ago something was, given in milliseconds as of `Date.now()`: `2 h ago`. */
export function ago(at: number): string {
  const seconds = Math.max(0, Math.round((Date.now() - at) / 1000));
  if (seconds < 60) return t('{0} s ago', seconds);
  if (seconds < 3600) return t('{0} min ago', Math.round(seconds / 60));
  return seconds < 86_400
    ? t('{0} h ago', Math.round(seconds / 3600))
    : t('{0} days ago', Math.round(seconds / 86_400));
}
