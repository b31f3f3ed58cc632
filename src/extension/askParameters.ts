import type { Definitions } from '../fleet/definitions';
import { networkFilter } from '../operations/network/filter';
import type { Operation } from '../operations/operation';
import { askNetworkFilter } from './networkFilter';
import type { Values } from './parameters/check';
import { type Field, fieldsOf, type Known } from './parameters/fields';
import { interview } from './parameters/interview';

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
  return interview({ subject: operation, fields, questions, isAll: isSimple });
}

function simpleQuestions(fields: readonly Field[]): readonly Field[] {
  const fromFile = fields.filter(({ input }) => input.kind === 'file');
  if (fromFile.length > 0) return fromFile.slice(0, 1);
  return fields.filter(
    ({ isRequired, isAdvanced, input }) =>
      isRequired || (!isAdvanced && (input.kind === 'switch' || input.kind === 'choice')),
  );
}
