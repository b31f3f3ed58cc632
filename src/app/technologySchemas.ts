import { filterSetJsonSchema } from '../fleet/filters/filterSchema';
import { fleetJsonSchema } from '../fleet/fleetSchema';
import type { TechnologySchema } from '../fleet/technologySchema';
import { jobJsonSchema } from '../jobs/file/jobSchema';
import { policyJsonSchema } from '../jobs/policyFile';
import { technologies as all } from '../technologies';

/** What files need to know of the technologies. */
export const technologies: readonly TechnologySchema[] = all;

/** The files that a user writes: a file of that name, or the files of a folder of that name. */
export type FileKind = 'fleet' | 'policy' | 'filters' | 'jobs';

/** The JSON Schemas of the files that a user writes, by the file's kind. */
export function fileSchemas(): Readonly<Record<FileKind, object>> {
  return {
    fleet: fleetJsonSchema(technologies),
    policy: policyJsonSchema(),
    filters: filterSetJsonSchema(),
    jobs: jobJsonSchema(),
  };
}
