/** Whether an act whose answer is missing was carried out. `answered`: the controller did answer it, but what is not known. */
export type Verdict = 'happened' | 'answered' | 'not-happened' | 'unclear';

/** What the controller's numbers say of an act. It numbers what it sends, so a number that is missing is an answer that was lost. */
export interface AnswerCount {
  /** How many numbers are missing between the last answer before the act and the answer to a later question. */
  readonly missing: number;
  /** How many of the questions between the two were certainly answered. */
  readonly atLeast: number;
  /** How many of them may have been answered. */
  readonly atMost: number;
}

/** Judges from numbers alone. When the lost questions leave both possible, it is `unclear`. */
export function judgeCount({ missing, atLeast, atMost }: AnswerCount): Exclude<Verdict, 'happened'> {
  if (missing <= atLeast) return 'not-happened';
  return missing > atMost ? 'answered' : 'unclear';
}

/** What the state of the machine says of an act. */
export type StateEvidence = 'happened' | 'unchanged' | 'unclear';

/** Judges from both. An unchanged state speaks only where the controller is not known to have answered. */
export function judge(counted: Exclude<Verdict, 'happened'>, state: StateEvidence): Verdict {
  if (state === 'happened') return 'happened';
  if (counted !== 'unclear') return counted;
  return state === 'unchanged' ? 'not-happened' : 'unclear';
}
