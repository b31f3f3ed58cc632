import * as z from 'zod';

/** A list, or the same as text with commas between, which is how command lines give it. */
export function listOf<Item extends z.ZodType<unknown, string>>(
  item: Item,
): z.ZodUnion<readonly [z.ZodArray<Item>, z.ZodType<z.output<z.ZodArray<Item>>, string>]> {
  const list = z.array(item);
  return z.union([list, z.string().transform(splitAtCommas).pipe(list)]);
}

function splitAtCommas(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
