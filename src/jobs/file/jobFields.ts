import * as z from 'zod';
import { parseDuration } from '../../base/duration';
import type { Amount } from './job';

/** More does not fit into a timer. */
const longestMs = 24 * 86_400_000;

const aDuration = 'a duration such as 30s, 5m or 1h30m is expected';
const anAmount = 'a number of computers or a share such as 10% is expected';

/** A duration as text, to milliseconds. */
export const duration = z.string({ error: () => aDuration }).transform((text, context): number => {
  const durationMs = /^\d+$/.test(text) ? undefined : parseDuration(text);
  if (durationMs !== undefined && durationMs <= longestMs) return durationMs;
  context.addIssue(durationMs === undefined ? aDuration : 'a duration of at most 24d is expected');
  return z.NEVER;
});

const share = z
  .string()
  .regex(/^(100|[1-9]?\d)%$/)
  .transform((text): Amount => ({ percent: Number(text.slice(0, -1)) }));

/** How many computers have begun after a wave. */
export const wave = z
  .union(
    [
      z
        .int()
        .min(1)
        .transform((count): Amount => ({ count })),
      share.refine((amount) => !('percent' in amount) || amount.percent > 0, 'a share above 0% is expected'),
    ],
    { error: () => anAmount },
  )
  .describe('So many computers have begun after it in all: a number, or a share such as 10%');

/** How many computers may fail. */
export const failFast = z.union(
  [
    z
      .int()
      .min(0)
      .transform((count): Amount => ({ count })),
    share,
    z.boolean().transform((stops): Amount => (stops ? { count: 0 } : { percent: 100 })),
  ],
  { error: () => `${anAmount}, true for none, or false for all` },
);

/** What a step and an input can be called. */
export const word = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'a word of letters, digits, dashes and underscores is expected')
  .max(100);
