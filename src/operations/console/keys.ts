const escape = '\u001b';

/** What a VT220-like terminal sends for keys that are no characters. */
const sequences: Readonly<Record<string, string>> = {
  Enter: '\r',
  Escape: escape,
  Tab: '\t',
  Space: ' ',
  Backspace: '\u007f',
  Insert: `${escape}[2~`,
  Delete: `${escape}[3~`,
  PageUp: `${escape}[5~`,
  PageDown: `${escape}[6~`,
  F1: `${escape}OP`,
  F2: `${escape}OQ`,
  F3: `${escape}OR`,
  F4: `${escape}OS`,
  F5: `${escape}[15~`,
  F6: `${escape}[17~`,
  F7: `${escape}[18~`,
  F8: `${escape}[19~`,
  F9: `${escape}[20~`,
  F10: `${escape}[21~`,
  F11: `${escape}[23~`,
  F12: `${escape}[24~`,
};

/** These have two forms: programs that draw on the screen ask for the second one. */
const cursorKeys: Readonly<Record<string, string>> = { Up: 'A', Down: 'B', Right: 'C', Left: 'D', Home: 'H', End: 'F' };

/** The names of the keys, `Ctrl+A` to `Ctrl+Z` aside. */
export const keyNames: readonly string[] = [...Object.keys(sequences), ...Object.keys(cursorKeys)];

/** `Ctrl+C` */
export const controlKey = /^Ctrl\+[A-Z]$/;

/** What a key sends. The name is one of `keyNames`, or a control key. */
export function keySequence(name: string, { isApplicationMode }: { readonly isApplicationMode: boolean }): string {
  if (controlKey.test(name)) return String.fromCharCode(name.charCodeAt(name.length - 1) & 0x1f);
  const cursor = cursorKeys[name];
  if (cursor !== undefined) return `${escape}${isApplicationMode ? 'O' : '['}${cursor}`;
  return sequences[name] ?? '';
}
