/** TCP or UDP ports, both ends included. A single one has equal ends. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** `53` or `137-139`. Nothing for anything else, and for a range that is the wrong way round. */
export function parsePorts(text: string): PortRange | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!found) return undefined;
  const first = Number(found[1]);
  const last = Number(found[2] ?? found[1]);
  return first >= 1 && first <= last && last <= 65535 ? { first, last } : undefined;
}

export function formatPorts({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}

export function isSinglePort({ first, last }: PortRange): boolean {
  return first === last;
}
