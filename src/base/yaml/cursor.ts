/** Where in a YAML text a cursor stands: at a key, or at the value of the path's last key. */
export interface Cursor {
  /** The keys above it; for a value, the value's own key is the last. Items of lists are `*`. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  /** What is typed of the word so far, without the quote before it. */
  readonly typed: string;
  /** A quote is open before the cursor. */
  readonly quoted: boolean;
}

interface Level {
  readonly indent: number;
  readonly key: string;
}

/** Stands for an item of a list in a path. */
export const item = '*';

/** Reads the text before the offset line by line, so that half-typed files work; flow collections may be open on the last line only. */
export function cursorAt(text: string, offset: number): Cursor {
  const lines = text.slice(0, offset).split('\n');
  const current = lines.pop() ?? '';
  const levels: Level[] = [];
  for (const line of lines) readLine(levels, line);
  const rest = readLine(levels, current);
  const path = levels.map(({ key }) => key);
  if (rest !== undefined) return readFlow(path, rest);
  const indent = indentOf(current);
  while ((levels.at(-1)?.indent ?? -1) >= indent) levels.pop();
  return { path: levels.map(({ key }) => key), at: 'key', ...wordOf(current) };
}

/** Enters what the line opens. Gives what follows the key or the dash, or nothing where the line has neither. */
function readLine(levels: Level[], line: string): string | undefined {
  const dash = /^(\s*)-(?:\s+(.*))?$/.exec(line);
  if (dash) {
    const [, space = '', rest = ''] = dash;
    // A list may stand as far left as its key.
    while ((levels.at(-1)?.indent ?? -1) > space.length || levels.at(-1)?.key === item) levels.pop();
    levels.push({ indent: space.length, key: item });
    return rest;
  }
  const match = /^(\s*)(?:'([^']*)'|"([^"]*)"|([^\s#'"{[:][^:#]*?))\s*:(?:\s(.*))?$/.exec(line);
  if (!match) return undefined;
  const [, space = '', single, double, plain, rest = ''] = match;
  while ((levels.at(-1)?.indent ?? -1) >= space.length) levels.pop();
  levels.push({ indent: space.length, key: single ?? double ?? plain ?? '' });
  return rest;
}

/** Follows `{ a: { b: [c, ` to its open end. */
function readFlow(path: readonly string[], rest: string): Cursor {
  const keys = [...path];
  const open: { readonly length: number; readonly inside: Cursor['at'] }[] = [];
  let word = '';
  let at: Cursor['at'] = 'value';
  let quote = '';
  const enter = (inside: Cursor['at']): void => {
    open.push({ length: keys.length, inside });
    if (inside === 'value') keys.push(item);
    [word, at] = ['', inside];
  };
  for (const character of rest) {
    if (quote !== '') {
      word += character;
      if (character === quote) quote = '';
    } else if ((character === "'" || character === '"') && word.trim() === '') {
      word = quote = character;
    } else if (character === '{') enter('key');
    else if (character === '[') enter('value');
    else if (character === '}' || character === ']') {
      keys.length = open.pop()?.length ?? path.length;
      [word, at] = ['', 'value'];
    } else if (character === ',' && open.length > 0) {
      const { length, inside } = open.at(-1) ?? { length: path.length, inside: 'value' };
      keys.length = inside === 'value' ? length + 1 : length;
      [word, at] = ['', inside];
    } else if (character === ':' && at === 'key') {
      keys.push(word.trim());
      [word, at] = ['', 'value'];
    } else word += character;
  }
  return { path: keys, at, ...wordOf(word) };
}

function wordOf(text: string): Pick<Cursor, 'typed' | 'quoted'> {
  const word = text.trimStart();
  const quoted = /^['"]/.test(word);
  return { typed: quoted ? word.slice(1) : word.trimEnd(), quoted };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
