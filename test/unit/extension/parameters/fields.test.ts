import * as z from 'zod';
import { expect, test } from 'vitest';
import { type Field, fieldsOf } from '../../../../src/extension/parameters/fields';
import { builtInDefinitions } from '../../../../src/fleet/definitions';
import { operations } from '../../../../src/operations';
import { listOf } from '../../../../src/operations/listOf';
import { defineOperation } from '../../../../src/operations/operation';

const head = { id: 'x', title: 'X', description: '', danger: 'safe', kind: 'change', repeatable: true } as const;

function fieldOf(schema: z.ZodType, name = 'it', profiles: readonly string[] = []): Field {
  const operation = defineOperation({ ...head, parameters: z.strictObject({ [name]: schema }) }, () => []);
  return fieldsOf(operation, { definitions: builtInDefinitions, profiles })[0]!;
}

const color = z.enum(['red', 'green']);
const red = { value: 'red', description: '' };
const green = { value: 'green', description: '' };

test.each<[string, z.ZodType, object]>([
  ['a boolean', z.boolean().optional(), { kind: 'switch' }],
  ['an enum', color.default('red'), { kind: 'choice', choices: [red, green], isOpen: false }],
  ['one value', z.literal(1), { kind: 'choice', choices: [{ value: 1, description: '' }], isOpen: false }],
  ['a text', z.string(), { kind: 'text' }],
  ['texts of two kinds', z.union([z.ipv4(), z.string().min(5)]), { kind: 'text' }],
  ['a number', z.number().min(2).optional(), { kind: 'number', least: 2 }],
  ['a whole number', z.int().optional(), { kind: 'number' }],
  ['a whole number of a range', z.int().min(1).max(9), { kind: 'number', least: 1, most: 9 }],
  ['words, or text with commas', listOf(color).default(['red']), { kind: 'several', choices: [red, green] }],
  ['texts, or text with commas', listOf(z.string()), { kind: 'list' }],
  ['structures', z.array(z.strictObject({ a: z.string() })), { kind: 'file' }],
  ['a structure', z.strictObject({ a: z.string() }).optional(), { kind: 'file' }],
])('how %s is entered', (_, schema, input) => {
  expect(fieldOf(schema).input).toEqual(input);
});

test('what is left out is required, has a default, or is nothing', () => {
  expect(fieldOf(z.string())).toMatchObject({ isRequired: true, preset: undefined });
  expect(fieldOf(z.string().optional())).toMatchObject({ isRequired: false, preset: undefined });
  // JSON Schema loses the default of what transforms its input.
  expect(fieldOf(listOf(z.string()).default(['a', 'b']))).toMatchObject({ isRequired: false, preset: ['a', 'b'] });
});

test('a name that ends in Of takes the fleet’s profiles, and others', () => {
  const profile = { value: 'office', description: '' };
  const input = { kind: 'choice', choices: [profile], isOpen: true };
  expect(fieldOf(z.string(), 'passwordOf', ['office'])).toMatchObject({ label: 'Password of profile', input });
  expect(fieldOf(z.string(), 'passwordOf').input).toEqual({ kind: 'text' });
});

test('every parameter of every operation can be entered, and all but the steps of a script without a file', () => {
  const known = { definitions: builtInDefinitions, profiles: [] };
  const all = operations.flatMap((operation) =>
    fieldsOf(operation, known).map(({ name, description, input }) => ({
      id: `${operation.id} ${name}`,
      description,
      input,
    })),
  );
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(({ input }) => input.kind === 'file').map(({ id }) => id)).toEqual(['console.script steps']);
  expect(all.filter(({ description }) => description === '')).toEqual([]);
});
