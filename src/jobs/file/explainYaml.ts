import type { Problem } from '../../base/problem';

/** What YAML makes of expressions without quotes: a map, a tag, text after a text. */
const habits: readonly { readonly line: RegExp; readonly message: string }[] = [
  {
    line: /[{[,:]\s*(?<place>\$\{\{)/,
    message: "inside braces and brackets ${{ … }} is written in quotes, as in '${{ inputs.name }}'",
  },
  { line: /\bif:\s*(?<place>!)/, message: "a condition that begins with ! is written in quotes, as in '!failed()'" },
  {
    line: /\bif:\s*(?<place>['"])/,
    message: "a condition that begins with a quote is written in ${{ }}, as in ${{ 'a' == inputs.name }}",
  },
];

/** Says it in the words of jobs, where YAML stumbled over an expression: once in each line. */
export function explainYaml(problems: readonly Problem[], text: string): readonly Problem[] {
  const lines = text.split(/\r?\n/);
  const explained = new Set<number>();
  return problems.flatMap((problem) => {
    const { line } = problem;
    if (explained.has(line)) return [];
    const found = explain(lines[line - 1] ?? '', problem.message);
    if (!found) return [problem];
    explained.add(line);
    const column = found.column + 1;
    return [{ ...problem, column, endLine: line, endColumn: column + found.length, message: found.message }];
  });
}

/** The messages are those of the library that reads YAML. */
const stumbles = /^(Unexpected |Unresolved tag|Missing , or :|Nested mappings|Flow |Block collections|Implicit )/;

function explain(
  line: string,
  problem: string,
): { readonly column: number; readonly length: number; readonly message: string } | undefined {
  if (!stumbles.test(problem)) return undefined;
  for (const { line: pattern, message } of habits) {
    const match = pattern.exec(line);
    const place = match?.groups?.place;
    if (!match || place === undefined) continue;
    return { column: match.index + match[0].length - place.length, length: place.length, message };
  }
  return undefined;
}
