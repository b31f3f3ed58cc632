import { SidebandError } from '../../base/errors';
import { hasRange } from '../nameRange';

/** What one word of a targets expression asks of a computer. */
export type Test =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'glob'; readonly pattern: string }
  | { readonly kind: 'range'; readonly pattern: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string; readonly negated: boolean };

/** One word: all of its tests must hold, or it is an ad-hoc URL. */
export type Term =
  | { readonly kind: 'tests'; readonly excluded: boolean; readonly tests: readonly Test[] }
  | { readonly kind: 'url'; readonly excluded: false; readonly url: string };

/** A computer is meant when some word takes it in and no excluded word throws it out. */
export interface Targets {
  readonly terms: readonly Term[];
}

const maximumLength = 1024 * 1024;
const longestShown = 100;
const urlStart = /^[a-z]+:\/\//i;
/** A user and a password before an @, even when white space or a comma in the password tears the URL. */
const passwordInUrl = /:\/\/[^/?#\s,@:]*:(?:(?!:\/\/)[^@])*[^@\s,]@/;

/** Reads the targets language. Throws `targets.invalid`. */
export function parseTargets(text: string): Targets {
  if (text.length > maximumLength) throw new SidebandError('targets.invalid', 'the targets are longer than 1 MiB');
  if (passwordInUrl.test(text)) {
    throw new SidebandError('targets.invalid', 'a password does not belong into a URL', {
      hint: 'Give it in the environment, as SIDEBAND_PASSWORD.',
    });
  }
  const terms = splitWords(text).map(parseTerm);
  if (terms.length === 0) throw new SidebandError('targets.invalid', 'no targets are given: * is all computers');
  return { terms };
}

/** The ad-hoc URLs in a text that need not be targets as a whole. */
export function urlsIn(text: string): readonly string[] {
  return splitWords(text).filter((word) => urlStart.test(word));
}

/** Words are parted by white space or commas; a comma inside brackets belongs to its range. */
function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let inBracket = false;
  for (const character of text) {
    if (!inBracket && /[\s,]/.test(character)) {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    if (character === '[') inBracket = true;
    else if (character === ']') inBracket = false;
    word += character;
  }
  return word === '' ? words : [...words, word];
}

function parseTerm(word: string): Term {
  if (urlStart.test(word.replace(/^!/, ''))) {
    if (word.startsWith('!'))
      throw new SidebandError('targets.invalid', 'an ad-hoc URL cannot be excluded: leave it out');
    return { kind: 'url', excluded: false, url: word };
  }
  const excluded = word.startsWith('!');
  const tests = (excluded ? word.slice(1) : word).split('&').map((part) => parseTest(part, word));
  return { kind: 'tests', excluded, tests };
}

function parseTest(part: string, word: string): Test {
  const tag = /^([A-Za-z0-9_.-]+)(!?=)(.+)$/.exec(part);
  if (tag) {
    const [, key = '', operator, value = ''] = tag;
    return { kind: 'tag', key, value, negated: operator === '!=' };
  }
  if (part.startsWith('@')) {
    if (!/^@[A-Za-z0-9_.-]+$/.test(part)) throw invalid(word, 'a group is written @name');
    return { kind: 'group', group: part.slice(1) };
  }
  if (!/^[A-Za-z0-9_.:*?[\],-]+$/.test(part)) {
    throw invalid(
      word,
      'a name, a glob lab-*, a range node[001-050], a group @build, a tag site=oslo or a URL is expected',
    );
  }
  if (hasRange(part)) return { kind: 'range', pattern: part };
  return /[*?]/.test(part) ? { kind: 'glob', pattern: part } : { kind: 'name', name: part };
}

function invalid(word: string, why: string): SidebandError {
  // What stands before an @ may be the rest of a torn URL.
  const shown = /^!?@/.test(word) ? word : word.replace(/^.*@/, '***@');
  const short = shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown;
  return new SidebandError('targets.invalid', `"${short}": ${why}`);
}
