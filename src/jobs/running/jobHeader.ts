import type { Engine } from '../engine';
import type { RunHeader, StepHeader } from '../ledger';
import type { JobPlan } from '../planning/jobPlan';
import { jobDanger } from '../planning/jobDanger';
import type { Program } from '../program/program';

export interface JobHeaderOptions {
  readonly concurrency?: number | undefined;
  /** The run that this one repeats in part. */
  readonly rerunOf?: string | undefined;
  /** The due time that it was begun for, in ISO 8601. */
  readonly dueAt?: string | undefined;
}

/** What is written down of a job before its first act. */
export function jobHeader(
  plan: JobPlan,
  { folder }: Pick<Engine, 'folder'>,
  { concurrency, rerunOf, dueAt }: JobHeaderOptions,
): RunHeader {
  const { job, program, source, targets, hash, computers, technology } = plan;
  return {
    subject: source.file,
    title: job.name,
    danger: jobDanger(plan),
    parameters: source.inputs,
    targets,
    folder,
    planHash: hash,
    computers: computers.map(({ computer }) => computer.name),
    ...(rerunOf !== undefined && { rerunOf }),
    job: {
      source,
      steps: stepHeaders(program),
      hosts: computers.map(({ computer }) => computer.host),
      ...(concurrency !== undefined && { concurrency }),
      ...(technology !== undefined && { technology }),
      ...(dueAt !== undefined && { dueAt }),
    },
  };
}

export function stepHeaders({ steps }: Program): readonly StepHeader[] {
  return steps.map(({ id, title, operation, role }) => ({ id, title, uses: operation.id, role }));
}
