import { parseJob } from '../file/parseJob';
import type { RecordedJob } from '../ledger';

/** Where the steps of a recorded job stand in its text: from a step's id to its line, 1 for what is not found. */
export function stepLines({ source, steps }: RecordedJob): ReadonlyMap<string, number> {
  const { job, places } = parseJob(source.texts[source.file] ?? '', source.file);
  const lines = new Map<string, number>();
  for (const part of ['steps', 'finally'] as const) {
    job?.[part].forEach(({ id }, index) => lines.set(id, places.problemAt([part, index], '').line));
  }
  // A step of a called job stands where it is called.
  return new Map(steps.map(({ id }) => [id, lines.get(id.split('/', 1)[0] ?? id) ?? 1]));
}
