import { describeIssue } from '../../base/describeIssue';
import type { Field } from './fields';
import { withReadableNames } from './readableName';
import type { Subject } from './subject';

/** What was given, by the parameters' names; what is left out is not in it. */
export type Values = Readonly<Record<string, unknown>>;

/** What is wrong with parameters. */
export interface Mistakes {
  /** A sentence each, by the parameters' names. */
  readonly ofFields: ReadonlyMap<string, string>;
  /** What is wrong with all of them together. */
  readonly ofAll?: string;
}

/** What is wrong with one value by itself. */
export function mistakeIn({ schema }: Field, value: unknown): string | undefined {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue && describeIssue(issue, valueAt(value, issue.path));
}

/** What is wrong with all values together, by the whole schema; nothing where all is well. */
export function mistakesIn({ parameters }: Subject, values: Values): Mistakes | undefined {
  const { error } = parameters.safeParse(values);
  if (!error) return undefined;
  const names = Object.keys(parameters.shape);
  const ofFields = new Map<string, string>();
  const ofAll: string[] = [];
  for (const issue of error.issues) {
    const [name] = issue.path;
    const text = withReadableNames(describeIssue(issue, valueAt(values, issue.path)), names);
    if (typeof name !== 'string') ofAll.push(text);
    else if (!ofFields.has(name)) ofFields.set(name, text);
  }
  return { ofFields, ...(ofAll.length > 0 && { ofAll: ofAll.join('; ') }) };
}

/** The values with one more; what is left out anyway, or is as it would be then, is not among them. */
export function withValue(values: Values, field: Field, value: unknown): Values {
  const { [field.name]: _, ...others } = values;
  const isPreset = !field.isRequired && JSON.stringify(value) === JSON.stringify(field.preset);
  return value === undefined || isPreset ? others : { ...others, [field.name]: value };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Readonly<Record<PropertyKey, unknown>> | undefined)?.[step], value);
}
