import type { VscodeProgressBar } from '@vscode-elements/elements/dist/vscode-progress-bar/vscode-progress-bar.js';
import { elementOf } from '../shared/element';
import { outcomesByUrgency } from '../shared/outcomes';
import type { RunExtension, RunHead, RunOffers } from './contract';
import type { Matrix } from './matrix';
import { describeTimes } from './words';

const notEnded = (['running', 'not-begun'] as const).map((outcome) => outcomesByUrgency.indexOf(outcome));
const offers: readonly (keyof RunOffers)[] = ['cancel', 'resume', 'rerun', 'export'];

type Acts = Pick<RunExtension, 'cancel' | 'resume' | 'rerunFailed' | 'exportRun'>;

/** What the run is, how far it is, and what can be done about it. */
export class HeadPane {
  readonly #progress = elementOf('progress') as VscodeProgressBar;
  #head: RunHead | undefined;

  constructor(acts: { readonly [Act in keyof Acts]: () => Promise<void> }) {
    const byOffer = { cancel: acts.cancel, resume: acts.resume, rerun: acts.rerunFailed, export: acts.exportRun };
    for (const offer of offers) elementOf(offer).addEventListener('click', () => void byOffer[offer]());
  }

  show(head: RunHead, matrix: Matrix): void {
    const { id, title, targets, state, rerunOf, can } = head;
    this.#head = head;
    setLine('title', title);
    setText('state', state);
    elementOf('state').dataset.state = state;
    const repeats = rerunOf === undefined ? [] : [`repeats ${rerunOf} in part`];
    setLine('facts', [targets, `run ${id}`, ...repeats].join(' · '));
    for (const offer of offers) elementOf(offer).hidden = !can[offer];
    const all = matrix.computers.length;
    this.#progress.max = Math.max(1, all);
    this.#progress.value = all - notEnded.reduce((sum, outcome) => sum + (matrix.counts[outcome] ?? 0), 0);
    this.#progress.classList.toggle('idle', state !== 'running');
    this.tick();
  }

  /** Time goes on. */
  tick(): void {
    if (this.#head) setText('times', describeTimes(this.#head, Date.now()));
  }
}

function setText(id: string, text: string): void {
  const element = elementOf(id);
  if (element.textContent !== text) element.textContent = text;
}

/** A line that is cut where the column is narrow: a hover tells all of it. */
function setLine(id: string, text: string): void {
  setText(id, text);
  elementOf(id).title = text;
}
