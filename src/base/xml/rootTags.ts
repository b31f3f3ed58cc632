import { readTagRest, type TagRest } from './attributes';
import { copyOf } from './copyOf';
import { Cursor } from './cursor';
import { NamespaceScope } from './namespaces';

const mostKept = 256;
const longestKept = 2048;
/** By their text. Once it is full it stays as it is. */
const kept = new Map<string, TagRest>();

/** Reads as `readTagRest` does at the root of a document, where devices write the same in every answer. */
export function readRootTagRest(cursor: Cursor, maxAttributes: number): TagRest {
  const { text, at } = cursor;
  const end = text.indexOf('>', at) + 1;
  if (end === 0 || end - at > longestKept) return readTagRest(cursor, NamespaceScope.outermost, maxAttributes);
  const tag = text.slice(at, end);
  const known = kept.get(tag);
  if (known && known.count <= maxAttributes) {
    cursor.at = end;
    return known;
  }
  const rest = readTagRest(cursor, NamespaceScope.outermost, maxAttributes);
  // A greater-than sign inside a value is not the end.
  if (cursor.at === end && kept.size < mostKept) keep(copyOf(tag));
  return rest;
}

function keep(tag: string): void {
  kept.set(tag, readTagRest(new Cursor(tag), NamespaceScope.outermost, Infinity));
}
