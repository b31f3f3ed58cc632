/** The scalars of a mapping by their keys; the value is empty where there is none, or more than a scalar. */
export type Beside = ReadonlyMap<string, string>;

/** A key with what follows it on its line. */
export interface Entry {
  readonly key: string;
  readonly rest: string;
}

/** `key: rest`, with the key in quotes or without. */
export function readEntry(content: string): Entry | undefined {
  const match = /^(?:'([^']*)'|"([^"]*)"|([^\s#'"{[:][^:#]*?))\s*:(?:\s(.*))?$/.exec(content);
  if (!match) return undefined;
  const [, single, double, plain, rest = ''] = match;
  return { key: single ?? double ?? plain ?? '', rest };
}

/** What stands in a mapping in block style, of which one line is known, and the column of its keys; half-typed lines are left out. */
export function besideAt(
  lines: readonly string[],
  { line, column }: { readonly line: number; readonly column: number },
): Beside {
  const found = new Map<string, string>();
  const enter = (text: string): void => {
    const entry = readEntry(text.slice(column).trimEnd());
    if (entry) found.set(entry.key, scalarOf(entry.rest));
  };
  for (let at = line; at >= 0; at--) {
    const text = lines[at] ?? '';
    if (at !== line && isBlank(text)) continue;
    const content = columnOf(text);
    if (content < column && at !== line) break;
    if (content !== column) continue;
    enter(text);
    if (hasDash(text)) break;
  }
  for (const text of lines.slice(line + 1)) {
    if (isBlank(text)) continue;
    if (spacesOf(text) < column) break;
    if (columnOf(text) === column) enter(text);
  }
  return found;
}

/** Where the content begins, behind spaces and the dashes of lists. */
function columnOf(line: string): number {
  return /^\s*(?:-\s+)*/.exec(line)?.[0].length ?? 0;
}

function spacesOf(line: string): number {
  return line.length - line.trimStart().length;
}

function hasDash(line: string): boolean {
  return /^\s*-(\s|$)/.test(line);
}

function isBlank(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

/** A scalar without its quotes and the comment behind it. */
export function scalarOf(text: string): string {
  const quoted = /^\s*(?:'([^']*)'|"([^"]*)")/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  return /^\s*[{[|>&*!]/.test(text) ? '' : text.replace(/(^|\s)#.*$/, '').trim();
}
