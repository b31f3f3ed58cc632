import * as z from 'zod';
import type { JsonSchema } from '../../base/yaml/schemasAt';
import { operations } from '../../operations';
import { jobFileSchema } from './jobFileSchema';
import { runJobDescription, runJobId, runJobParameters } from './runJob';

/** What a step can use: its parameters go by its id. */
const used = [
  ...operations.map(({ id, description, parameters }) => ({ id, description, parameters })),
  { id: runJobId, description: runJobDescription, parameters: runJobParameters },
];

/** The JSON Schema that editors complete and check by. */
export function jobJsonSchema(): object {
  const schema = toJsonSchema(jobFileSchema);
  const { steps, finally: last } = schema.properties ?? {};
  const item = { $ref: '#/definitions/step' };
  return {
    ...schema,
    properties: { ...schema.properties, steps: { ...steps, items: item }, finally: { ...last, items: item } },
    definitions: { step: stepSchema(steps?.items ?? {}) },
  };
}

function stepSchema(step: JsonSchema): JsonSchema {
  const uses = {
    ...step.properties?.uses,
    enum: used.map(({ id }) => id),
    enumDescriptions: used.map(({ description }) => description),
  };
  const { type, description } = step.properties?.with ?? {};
  return {
    ...step,
    properties: { ...step.properties, uses, with: { ...(type && { type }), ...(description && { description }) } },
    allOf: used.map(({ id, parameters }) => withSchema(id, parameters)),
  };
}

/** What `with` holds when the step uses this. */
function withSchema(id: string, parameters: z.ZodObject): JsonSchema {
  const schema = toJsonSchema(parameters);
  const properties = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, orTemplate(one)]);
  const given: JsonSchema = { ...schema, properties: Object.fromEntries(properties) as Record<string, JsonSchema> };
  const isNeeded = (schema.required ?? []).length > 0;
  return {
    if: { properties: { uses: { const: id } }, required: ['uses'] },
    then: { properties: { with: given }, ...(isNeeded && { required: ['with'] }) },
  };
}

/** The same, or a text with `${{ … }}`; also for everything in it. */
function orTemplate(schema: JsonSchema): JsonSchema {
  if (takesAnyText(schema)) return schema;
  const { description, ...rest } = schema;
  const { properties, items, anyOf } = schema;
  const inside: JsonSchema = {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, orTemplate(one)])),
    }),
    ...(items && { items: orTemplate(items) }),
    ...(anyOf && { anyOf: anyOf.map(orTemplate) }),
  };
  const template = { type: 'string', pattern: '\\$\\{\\{' };
  return { ...(description !== undefined && { description }), anyOf: [inside, template] };
}

function takesAnyText(schema: JsonSchema): boolean {
  const narrows = ['enum', 'const', 'pattern', 'format', 'maxLength'].some((key) => key in schema);
  return schema.type === 'string' && !narrows;
}

function toJsonSchema(schema: z.ZodObject): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return rest as JsonSchema;
}
