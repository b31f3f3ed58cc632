import * as z from 'zod';
import { placeIssue } from '../../base/yaml/placeIssue';
import type { YamlPath } from '../../base/yaml/yamlDocument';
import type { Mistake } from './mistake';
import { holdsTemplate } from './template';

type Given = Readonly<Record<string, unknown>>;

/**
 * What is wrong with parameters, by the schema of what takes them. What holds `${{ … }}` is left to the run, and with it whatever must
 * go together with it.
 */
export function withMistakes(given: Given, schema: z.ZodObject, path: YamlPath): readonly Mistake[] {
  const { error } = (holdsTemplate(given) ? z.strictObject(schema.shape) : schema).safeParse(given);
  return (error?.issues ?? [])
    .filter((issue) => !isAboutTemplates(issue, given))
    .flatMap((issue) => placeIssue(issue, schema, given))
    .filter(([where, , part]) => part === 'key' || !holdsTemplate(valueAt(given, where)))
    .map(([where, message, part]) => ({ path: [...path, ...where], message, ...(part === 'key' && { at: part }) }));
}

/** Whether it was found by comparing several values, and one of them holds a template. */
function isAboutTemplates({ code, path }: z.core.$ZodIssue, given: Given): boolean {
  return code === 'custom' && path.length > 1 && holdsTemplate(valueAt(given, path.slice(0, -1)));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    value,
  );
}
