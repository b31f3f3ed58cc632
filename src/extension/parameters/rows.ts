import * as vscode from 'vscode';
import type { Mistakes, Values } from './check';
import { leaveOutButton } from './edit';
import type { Field } from './fields';
import { givenTexts, stateText } from './valueText';

const { t } = vscode.l10n;

/** One row of the list of parameters. */
export interface Row extends vscode.QuickPickItem {
  /** What the row is for; absent: a separator. */
  readonly does?: 'continue' | Field;
}

/** The rows: to go on, the usual parameters, the advanced ones. */
export function rowsOf(fields: readonly Field[], values: Values, mistakes: Mistakes | undefined): readonly Row[] {
  const rowOf = (field: Field): Row => fieldRow(field, values, mistakes?.ofFields.get(field.name));
  const advanced = fields.filter(({ isAdvanced }) => isAdvanced);
  return [
    continueRow(fields, values, mistakes),
    separator(t('parameters')),
    ...fields.filter(({ isAdvanced }) => !isAdvanced).map(rowOf),
    ...(advanced.length > 0 ? [separator(t('advanced'))] : []),
    ...advanced.map(rowOf),
  ];
}

function continueRow(fields: readonly Field[], values: Values, mistakes: Mistakes | undefined): Row {
  const given = givenTexts(fields, values).join(', ');
  const wrong = mistakes && wrongText(mistakes);
  return {
    label: `$(arrow-right) ${t('Continue')}`,
    description: wrong === undefined ? plain(given || t('with nothing given')) : `$(error) ${wrong}`,
    does: 'continue',
  };
}

function wrongText({ ofFields, ofAll }: Mistakes): string {
  if (ofAll !== undefined) return ofAll;
  return ofFields.size === 1
    ? t('1 parameter is to be corrected')
    : t('{0} parameters are to be corrected', ofFields.size);
}

function fieldRow(field: Field, values: Values, mistake: string | undefined): Row {
  const isGiven = field.name in values;
  const icon = mistake !== undefined ? '$(error) ' : isGiven ? '$(pass-filled) ' : '';
  const state = plain(stateText(field, values));
  return {
    label: icon + field.label,
    description: mistake === undefined ? state : `${state} · ${plain(mistake)}`,
    detail: field.description,
    buttons: isGiven && !field.isRequired ? [leaveOutButton(field)] : [],
    does: field,
  };
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** What somebody typed is no icon. */
function plain(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
