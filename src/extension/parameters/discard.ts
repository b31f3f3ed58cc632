import * as vscode from 'vscode';
import type { Values } from './check';
import { type Field, isTyped } from './fields';
import { givenTexts } from './valueText';

const { t } = vscode.l10n;

/** Whether what was entered may be lost. Nobody is asked when that is no more than the answers to required choices. */
export async function mayDiscard(title: string, fields: readonly Field[], values: Values): Promise<boolean> {
  const lost = givenTexts(
    fields.filter((field) => !field.isRequired || isTyped(field)),
    values,
  );
  if (lost.length === 0) return true;
  const discard = t('Discard');
  const question = t('{0}: discard what was entered?', title);
  return (
    (await vscode.window.showWarningMessage(question, { modal: true, detail: lost.join('\n') }, discard)) === discard
  );
}
