import { normalizeAttribute, resolveReferences } from './characterData';
import { decodeXml } from './decodeXml';
import type { XmlElement } from './element';
import { invalidXml, truncatedXml } from './invalidXml';
import { NamespaceScope } from './namespaces';

/** What a document may ask of its reader. */
export interface XmlLimits {
  /** Of the encoded document; of a string, its length. */
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxElements: number;
  /** Of one element, with its namespace declarations. */
  readonly maxAttributes: number;
}

const usualLimits: XmlLimits = { maxBytes: 16 << 20, maxDepth: 64, maxElements: 200_000, maxAttributes: 64 };

/**
 * Reads one document, XML 1.0 with namespaces, as hostile input: a document type is refused, so there are no entities beyond the five
 * predefined ones. Throws `protocol.truncated` when the document ends in the middle, `protocol.invalid` for everything else that is
 * not well-formed or beyond the limits.
 */
export function parseXml(source: string | Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  const bounds = { ...usualLimits, ...limits };
  if (source.length > bounds.maxBytes) throw invalidXml(`the document is longer than ${bounds.maxBytes} bytes`);
  const { text, encoding } = typeof source === 'string' ? { text: source, encoding: undefined } : decodeXml(source);
  return new Reader(prepare(text), bounds).read(encoding);
}

// XML 1.0 section 2.2.
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const declaration =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(["'])1\.[0-9]+\1(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(["'])([A-Za-z][\w.-]*)\2)?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(["'])(?:yes|no)\4)?[ \t\n]*\?>/;
const readable = { 'utf-8': /^(utf-?8|us-ascii)$/i, 'utf-16': /^utf-?16(le|be)?$/i };

const noAttributes: ReadonlyMap<string, string> = new Map();
const noChildren: readonly XmlElement[] = [];

const tab = 0x09;
const newline = 0x0a;
const space = 0x20;
const exclamation = 0x21;
const quote = 0x22;
const apostrophe = 0x27;
const slash = 0x2f;
const less = 0x3c;
const equals = 0x3d;
const greater = 0x3e;
const question = 0x3f;

function isSpace(code: number): boolean {
  return code === space || code === newline || code === tab;
}

/** Line ends become one character, XML 1.0 section 2.11. */
function prepare(text: string): string {
  if (forbidden.test(text) || !text.isWellFormed()) throw invalidXml('a character that XML does not allow');
  const unmarked = text.startsWith('\ufeff') ? text.slice(1) : text;
  return unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
}

/** An element whose end has not been seen yet. */
interface OpenElement {
  readonly element: Writable;
  readonly qualified: string;
  readonly scope: NamespaceScope;
}

interface Writable extends XmlElement {
  children: XmlElement[];
  text: string;
}

interface StartTag {
  readonly qualified: string;
  readonly scope: NamespaceScope;
  readonly attributes: ReadonlyMap<string, string>;
  readonly isEmpty: boolean;
}

