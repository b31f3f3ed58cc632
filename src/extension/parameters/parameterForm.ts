import * as vscode from 'vscode';
import { showList } from '../quickInput';
import { type Mistakes, mistakesIn, type Values, withValue } from './check';
import { mayDiscard } from './discard';
import { editField } from './editField';
import type { Field } from './fields';
import { askForFile } from './fromFile';
import { type Row, rowsOf } from './rows';
import type { Subject } from './subject';

const { t } = vscode.l10n;

export interface FormOptions {
  readonly subject: Subject;
  readonly fields: readonly Field[];
  /** What was given so far. */
  readonly values: Values;
  /** Whether mistakes are told at once; otherwise when the user tries to go on. */
  readonly tellsMistakes: boolean;
  /** Whether there is a question before it to go back to. */
  readonly canGoBack: boolean;
}

export type FormAnswer =
  | { readonly kind: 'done' | 'back'; readonly values: Values }
  /** And the user knows what is lost. */
  | { readonly kind: 'dismissed' };

/**
 * Shows all parameters in one list with what will be sent, lets each be edited, and ends with values that the whole schema
 * takes. Remembers nothing for the next time.
 */
export async function askByForm({ subject, fields, canGoBack, ...start }: FormOptions): Promise<FormAnswer> {
  const fromFile = { iconPath: new vscode.ThemeIcon('folder-opened'), tooltip: t('From File…') };
  const buttons = [...(canGoBack ? [vscode.QuickInputButtons.Back] : []), fromFile];
  let { values, tellsMistakes } = start;
  for (;;) {
    const mistakes = tellsMistakes ? mistakesIn(subject, values) : undefined;
    const items = rowsOf(fields, values, mistakes);
    const placeholder = t('Choose what to change, or type to find it; {0} goes on', 'Enter');
    const reply = await showList({
      title: subject.title,
      items,
      active: firstOf(items, mistakes),
      buttons,
      placeholder,
    });
    if (reply.kind === 'dismissed') {
      if (await mayDiscard(subject.title, fields, values)) return reply;
    } else if (reply.kind === 'answered') {
      const does = reply.answer[0]?.does;
      if (does === 'continue') {
        if (!mistakesIn(subject, values)) return { kind: 'done', values };
        tellsMistakes = true;
      } else if (does) values = await edited(subject, does, values);
    } else if (reply.button === vscode.QuickInputButtons.Back) return { kind: 'back', values };
    else if (reply.button === fromFile) values = { ...values, ...(await askForFile(subject)) };
    else values = leftOut(reply.item, values);
  }
}

/** Going on, until something is to be corrected. */
function firstOf(rows: readonly Row[], mistakes: Mistakes | undefined): Row | undefined {
  const isWrong = ({ does }: Row): boolean => typeof does === 'object' && mistakes?.ofFields.has(does.name) === true;
  return rows.find(isWrong) ?? rows[0];
}

/** Both Back and Escape lead back to the list, with the value as it was. */
async function edited(subject: Subject, field: Field, values: Values): Promise<Values> {
  const edit = await editField({ subject, field, values, canGoBack: true });
  return edit.kind === 'set' ? edit.values : values;
}

function leftOut(row: Row | undefined, values: Values): Values {
  return typeof row?.does === 'object' ? withValue(values, row.does, undefined) : values;
}
