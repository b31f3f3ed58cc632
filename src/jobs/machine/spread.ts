/** When a computer of a run may begin, in milliseconds after the run did; `position` counts from 0. */
export function beginsAfterMs(position: number, total: number, spreadMs: number): number {
  return Math.floor((position / total) * spreadMs);
}
