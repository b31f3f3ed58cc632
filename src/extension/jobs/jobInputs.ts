import * as z from 'zod';
import type { Input, Job } from '../../jobs/file/job';
import type { Values } from '../parameters/check';
import type { Field, FieldInput } from '../parameters/fields';
import { interview } from '../parameters/interview';

/** Asks for what a job needs: what has no default one after the other, then all in a list if there is more. Nothing when dismissed. */
export async function askInputs({ name, inputs }: Pick<Job, 'name' | 'inputs'>): Promise<Values | undefined> {
  if (inputs.length === 0) return {};
  const fields = inputs.map(fieldOf);
  const parameters = z.strictObject(Object.fromEntries(fields.map((field) => [field.name, field.schema])));
  const questions = fields.filter(({ isRequired }) => isRequired);
  return interview({
    subject: { title: name, parameters },
    fields,
    questions,
    isAll: questions.length === fields.length,
  });
}

/** Its name stays as the file has it. */
function fieldOf(input: Input): Field {
  const { name, description = '', default: preset } = input;
  const type = schemaOf(input);
  return {
    name,
    label: name,
    description,
    isRequired: preset === undefined,
    isAdvanced: false,
    preset,
    isKeptWithout: false,
    input: inputOf(input),
    schema: preset === undefined ? type : type.optional(),
  };
}

function schemaOf({ type, options }: Input) {
  switch (type) {
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(options);
    case 'string':
      return z.string();
  }
}

function inputOf({ type, options }: Input): FieldInput {
  switch (type) {
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'switch' };
    case 'choice':
      return { kind: 'choice', choices: options.map((value) => ({ value, description: '' })), isOpen: false };
    case 'string':
      return { kind: 'text' };
  }
}
