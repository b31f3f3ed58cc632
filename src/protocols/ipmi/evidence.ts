/** Whether a request whose answer is missing was carried out. `answered`: the controller did answer, but what is not known. */
export type Verdict = 'happened' | 'answered' | 'not-happened' | 'unclear';

export interface Evidence {
  /** What the state of the machine says by itself; `unclear` where it tells nothing. */
  readonly state: 'happened' | 'unchanged' | 'unclear';
  /** The controller's last sequence number before the request, and that of the answer to a later query. */
  readonly before: number;
  readonly after: number;
  /** Whether the controller's sequence numbers rose by one with each of its answers. */
  readonly steady: boolean;
  /** How many queries were sent after the request, the answered one included. */
  readonly queries: number;
}

/**
 * Judges what became of a request from what came after it. The controller numbers what it sends: when no number is missing it
 * has not answered the request, and when more are missing than earlier queries can explain it has. In between, an unchanged
 * state says that nothing happened.
 */
export function judge({ state, before, after, steady, queries }: Evidence): Verdict {
  if (state === 'happened') return 'happened';
  if (steady) {
    const missing = after - before - 1;
    if (missing === 0) return 'not-happened';
    if (missing >= queries) return 'answered';
  }
  return state === 'unchanged' ? 'not-happened' : 'unclear';
}
