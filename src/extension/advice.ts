import * as vscode from 'vscode';
import type { ErrorReport } from '../base/errors';

const { t } = vscode.l10n;

/** What to do about an error, in the words of the editor where the general hint speaks of the command line. */
export function adviceFor({ code, hint }: ErrorReport): string {
  switch (code) {
    case 'auth.missing':
      return t('Enter the password by the command “Sideband: Enter Password…”.');
    case 'auth.rejected':
      return t('Enter the right password by the command “Sideband: Enter Password…”.');
    case 'tls.unknown':
      return t('Compare its fingerprint with the device’s by the command “Sideband: Trust Certificate…”.');
    case 'tls.changed':
      return t('Find out who replaced it, then use the command “Sideband: Trust Certificate…”.');
    case 'operation.timeout':
      return t('The computer took too long: look at it, then try again.');
    default:
      return hint;
  }
}

/** An error in one line, with what to do about it. */
export function sentence(error: ErrorReport): string {
  const { message } = error;
  return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${adviceFor(error)}`;
}
