import type * as z from 'zod';
import type { TechnologyName } from './technologyName';

/** What fleet files and URLs need to know of a technology. */
export interface TechnologySchema {
  readonly name: TechnologyName;
  readonly title: string;
  readonly schemes: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
  /** Checks the technology's section of a profile. */
  readonly options: z.ZodType;
}
