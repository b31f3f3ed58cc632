/** Where in a YAML text a cursor stands: at a key, or at the value of the path's last key. */
export interface Cursor {
  /** The keys above it; for a value, the value's own key is the last. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  /** What is typed of the word so far. */
  readonly typed: string;
}

interface Level {
  readonly indent: number;
  readonly key: string;
}

/** Reads the text before the offset line by line, so that half-typed files work; flow maps may be open on the last line only. */
export function cursorAt(text: string, offset: number): Cursor {
  const lines = text.slice(0, offset).split('\n');
  const current = lines.pop() ?? '';
  const levels: Level[] = [];
  for (const line of lines) {
    const entry = readEntry(line);
    if (entry) nest(levels, entry);
  }
  const entry = readEntry(current);
  if (!entry) {
    const indent = current.length - current.trimStart().length;
    while ((levels.at(-1)?.indent ?? -1) >= indent) levels.pop();
    return { path: levels.map(({ key }) => key), at: 'key', typed: current.trim() };
  }
  nest(levels, entry);
  return readFlow(
    levels.map(({ key }) => key),
    entry.rest,
  );
}

function readEntry(line: string): (Level & { readonly rest: string }) | undefined {
  const match = /^(\s*)(?:'([^']*)'|"([^"]*)"|([^\s#'"{[:][^:#]*?))\s*:(?:\s(.*))?$/.exec(line);
  if (!match) return undefined;
  const [, space = '', single, double, plain, rest = ''] = match;
  return { indent: space.length, key: single ?? double ?? plain ?? '', rest };
}

function nest(levels: Level[], { indent, key }: Level): void {
  while ((levels.at(-1)?.indent ?? -1) >= indent) levels.pop();
  levels.push({ indent, key });
}

/** Follows `{ a: { b: ` to its open end. */
function readFlow(path: readonly string[], rest: string): Cursor {
  const keys = [...path];
  const depths: number[] = [];
  let word = '';
  let at: Cursor['at'] = 'value';
  for (const character of rest) {
    if (character === '{') {
      depths.push(keys.length);
      [word, at] = ['', 'key'];
    } else if (character === '}') {
      keys.length = depths.pop() ?? path.length;
      [word, at] = ['', 'value'];
    } else if (character === ',' && depths.length > 0) {
      keys.length = depths.at(-1) ?? path.length;
      [word, at] = ['', 'key'];
    } else if (character === ':' && at === 'key') {
      keys.push(word.trim());
      [word, at] = ['', 'value'];
    } else word += character;
  }
  return { path: keys, at, typed: word.trim() };
}
