import { type Beside, besideAt, readEntry } from './beside';
import { readFlow, wordOf } from './flowCursor';

/** Where in a YAML text a cursor stands: at a key, at the value of the path's last key, or behind the dash of a list, where it can be both. */
export interface Cursor {
  /** The keys above it; for a value, the value's own key is the last. Items of lists are `*`. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value' | 'item';
  /** What is typed of the word so far, without the quote before it. */
  readonly typed: string;
  /** A quote is open before the cursor. */
  readonly quoted: boolean;
  /** For each key of the path the mapping that it stands in; at a key or an item, one more for its own. */
  readonly beside: readonly Beside[];
}

interface Level {
  readonly indent: number;
  readonly key: string;
  readonly line: number;
}

/** What follows a key or a dash, and which of the two it was. */
interface Rest {
  readonly text: string;
  readonly after: 'key' | 'dash';
}

/** Stands for an item of a list in a path. */
export const item = '*';
const nothing: Beside = new Map();

/** Reads the text before the offset line by line, so that half-typed files work; flow collections may be open on the last line only. */
export function cursorAt(text: string, offset: number): Cursor {
  const lines = text.split('\n');
  const before = text.slice(0, offset).split('\n');
  const current = before.pop() ?? '';
  const levels: Level[] = [];
  for (const [number, line] of before.entries()) readLine(levels, line, number);
  const rest = readLine(levels, current, before.length);
  const full = lines[before.length] ?? '';
  const besideLevels = (): readonly Beside[] =>
    levels.map(({ indent, key, line }) => (key === item ? nothing : besideAt(lines, { line, column: indent })));
  const path = (): readonly string[] => levels.map(({ key }) => key);
  if (rest && (rest.after === 'key' || /^\s*[{[]/.test(rest.text))) {
    const flow = readFlow(rest.text, full.slice(current.length));
    return { ...flow, path: [...path(), ...flow.path], beside: [...besideLevels(), ...flow.beside] };
  }
  const column = rest ? current.length - rest.text.trimStart().length : indentOf(current);
  while (!rest && (levels.at(-1)?.indent ?? -1) >= column) levels.pop();
  const own = besideAt(lines, { line: before.length, column });
  const at = rest ? 'item' : 'key';
  return { path: path(), at, ...wordOf(rest?.text ?? current), beside: [...besideLevels(), own] };
}

/** Enters what the line opens. Nothing where it has neither a key nor a dash. */
function readLine(levels: Level[], line: string, number: number): Rest | undefined {
  const indent = indentOf(line);
  const content = line.slice(indent);
  const dash = /^-(?:(\s+)(.*))?$/.exec(content);
  if (dash) {
    // A list may stand as far left as its key.
    while (endsBefore(levels.at(-1), indent)) levels.pop();
    levels.push({ indent, key: item, line: number });
    const [, spaces = '', text = ''] = dash;
    return readLine(levels, `${' '.repeat(indent + 1 + spaces.length)}${text}`, number) ?? { text, after: 'dash' };
  }
  const entry = readEntry(content);
  if (!entry) return undefined;
  while ((levels.at(-1)?.indent ?? -1) >= indent) levels.pop();
  levels.push({ indent, key: entry.key, line: number });
  return { text: entry.rest, after: 'key' };
}

function endsBefore(level: Level | undefined, dash: number): boolean {
  return level !== undefined && (level.indent > dash || (level.key === item && level.indent === dash));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
