import { invalidXml, truncatedXml } from './invalidXml';
import { hashOn, nameAt, noName, type XmlName } from './names';

const tab = 0x09;
const newline = 0x0a;
const space = 0x20;

/** The characters that markup is made of. */
export const marks = {
  exclamation: 0x21,
  quote: 0x22,
  apostrophe: 0x27,
  slash: 0x2f,
  less: 0x3c,
  equals: 0x3d,
  greater: 0x3e,
  question: 0x3f,
} as const;

/** A carriage return has become a newline before. */
export function isSpace(code: number): boolean {
  return code === space || code === newline || code === tab;
}

function endsName(code: number): boolean {
  return code === marks.greater || code === marks.slash || code === marks.equals || isSpace(code);
}

/** A place in a document. What is not there is `protocol.truncated` at the end of the document, `protocol.invalid` elsewhere. */
export class Cursor {
  readonly text: string;
  at = 0;
  #lastName = noName;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character code here. */
  code(): number {
    if (this.at >= this.text.length) throw truncatedXml();
    return this.text.charCodeAt(this.at);
  }

  /** Where `what` comes next. */
  find(what: string, from: number): number {
    const found = this.text.indexOf(what, from);
    if (found < 0) throw truncatedXml();
    return found;
  }

  expect(code: number): void {
    if (this.code() !== code) throw invalidXml(`a tag without its ${String.fromCharCode(code)}`);
    this.at++;
  }

  /** The name here, which ends before a space, a slash, an equals sign or a greater-than sign. */
  readName(): XmlName {
    const { next } = this.#lastName;
    const name = next && this.#isName(next) ? next : this.#searchName();
    this.at += name.qualified.length;
    if (name.isKept) {
      this.#lastName.next = name;
      this.#lastName = name;
    }
    return name;
  }

  #isName({ qualified }: XmlName): boolean {
    const end = this.at + qualified.length;
    return this.text.slice(this.at, end) === qualified && endsName(this.text.charCodeAt(end));
  }

  #searchName(): XmlName {
    const { text, at: start } = this;
    let hash = 0;
    for (let end = start; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (endsName(code)) return nameAt(text, start, end, hash);
      hash = hashOn(hash, code);
    }
    throw truncatedXml();
  }

  skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  skipComment(): void {
    if (!this.text.startsWith('<!--', this.at)) {
      const isCut = '<!--'.startsWith(this.text.slice(this.at));
      throw isCut ? truncatedXml() : invalidXml('a document type or another declaration, which is refused');
    }
    this.at = this.find('--', this.at + '<!--'.length) + '--'.length;
    this.expect(marks.greater);
  }

  skipInstruction(): void {
    const target = this.at + '<?'.length;
    const end = this.find('?>', target);
    if (!/^[^\s?]/.test(this.text.slice(target, target + 1))) throw invalidXml('an instruction without a target');
    if (/^xml(\s|$)/i.test(this.text.slice(target, Math.min(end, target + 4)))) {
      throw invalidXml('a declaration that is not at the beginning');
    }
    this.at = end + '?>'.length;
  }
}

/** Where a rare piece of markup comes next. Asked front to back, it searches the text once. */
export class Landmark {
  readonly #text: string;
  readonly #what: string;
  #next = -1;

  constructor(text: string, what: string) {
    this.#text = text;
    this.#what = what;
  }

  isWithin(start: number, end: number): boolean {
    if (this.#next < start) {
      const found = this.#text.indexOf(this.#what, start);
      this.#next = found < 0 ? this.#text.length : found;
    }
    return this.#next < end;
  }
}
