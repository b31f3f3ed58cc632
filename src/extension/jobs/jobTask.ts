import * as vscode from 'vscode';
import { SidebandError } from '../../base/errors';

const { t } = vscode.l10n;

/** What a task can do with a job. */
export const taskActions = ['check', 'plan', 'run'] as const;

/** A task of `tasks.json`, checked. */
export interface JobTask {
  readonly job: string;
  readonly action: (typeof taskActions)[number];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly targets?: string;
}

/** Throws `usage.invalid`. */
export function readTask(definition: vscode.TaskDefinition): JobTask {
  const { job, action = 'run', inputs = {}, targets } = definition as Readonly<Record<string, unknown>>;
  const known = taskActions.find((one) => one === action);
  if (typeof job !== 'string') throw mistaken('job', t('the file of a job'));
  if (!known) throw mistaken('action', taskActions.join(', '));
  if (!isMapping(inputs)) throw mistaken('inputs', t('a mapping'));
  if (targets !== undefined && typeof targets !== 'string') throw mistaken('targets', t('text'));
  return { job, action: known, inputs, ...(targets !== undefined && { targets }) };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mistaken(key: string, expected: string): SidebandError {
  return new SidebandError('usage.invalid', `${key} of the task: ${expected} is expected`);
}
