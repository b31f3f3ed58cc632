import * as z from 'zod';

const pattern = /^\/(.+)\/([imsu]*)$/s;

/** What a screen is expected to show: a text, or a `/regular expression/`. */
export const expectText = z.string().min(1).refine(isPattern, { error: 'is no regular expression' });

/** Whether a screen shows it. The text is an `expectText`. */
export function matcher(expect: string): (text: string) => boolean {
  const [, source, flags] = pattern.exec(expect) ?? [];
  if (source === undefined) return (text) => text.includes(expect);
  const expression = new RegExp(source, flags);
  return (text) => expression.test(text);
}

function isPattern(expect: string): boolean {
  try {
    matcher(expect);
    return true;
  } catch {
    return false;
  }
}
