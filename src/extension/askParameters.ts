import * as vscode from 'vscode';
import type { Definitions } from '../fleet/definitions';
import { networkFilter } from '../operations/network/filter';
import type { Operation } from '../operations/operation';
import { askNetworkFilter } from './networkFilter';
import { mistakesIn, type Values } from './parameters/check';
import { chooseOffer } from './parameters/chooseValue';
import { mayDiscard } from './parameters/discard';
import type { Edit, EditOptions } from './parameters/edit';
import { editField } from './parameters/editField';
import { type Field, fieldsOf, type Known } from './parameters/fields';
import { askByForm } from './parameters/parameterForm';
import { insideSentence } from './parameters/readableName';

const { t } = vscode.l10n;
/** More optional parameters than these are not asked for one after the other. */
const fewOptional = 3;

export type Parameters = Values;

type Dialog = (operation: Operation, definitions: Definitions) => Promise<Parameters | undefined>;

/** Operations that are asked for in a way of their own. */
const dialogs: Readonly<Record<string, Dialog>> = { [networkFilter.id]: askNetworkFilter };

/**
 * Asks for what has no default, then, where there are few other parameters, for the choices among them; where there are many, or
 * what was given is not enough, all are shown in a list. Structured parameters come from a file, with whatever else is in it.
 * Nothing when it is dismissed.
 */
export async function askParameters(operation: Operation, known: Known): Promise<Parameters | undefined> {
  const dialog = dialogs[operation.id];
  if (dialog) return dialog(operation, known.definitions);
  const fields = fieldsOf(operation, known);
  const isSimple = !operation.leavesRest && fields.filter(({ isRequired }) => !isRequired).length <= fewOptional;
  const questions = isSimple ? simpleQuestions(fields) : fields.filter(({ isRequired }) => isRequired);
  let values: Values = {};
  let from = 0;
  for (;;) {
    const given = await askInTurn(operation, fields, { questions, values, from });
    if (!given) return undefined;
    if (isSimple && !mistakesIn(operation, given)) return given;
    const canGoBack = questions.length > 0;
    const answer = await askByForm({ operation, fields, values: given, tellsMistakes: isSimple, canGoBack });
    if (answer.kind === 'done') return answer.values;
    if (answer.kind === 'dismissed') return undefined;
    ({ values } = answer);
    from = questions.length - 1;
  }
}

function simpleQuestions(fields: readonly Field[]): readonly Field[] {
  const fromFile = fields.filter(({ input }) => input.kind === 'file');
  if (fromFile.length > 0) return fromFile.slice(0, 1);
  return fields.filter(
    ({ isRequired, isAdvanced, input }) =>
      isRequired || (!isAdvanced && (input.kind === 'switch' || input.kind === 'choice')),
  );
}

interface Turn {
  readonly questions: readonly Field[];
  readonly values: Values;
  /** The question to begin with. */
  readonly from: number;
}

/** Asks one question after the other; Back leads to the one before. Nothing when one is dismissed. */
async function askInTurn(operation: Operation, fields: readonly Field[], turn: Turn): Promise<Values | undefined> {
  const { questions, from } = turn;
  let { values } = turn;
  let at = from;
  for (let field = questions[at]; field; field = questions[at]) {
    const step = questions.length > 1 ? { step: { number: at + 1, of: questions.length } } : {};
    const edit = await askOne({ operation, field, values, canGoBack: at > 0, ...step });
    if (edit.kind === 'set') ({ values } = edit);
    else if (edit.kind === 'dismissed' && (await mayDiscard(operation.title, fields, values))) return undefined;
    at += edit.kind === 'set' ? 1 : edit.kind === 'back' ? -1 : 0;
  }
  return values;
}

/** A switch that is off by default is asked as two forms of the operation, the usual one first. */
function askOne(options: EditOptions): Promise<Edit> {
  const { title } = options.operation;
  const { input, preset, label, description } = options.field;
  if (input.kind !== 'switch' || preset !== false) return editField(options);
  const usual = { label: title, detail: t('as usual'), value: false };
  const special = { label: `${title}, ${insideSentence(label)}`, detail: description, value: true };
  return chooseOffer(options, [usual, special], title);
}
