import type { Computer } from '../../fleet/computer';
import type { Operation } from '../../operations/operation';
import type { Engine } from '../engine';
import { policyRefusals } from '../plan';
import type { Refusal } from '../policy';
import type { CompiledJob } from '../program/program';
import type { ComputerPlan } from './jobPlan';
import { windowRefusals } from './windows';

/** What the job's windows and the policy say at this moment against a plan. */
export function planRefusals(
  compiled: Pick<CompiledJob, 'job' | 'source'>,
  computers: readonly ComputerPlan[],
  engine: Pick<Engine, 'fleet' | 'policy'>,
): readonly Refusal[] {
  const refusals = [...windowRefusals(compiled, new Date())];
  if (!engine.policy) return refusals;
  const known = new Set<string>();
  for (const [operation, touched] of touchedBy(computers)) {
    for (const refusal of policyRefusals(operation, touched, engine)) {
      const key = JSON.stringify([refusal.rule, refusal.message]);
      if (!known.has(key)) refusals.push(refusal);
      known.add(key);
    }
  }
  return refusals;
}

/** Of each operation that is not safe, the computers on which it is possible. */
function touchedBy(computers: readonly ComputerPlan[]): ReadonlyMap<Operation, readonly Computer[]> {
  const touched = new Map<Operation, Set<Computer>>();
  for (const { computer, steps } of computers) {
    for (const { step, ways } of steps) {
      if (step.operation.danger === 'safe' || ways.length === 0) continue;
      const own = touched.get(step.operation);
      if (own) own.add(computer);
      else touched.set(step.operation, new Set([computer]));
    }
  }
  return new Map([...touched].map(([operation, own]) => [operation, [...own]]));
}
