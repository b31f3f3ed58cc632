/** A name as beginning, number and end: `node007.example` → `node`, `007`, `.example`. */
const numbered = /^([^[\]]*?)(\d{1,9})([^\d[\]]*)$/;

/** So many in a row are worth a range. */
const leastInRange = 3;

interface Run {
  readonly names: string[];
  readonly head: string;
  readonly tail: string;
  readonly from: string;
  to: string;
}

/**
 * Names as the targets language writes them: those that follow each other become `node[001-250]`. At most so many parts, and how
 * many names are left: `lab-[01-40], desk and 7 more`.
 */
export function shortenNames(names: readonly string[], mostParts = 3): string {
  const runs: Run[] = [];
  for (const name of names) {
    const [, head = name, number = '', tail = ''] = numbered.exec(name) ?? [];
    const last = runs.at(-1);
    if (number !== '' && last?.head === head && last.tail === tail && number === following(last)) {
      last.names.push(name);
      last.to = number;
    } else runs.push({ names: [name], head, tail, from: number, to: number });
  }
  const parts = runs.flatMap(partsOf);
  const shown = parts.slice(0, mostParts);
  const left = parts.slice(mostParts).reduce((sum, { count }) => sum + count, 0);
  return `${shown.map(({ text }) => text).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** The number after a run's last one, with zeros in front as its first one has them. */
function following({ from, to }: Run): string {
  const next = String(Number(to) + 1);
  return from.startsWith('0') ? next.padStart(from.length, '0') : next;
}

function partsOf({ names, head, tail, from, to }: Run): readonly { readonly text: string; readonly count: number }[] {
  if (names.length < leastInRange) return names.map((text) => ({ text, count: 1 }));
  return [{ text: `${head}[${from}-${to}]${tail}`, count: names.length }];
}
