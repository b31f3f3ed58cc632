import * as z from 'zod';

/** The parameter of every operation that waits for a power state. */
export const timeoutMs = z
  .number()
  .int()
  .positive()
  .default(60_000)
  .describe('How long to wait for the new state, in milliseconds');

/** How long such an operation may take. */
export function lasts(parameters: { readonly timeoutMs: number }): number {
  return parameters.timeoutMs;
}
