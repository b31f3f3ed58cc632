import { formatDuration } from '../../src/base/duration';
import type { CellDetail } from './contract';
import { outcomeClasses } from './matrixRow';
import { outcomeWord } from './words';

export interface DetailHead {
  readonly computer: string;
  /** Absent for the computer as a whole. */
  readonly step: string | undefined;
}

export interface DetailEvents {
  onCopy(text: string): void;
  onClose(): void;
}

/** The pane below the matrix: all that is known of one cell. Everything in it is text. */
export class DetailPane {
  readonly #root: HTMLElement;
  readonly #events: DetailEvents;
  #text = '';

  constructor(root: HTMLElement, events: DetailEvents) {
    this.#root = root;
    this.#events = events;
  }

  get isOpen(): boolean {
    return !this.#root.hidden;
  }

  show(head: DetailHead, detail: CellDetail | undefined): void {
    const { outcome = 'not-begun', value } = detail ?? {};
    const facts = detail ? factsOf(detail) : [];
    const title = [head.computer, head.step].filter(Boolean).join(' · ');
    const texts = [
      `${title}: ${outcomeWord(outcome)}`,
      ...facts.map(([name, text]) => `${name}: ${text}`),
      value ?? '',
    ];
    this.#text = texts.filter(Boolean).join('\n');
    const list = document.createElement('dl');
    list.append(...facts.flatMap(([name, text]) => [element('dt', name), element('dd', text)]));
    const body = element('div', '', 'body');
    body.append(list);
    if (value !== undefined) body.append(element('pre', value));
    const scrolled = this.#root.querySelector('.body')?.scrollTop ?? 0;
    this.#root.replaceChildren(this.#makeBar(title, outcome), body);
    this.#root.hidden = false;
    body.scrollTop = scrolled;
  }

  close(): void {
    this.#root.hidden = true;
    this.#root.replaceChildren();
  }

  #makeBar(title: string, outcome: CellDetail['outcome']): HTMLElement {
    const bar = element('div', '', 'bar');
    const words = element('h2', title);
    const state = element('span', outcomeWord(outcome), `state ${outcomeClasses(outcome)}`);
    const copy = makeButton('copy', 'Copy', () => {
      this.#events.onCopy(this.#text);
    });
    const close = makeButton('close', 'Close', () => {
      this.#events.onClose();
    });
    bar.append(words, state, copy, close);
    return bar;
  }
}

type Fact = readonly [name: string, text: string];

function factsOf(detail: CellDetail): readonly Fact[] {
  const { technology, attempts, before, durationMs, note, error, tried } = detail;
  const facts: readonly (Fact | false)[] = [
    error !== undefined && ['Error', `${error.message} (${error.code})`],
    error !== undefined && error.advice !== '' && ['Advice', error.advice],
    note !== undefined && ['Note', note],
    before !== undefined && ['Before', before],
    technology !== undefined && ['Technology', technology],
    tried.length > 0 && ['Tried before', tried.join('\n')],
    attempts !== undefined && attempts > 1 && ['Attempts', String(attempts)],
    durationMs > 0 && ['Duration', formatDuration(durationMs)],
  ];
  return facts.filter((fact) => fact !== false);
}

function makeButton(icon: string, title: string, onClick: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `tool codicon codicon-${icon}`;
  button.title = title;
  button.ariaLabel = title;
  button.addEventListener('click', onClick);
  return button;
}

function element(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}
