import { noAttributes, readTagRest, type TagRest } from './attributes';
import { resolveReferences } from './characterData';
import { type Cursor, Landmark, marks } from './cursor';
import type { XmlElement } from './element';
import { invalidXml, truncatedXml } from './invalidXml';
import { NamespaceScope } from './namespaces';
import { readRootTagRest } from './rootTags';

export interface ElementLimits {
  readonly maxDepth: number;
  readonly maxElements: number;
  /** Of one element, with its namespace declarations. */
  readonly maxAttributes: number;
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

const section = '<![CDATA[';
const sectionEnd = ']]>';
const noChildren: readonly XmlElement[] = Object.freeze([]);

/** Reads an element with all that is in it, without recursion: depth costs no stack. */
export class ElementReader {
  readonly #cursor: Cursor;
  readonly #text: string;
  readonly #limits: ElementLimits;
  readonly #ampersand: Landmark;
  readonly #sectionEnd: Landmark;
  readonly #open: OpenElement[] = [];
  #count = 0;

  constructor(cursor: Cursor, limits: ElementLimits) {
    this.#cursor = cursor;
    this.#text = cursor.text;
    this.#limits = limits;
    this.#ampersand = new Landmark(cursor.text, '&');
    this.#sectionEnd = new Landmark(cursor.text, sectionEnd);
  }

  /** The cursor is at the start tag, and in the end behind the end tag. */
  read(): XmlElement {
    const root = this.#readStart(NamespaceScope.outermost);
    for (let last = this.#open.at(-1); last; last = this.#open.at(-1)) {
      const cursor = this.#cursor;
      const markup = cursor.find('<', cursor.at);
      if (markup > cursor.at) last.element.text += this.#characters(cursor.at, markup);
      cursor.at = markup;
      const next = this.#text.charCodeAt(markup + 1);
      if (next === marks.slash) this.#close(last);
      else if (next === marks.question) cursor.skipInstruction();
      else if (next === marks.exclamation) this.#readSectionOrComment(last.element);
      else last.element.children.push(this.#readStart(last.scope));
    }
    return root;
  }

  /** Reads a start tag and, when nothing but text follows, its end; otherwise the element is left open. */
  #readStart(outer: NamespaceScope): XmlElement {
    const cursor = this.#cursor;
    cursor.at++;
    const tag = cursor.readName();
    let scope = outer;
    let attributes = noAttributes;
    let isEmpty = false;
    if (this.#text.charCodeAt(cursor.at) === marks.greater) cursor.at++;
    else ({ scope, attributes, isEmpty } = this.#readTagRest(outer));

    const namespace = scope.uriOf(tag.prefix);
    const name = tag.local;
    if (++this.#count > this.#limits.maxElements) throw invalidXml('too many elements');
    if (this.#open.length >= this.#limits.maxDepth) throw invalidXml('elements nested too deeply');
    if (isEmpty) return { namespace, name, attributes, children: noChildren, text: '' };

    const content = cursor.at;
    const markup = cursor.find('<', content);
    if (this.#text.charCodeAt(markup + 1) === marks.slash) {
      const text = this.#characters(content, markup);
      cursor.at = markup;
      this.#skipEndTag(tag.qualified);
      return { namespace, name, attributes, children: noChildren, text };
    }
    const element: Writable = { namespace, name, attributes, children: [], text: '' };
    this.#open.push({ element, qualified: tag.qualified, scope });
    return element;
  }

  #readTagRest(outer: NamespaceScope): TagRest {
    const { maxAttributes } = this.#limits;
    if (outer === NamespaceScope.outermost) return readRootTagRest(this.#cursor, maxAttributes);
    return readTagRest(this.#cursor, outer, maxAttributes);
  }

  #close({ element, qualified }: OpenElement): void {
    this.#skipEndTag(qualified);
    this.#open.pop();
    if (element.children.length > 0) element.text = element.text.trim();
  }

  #skipEndTag(qualified: string): void {
    const cursor = this.#cursor;
    const name = cursor.at + '</'.length;
    const end = name + qualified.length;
    // Sooner done than startsWith(); what is not there is searched for but once.
    if (this.#text.indexOf(qualified, name) !== name) throw this.#mismatch(name);
    cursor.at = end;
    if (this.#text.charCodeAt(end) !== marks.greater) {
      cursor.skipSpace();
      if (cursor.at === end && !cursor.isAtEnd()) throw this.#mismatch(name);
    }
    cursor.expect(marks.greater);
  }

  #mismatch(name: number): Error {
    return this.#text.includes('>', name) ? invalidXml('an end tag that closes no open element') : truncatedXml();
  }

  #readSectionOrComment(element: Writable): void {
    const cursor = this.#cursor;
    if (!this.#text.startsWith(section, cursor.at)) {
      if (section.startsWith(this.#text.slice(cursor.at, cursor.at + section.length))) throw truncatedXml();
      cursor.skipComment();
      return;
    }
    const start = cursor.at + section.length;
    const end = cursor.find(sectionEnd, start);
    element.text += this.#text.slice(start, end);
    cursor.at = end + sectionEnd.length;
  }

  #characters(start: number, end: number): string {
    if (this.#sectionEnd.isWithin(start, end)) throw invalidXml('the end of a section that was not begun');
    const characters = this.#text.slice(start, end);
    return this.#ampersand.isWithin(start, end) ? resolveReferences(characters) : characters;
  }
}
