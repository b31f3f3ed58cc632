import type { Computer } from '../../fleet/computer';
import { partsOf } from '../file/expressionParts';
import { type Block, type Call, isCall, type Program, type ProgramStep, type Scope } from '../program/program';
import { namedIn } from '../program/resolve';

/**
 * Of computers for which it tells the same, a program has the same plan: how they are reached, and the power as last seen, is all that
 * counts. Nothing for a program that names the computer, for then each has its own.
 */
export function likenessIn({ root }: Program): ((computer: Computer) => string) | undefined {
  if (namesComputer(root)) return undefined;
  return ({ accesses, seen }) => JSON.stringify([accesses.map(({ technology }) => technology), seen.power ?? null]);
}

function namesComputer({ steps, finally: last }: Block): boolean {
  return [...steps, ...last].some(
    (item) =>
      conditionNamesComputer(item) ||
      inputsNameComputer(item.scope) ||
      (isCall(item) ? namesComputer(item.block) : namedIn(item.with, 'computer').length > 0),
  );
}

function conditionNamesComputer({ condition }: ProgramStep | Call): boolean {
  return (
    condition !== undefined &&
    [...partsOf(condition)].some((part) => part.kind === 'path' && part.path[0] === 'computer')
  );
}

function inputsNameComputer({ inputs, caller }: Scope): boolean {
  return namedIn(inputs, 'computer').length > 0 || (caller !== undefined && inputsNameComputer(caller));
}
