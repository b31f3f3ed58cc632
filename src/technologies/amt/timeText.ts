/** `2026-11-23 12:00:00`, in UTC. */
export function timeText(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
