import * as z from 'zod';
import { toSidebandError } from '../base/errors';
import type { Problem } from '../base/problem';
import { parseYamlFile } from '../base/yaml/yamlFile';
import { parseTargets } from '../fleet/targets/parse';
import { hours } from './hoursSchema';
import type { Policy } from './policy';

const limits = {
  maxTargets: z.int().min(1).optional().describe('Computers in one run'),
  maxShare: z
    .string('a share such as 25% is expected')
    .regex(/^(100|[1-9]\d?)%$/, 'a share such as 25% is expected')
    .transform((text) => Number(text.slice(0, -1)))
    .optional()
    .describe('Share of a site’s computers in one run; at least one is always allowed'),
  hours: hours.optional().describe('When it may be done'),
};

const policySchema = z.strictObject({
  version: z.literal(1).describe('The version of this file’s format: 1'),
  protected: z.string().optional().describe('Targets that nothing disruptive may touch'),
  operations: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('The operations that this policy is for, as globs such as power.*; left out: all that are not safe'),
  ...limits,
  sites: z
    .record(z.string(), z.strictObject(limits))
    .default({})
    .describe('Limits of single sites, in place of the general ones'),
});

export interface ParsedPolicy {
  /** Absent when there are problems. */
  readonly policy?: Policy;
  readonly problems: readonly Problem[];
}

/** Reads `.sideband/policy.yaml`. Never throws: every mistake is a problem at its place. */
export function parsePolicy(text: string, file: string): ParsedPolicy {
  const yaml = parseYamlFile(text, file, policySchema);
  if (!yaml.value) return { problems: yaml.problems };
  const { protected: protectedText, ...rest } = yaml.value;
  if (protectedText === undefined) return { policy: rest, problems: [] };
  try {
    const targets = parseTargets(protectedText);
    if (targets.terms.some(({ kind }) => kind === 'url')) {
      const message = 'computers of the fleet are expected: a URL that reaches one is protected with it';
      return { problems: [yaml.problemAt(['protected'], message)] };
    }
    return { policy: { ...rest, protected: targets }, problems: [] };
  } catch (thrown) {
    return { problems: [yaml.problemAt(['protected'], toSidebandError(thrown).message)] };
  }
}

/** The JSON Schema that editors complete and check by. */
export function policyJsonSchema(): object {
  return z.toJSONSchema(policySchema, { target: 'draft-7', io: 'input' });
}
