/** One challenge of a `WWW-Authenticate` header: its scheme in lower case, its parameters by lower-case name, unquoted. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const separator = /[ \t,]*/y;
const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const parameter = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y;
/** What Negotiate and the like carry instead of parameters. */
const token68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;

/**
 * Reads the challenges of one or many headers, in their order; RFC 9110 section 11.6.1. One header may hold several, and a quoted
 * value may hold commas. What cannot be read ends its header.
 */
export function parseChallenges(headers: readonly string[]): readonly Challenge[] {
  return headers.flatMap(parseHeader);
}

function parseHeader(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(header);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (take(separator); at < header.length; take(separator)) {
    const last = challenges.at(-1);
    const found = last && take(parameter);
    if (found) {
      const [, name = '', quoted, bare = ''] = found;
      last.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare);
      continue;
    }
    const scheme = take(token);
    if (!scheme) break;
    challenges.push({ scheme: scheme[0].toLowerCase(), parameters: new Map() });
    take(token68);
  }
  return challenges;
}
