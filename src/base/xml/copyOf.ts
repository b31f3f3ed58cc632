/** A piece of a string holds on to the whole document; a copy, for what is kept longer, does not. */
export function copyOf(text: string): string {
  return Array.from(text).join('');
}
