import { fleetJsonSchema } from '../fleet/fleetSchema';
import type { TechnologySchema } from '../fleet/technologySchema';
import { policyJsonSchema } from '../jobs/policyFile';
import { technologies as all } from '../technologies';

/** What files need to know of the technologies. */
export const technologies: readonly TechnologySchema[] = all;

/** The JSON Schemas of the files that a user writes, by the file's kind. */
export function fileSchemas(): Readonly<Record<'fleet' | 'policy', object>> {
  return { fleet: fleetJsonSchema(technologies), policy: policyJsonSchema() };
}
