import * as z from 'zod';
import { parseDuration } from '../base/duration';

/** A parameter that is a duration as text, such as `10m`. Its output is the text: schemas and plans show what the user wrote. */
export function durationText(limits: { readonly leastMs: number; readonly mostMs: number; readonly words: string }) {
  const { leastMs, mostMs, words } = limits;
  return z.string().refine(
    (text) => {
      const ms = parseDuration(text);
      return ms !== undefined && ms >= leastMs && ms <= mostMs;
    },
    { error: `a duration such as ${words} is expected` },
  );
}

/** In milliseconds; the text has been checked. */
export function durationMs(text: string): number {
  return parseDuration(text) ?? 0;
}
