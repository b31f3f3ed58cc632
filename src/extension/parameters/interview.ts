import * as vscode from 'vscode';
import { mistakesIn, type Values } from './check';
import { chooseOffer } from './chooseValue';
import { mayDiscard } from './discard';
import type { Edit, EditOptions } from './edit';
import { editField } from './editField';
import type { Field } from './fields';
import { askByForm } from './parameterForm';
import { insideSentence } from './readableName';
import type { Subject } from './subject';

const { t } = vscode.l10n;

export interface Interview {
  readonly subject: Subject;
  readonly fields: readonly Field[];
  /** Those that are asked for one after the other. */
  readonly questions: readonly Field[];
  /** Whether that is all, unless there is a mistake in it; otherwise all fields are shown in a list then. */
  readonly isAll: boolean;
}

/** Asks for parameters. Nothing when it is dismissed. */
export async function interview({ subject, fields, questions, isAll }: Interview): Promise<Values | undefined> {
  let values: Values = {};
  let from = 0;
  for (;;) {
    const given = await askInTurn(subject, fields, { questions, values, from });
    if (!given) return undefined;
    if (isAll && !mistakesIn(subject, given)) return given;
    const canGoBack = questions.length > 0;
    const answer = await askByForm({ subject, fields, values: given, tellsMistakes: isAll, canGoBack });
    if (answer.kind === 'done') return answer.values;
    if (answer.kind === 'dismissed') return undefined;
    ({ values } = answer);
    from = questions.length - 1;
  }
}

interface Turn {
  readonly questions: readonly Field[];
  readonly values: Values;
  /** The question to begin with. */
  readonly from: number;
}

/** Asks one question after the other; Back leads to the one before. Nothing when one is dismissed. */
async function askInTurn(subject: Subject, fields: readonly Field[], turn: Turn): Promise<Values | undefined> {
  const { questions, from } = turn;
  let { values } = turn;
  let at = from;
  for (let field = questions[at]; field; field = questions[at]) {
    const step = questions.length > 1 ? { step: { number: at + 1, of: questions.length } } : {};
    const edit = await askOne({ subject, field, values, canGoBack: at > 0, ...step });
    if (edit.kind === 'set') ({ values } = edit);
    else if (edit.kind === 'dismissed' && (await mayDiscard(subject.title, fields, values))) return undefined;
    at += edit.kind === 'set' ? 1 : edit.kind === 'back' ? -1 : 0;
  }
  return values;
}

/** A switch that is off by default is asked as two forms of what is done, the usual one first. */
function askOne(options: EditOptions): Promise<Edit> {
  const { title } = options.subject;
  const { input, preset, label, description } = options.field;
  if (input.kind !== 'switch' || preset !== false) return editField(options);
  const usual = { label: title, detail: t('as usual'), value: false };
  const special = { label: `${title}, ${insideSentence(label)}`, detail: description, value: true };
  return chooseOffer(options, [usual, special], title);
}