class Reader {
  readonly #text: string;
  readonly #limits: XmlLimits;
  readonly #ampersand: Landmark;
  readonly #sectionEnd: Landmark;
  readonly #open: OpenElement[] = [];
  #at = 0;
  #elements = 0;

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#ampersand = new Landmark(text, '&');
    this.#sectionEnd = new Landmark(text, ']]>');
  }

  read(encoding: 'utf-8' | 'utf-16' | undefined): XmlElement {
    this.#skipDeclaration(encoding);
    this.#skipMisc();
    if (this.#at === this.#text.length) throw truncatedXml();
    const root = this.#readRoot();
    this.#skipMisc();
    if (this.#at < this.#text.length) throw invalidXml('something after the end of the document');
    return root;
  }

  #skipDeclaration(encoding: 'utf-8' | 'utf-16' | undefined): void {
    if (!/^<\?xml[ \t\n]/.test(this.#text)) return;
    const found = declaration.exec(this.#text);
    if (!found) {
      throw this.#text.includes('?>') ? invalidXml('a declaration that is not one') : truncatedXml();
    }
    const declared = found[3];
    if (encoding && declared && !readable[encoding].test(declared)) {
      throw invalidXml('an encoding other than UTF-8 or UTF-16');
    }
    this.#at = found[0].length;
  }

  /** White space, comments and processing instructions outside the root element. */
  #skipMisc(): void {
    for (;;) {
      this.#skipSpace();
      if (this.#at === this.#text.length) return;
      if (this.#text.charCodeAt(this.#at) !== less) throw invalidXml('text outside the root element');
      const next = this.#text.charCodeAt(this.#at + 1);
      if (next === question) this.#skipInstruction();
      else if (next === exclamation) this.#skipComment();
      else return;
    }
  }

  #readRoot(): XmlElement {
    const root = this.#readStart(NamespaceScope.outermost());
    for (let last = this.#open.at(-1); last; last = this.#open.at(-1)) {
      const markup = this.#indexOf('<', this.#at);
      this.#addText(last.element, markup);
      this.#at = markup;
      const next = this.#text.charCodeAt(markup + 1);
      if (next === slash) this.#close(last);
      else if (next === question) this.#skipInstruction();
      else if (next === exclamation) this.#readSectionOrComment(last.element);
      else last.element.children.push(this.#readStart(last.scope));
    }
    return root;
  }

  /** Reads a start tag and, when nothing but text follows, its end; otherwise the element is left open. */
  #readStart(outer: NamespaceScope): XmlElement {
    const { qualified, scope, attributes, isEmpty } = this.#readStartTag(outer);
    const { namespace, name } = scope.elementName(qualified);
    if (++this.#elements > this.#limits.maxElements) throw invalidXml('too many elements');
    if (this.#open.length >= this.#limits.maxDepth) throw invalidXml('elements nested too deeply');
    if (isEmpty) return { namespace, name, attributes, children: noChildren, text: '' };

    const markup = this.#indexOf('<', this.#at);
    if (this.#text.charCodeAt(markup + 1) === slash) {
      const content = this.#characters(this.#at, markup);
      this.#at = markup;
      this.#skipEndTag(qualified);
      return { namespace, name, attributes, children: noChildren, text: content };
    }
    const element: Writable = { namespace, name, attributes, children: [], text: '' };
    this.#open.push({ element, qualified, scope });
    return element;
  }

  #close({ element, qualified }: OpenElement): void {
    this.#skipEndTag(qualified);
    this.#open.pop();
    if (element.children.length > 0) element.text = element.text.trim();
  }

  #addText(element: Writable, end: number): void {
    if (end === this.#at) return;
    const characters = this.#characters(this.#at, end);
    element.text += characters;
  }

  #readStartTag(outer: NamespaceScope): StartTag {
    const text = this.#text;
    const start = this.#at + 1;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === greater || code === slash || isSpace(code)) break;
    }
    const qualified = text.slice(start, at);
    const code = text.charCodeAt(at);
    this.#at = at;
    if (code === greater) {
      this.#at++;
      return { qualified, scope: outer, attributes: noAttributes, isEmpty: false };
    }
    return { qualified, ...this.#readAttributes(outer) };
  }

  #readAttributes(outer: NamespaceScope): Omit<StartTag, 'qualified'> {
    const raw = new Map<string, string>();
    const declared = new Map<string, string>();
    for (;;) {
      const before = this.#at;
      this.#skipSpace();
      const code = this.#code();
      if (code === greater || code === slash) break;
      if (this.#at === before) throw invalidXml('attributes without a space between them');
      const name = this.#readAttributeName();
      const value = this.#readAttributeValue();
      const isDeclaration = name === 'xmlns' || name.startsWith('xmlns:');
      const target = isDeclaration ? declared : raw;
      const key = isDeclaration ? name.slice('xmlns:'.length) : name;
      if (target.has(key)) throw invalidXml('an attribute given twice');
      target.set(key, value);
      if (raw.size + declared.size > this.#limits.maxAttributes) throw invalidXml('too many attributes');
    }
    const isEmpty = this.#code() === slash;
    if (isEmpty) this.#at++;
    this.#expect(greater);
    const scope = declared.size > 0 ? outer.within(declared) : outer;
    return { scope, attributes: raw.size > 0 ? resolveKeys(raw, scope) : noAttributes, isEmpty };
  }

  #readAttributeName(): string {
    const start = this.#at;
    for (let code = this.#code(); code !== equals && !isSpace(code); code = this.#code()) {
      if (code === greater || code === less || code === slash) throw invalidXml('an attribute without a value');
      this.#at++;
    }
    const name = this.#text.slice(start, this.#at);
    this.#skipSpace();
    this.#expect(equals);
    this.#skipSpace();
    return name;
  }

  #readAttributeValue(): string {
    const mark = this.#code();
    if (mark !== quote && mark !== apostrophe) throw invalidXml('an attribute value without quotes');
    const end = this.#indexOf(mark === quote ? '"' : "'", this.#at + 1);
    const value = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    if (value.includes('<')) throw invalidXml('a less-than sign in an attribute value');
    return normalizeAttribute(value);
  }

  #skipEndTag(qualified: string): void {
    if (!this.#text.startsWith(qualified, this.#at + 2)) throw this.#mismatch();
    this.#at += 2 + qualified.length;
    if (this.#text.charCodeAt(this.#at) === greater) {
      this.#at++;
      return;
    }
    const before = this.#at;
    this.#skipSpace();
    if (this.#at === before && this.#at < this.#text.length) throw this.#mismatch();
    this.#expect(greater);
  }

  #mismatch(): Error {
    return this.#text.includes('>', this.#at) ? invalidXml('an end tag that closes no open element') : truncatedXml();
  }

  #readSectionOrComment(element: Writable): void {
    const opening = '<![CDATA[';
    if (!this.#text.startsWith(opening, this.#at)) {
      this.#skipComment();
      return;
    }
    const start = this.#at + opening.length;
    const end = this.#indexOf(']]>', start);
    element.text += this.#text.slice(start, end);
    this.#at = end + ']]>'.length;
  }

  #skipComment(): void {
    if (!this.#text.startsWith('<!--', this.#at)) {
      if (this.#text.length - this.#at < '<![CDATA['.length) throw truncatedXml();
      throw invalidXml('a document type or another declaration, which is refused');
    }
    const end = this.#indexOf('--', this.#at + 4);
    this.#at = end + 2;
    this.#expect(greater);
  }

  #skipInstruction(): void {
    if (/^<\?xml[ \t\n?]/i.test(this.#text.slice(this.#at, this.#at + 6))) {
      throw invalidXml('a declaration that is not at the beginning');
    }
    this.#at = this.#indexOf('?>', this.#at + 2) + 2;
  }

  #characters(start: number, end: number): string {
    if (this.#sectionEnd.isWithin(start, end)) throw invalidXml('the end of a section that was not begun');
    const raw = this.#text.slice(start, end);
    return this.#ampersand.isWithin(start, end) ? resolveReferences(raw) : raw;
  }

  #indexOf(what: string, from: number): number {
    const found = this.#text.indexOf(what, from);
    if (found < 0) throw truncatedXml();
    return found;
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #code(): number {
    if (this.#at >= this.#text.length) throw truncatedXml();
    return this.#text.charCodeAt(this.#at);
  }

  #expect(code: number): void {
    if (this.#code() !== code) throw invalidXml(`a tag without its ${String.fromCharCode(code)}`);
    this.#at++;
  }
}

function resolveKeys(raw: ReadonlyMap<string, string>, scope: NamespaceScope): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [qualified, value] of raw) {
    const key = scope.attributeKey(qualified);
    if (attributes.has(key)) throw invalidXml('an attribute given twice');
    attributes.set(key, value);
  }
  return attributes;
}

/** Where a rare piece of markup comes next. Asked front to back, it searches the text once. */
class Landmark {
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
