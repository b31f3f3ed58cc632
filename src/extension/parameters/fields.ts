import * as z from 'zod';
import type { Definitions } from '../../fleet/definitions';
import type { Operation } from '../../operations/operation';
import { readableName, withReadableNames } from './readableName';

/** A value that can be chosen. */
export interface FieldChoice {
  readonly value: unknown;
  readonly description: string;
}

/** How a parameter is entered. */
export type FieldInput =
  | { readonly kind: 'switch' }
  /** With `isOpen` other values than these are taken, too. */
  | { readonly kind: 'choice'; readonly choices: readonly FieldChoice[]; readonly isOpen: boolean }
  | { readonly kind: 'several'; readonly choices: readonly FieldChoice[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly least?: number; readonly most?: number }
  /** Texts with commas between. */
  | { readonly kind: 'list' }
  /** Only a file can give it. */
  | { readonly kind: 'file' };

/** One parameter of an operation, as it is asked for. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly isRequired: boolean;
  /** Most users leave it alone. */
  readonly isAdvanced: boolean;
  /** What holds when it is left out; undefined: nothing does. */
  readonly preset: unknown;
  /** Whether what it is about stays as it is when it is left out. */
  readonly isKeptWithout: boolean;
  readonly input: FieldInput;
  readonly schema: z.ZodType;
}

/** What values are known beside those of the schema. */
export interface Known {
  readonly definitions: Definitions;
  /** The names of the fleet's profiles, which parameters that end in `Of` take. */
  readonly profiles: readonly string[];
}

/** The part of JSON Schema that says how a value is entered. */
interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Property[];
  readonly items?: Property;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly advanced?: boolean;
}

/** An operation's parameters, in the order of its schema. */
export function fieldsOf(operation: Operation, { definitions, profiles }: Known): readonly Field[] {
  const { properties = {} } = z.toJSONSchema(operation.parameters, { io: 'input' });
  const names = Object.keys(properties);
  const choices = operation.choices?.(definitions) ?? {};
  return Object.entries(properties as Readonly<Record<string, Property>>).map(([name, property]) => {
    const schema = operation.parameters.shape[name] as z.ZodType;
    const absent = schema.safeParse(undefined);
    const ofFleet = name.endsWith('Of') ? profiles.map((value) => ({ value, description: '' })) : [];
    return {
      name,
      label: readableName(name),
      description: withReadableNames(property.description ?? '', names),
      isRequired: !absent.success,
      isAdvanced: property.advanced === true,
      preset: absent.data,
      isKeptWithout: operation.leavesRest === true && absent.data === undefined,
      input: inputOf(property, choices[name] ?? ofFleet),
      schema,
    };
  });
}

/** Whether it is entered by keys rather than by a choice. */
export function isTyped({ input }: Field): boolean {
  return input.kind === 'text' || input.kind === 'number' || input.kind === 'list';
}

function inputOf(property: Property, known: readonly FieldChoice[]): FieldInput {
  if (known.length > 0) return { kind: 'choice', choices: known, isOpen: true };
  const branches = branchesOf(property);
  if (branches.every((branch) => choicesOf(branch).length > 0)) {
    return { kind: 'choice', choices: branches.flatMap(choicesOf), isOpen: false };
  }
  const items = branches.find(({ type }) => type === 'array')?.items;
  if (items?.enum) return { kind: 'several', choices: choicesOf(items) };
  if (items?.type === 'string') return { kind: 'list' };
  if (branches.some(({ type }) => type === 'string')) return { kind: 'text' };
  const [{ type, minimum, maximum } = {}] = branches;
  if (type === 'boolean') return { kind: 'switch' };
  if (type !== 'number' && type !== 'integer') return { kind: 'file' };
  return { kind: 'number', ...(isBound(minimum) && { least: minimum }), ...(isBound(maximum) && { most: maximum }) };
}

function branchesOf(property: Property): readonly Property[] {
  return property.anyOf ? property.anyOf.flatMap(branchesOf) : [property];
}

function choicesOf(property: Property): readonly FieldChoice[] {
  const values = property.const === undefined ? (property.enum ?? []) : [property.const];
  return values.map((value) => ({ value, description: '' }));
}

/** Whole numbers are bounded by what a number can hold, which is no bound that a user is told. */
function isBound(limit: number | undefined): boolean {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
}
