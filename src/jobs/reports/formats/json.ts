import { shownInputs } from '../../planning/planLines';
import type { RunRecord } from '../../ledger';
import { casesByComputer, type RunCase } from '../runCases';
import type { RunFormat } from '../runFormat';

/**
 * `run`, `kind` (`job` or `operation`), `subject` (the job's file or the operation), `title`, `targets`, `state`, `startedAt`,
 * `endedAt`, `plan` (its hash), `repeats`, `inputs` of a job, `counts` by outcome, and `computers`: what became of each in all, as in
 * `sideband do --json`, with its `steps`. Times are in ISO 8601, durations in milliseconds; what is absent is not known. An operation's
 * parameters are not among it.
 */
export const json: RunFormat = {
  name: 'json',
  title: 'JSON',
  extension: 'json',
  format(document) {
    const { record } = document;
    const computers = casesByComputer(document).map(({ result, cases }) => ({
      ...result,
      ...(record.job && { steps: cases.map(toStep) }),
    }));
    return `${JSON.stringify({ ...headOf(record), computers }, undefined, 2)}\n`;
  },
};

function headOf(record: RunRecord): object {
  const { id, kind, subject, title, targets, state, startedAt, endedAt, planHash, rerunOf, job, counts } = record;
  return {
    run: id,
    kind,
    subject,
    title,
    targets,
    state,
    startedAt,
    endedAt,
    plan: planHash,
    repeats: rerunOf,
    inputs: job && shownInputs(job.source.inputs),
    counts,
  };
}

function toStep({ step, computer: _, ...rest }: RunCase): object {
  return { ...step, ...rest };
}
