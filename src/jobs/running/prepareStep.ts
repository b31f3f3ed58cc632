import { SidebandError, toSidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import type { Way } from '../../operations/operation';
import { type AttemptResult, failure } from '../attempt';
import { checkParameters } from '../parameters';
import type { StepPlan } from '../planning/jobPlan';
import { type Facts, resolveWith } from '../program/facts';
import type { ProgramStep } from '../program/program';
import { chooseWays } from '../ways';
import type { StepRecords } from './stepRecords';

type Parameters = Readonly<Record<string, unknown>>;

/** What is to be tried for a step, or what it comes to untried. */
export type Preparation =
  { readonly parameters: Parameters; readonly ways: readonly Way[] } | { readonly untried: AttemptResult };

export interface PreparationRequest {
  readonly computer: Computer;
  readonly records: StepRecords;
  /** As planned. Absent: worked out now. */
  readonly planned: StepPlan | undefined;
  /** Only ways of this technology. */
  readonly technology: string | undefined;
  readonly facts: () => Facts;
}

/** Works out how a step is done, now that all before it is known. */
export function prepareStep(step: ProgramStep, request: PreparationRequest): Preparation {
  try {
    return prepare(step, request);
  } catch (thrown) {
    return { untried: failure(toSidebandError(thrown)) };
  }
}

function prepare(step: ProgramStep, request: PreparationRequest): Preparation {
  const { computer, records, planned, technology, facts } = request;
  const { operation } = step;
  const { followUp } = operation;
  if (planned?.parameters && !followUp) return possible(planned.parameters, planned);
  const given =
    records.index.constantParameters(step) ?? checkParameters(operation, resolveWith(step, facts()).parameters);
  const next = followUp?.resolve(given, records.earlier(followUp.step(given), step)) ?? { parameters: given };
  if ('nothing' in next) return { untried: { outcome: 'already', note: next.nothing } };
  const { parameters } = next;
  return possible(parameters, chooseWays(operation, computer, { parameters, technology }));
}

function possible(
  parameters: Parameters,
  { ways, impossible = 'no technology offers this' }: Pick<StepPlan, 'ways' | 'impossible'>,
): Preparation {
  if (ways.length > 0) return { parameters, ways };
  return { untried: failure(new SidebandError('operation.impossible', impossible)) };
}
