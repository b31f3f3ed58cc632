import { SidebandError, toSidebandError } from '../../base/errors';
import type { ComputerResult } from '../result';
import type { ComputerTask, RunSetting } from './computerTask';
import { Course } from './course';
import { ended } from './stepResults';

/**
 * Takes one computer through its steps from where its records end, and closes it. Never rejects for what the computer does; when the
 * ledger fails nothing more is done to it, and its outcome says so.
 */
export async function runComputer(task: ComputerTask, setting: RunSetting): Promise<ComputerResult> {
  const result = await takeThrough(task, setting);
  await closeComputer(result, setting);
  return result;
}

/** The same without closing it. */
export async function takeThrough(task: ComputerTask, setting: RunSetting): Promise<ComputerResult> {
  const startedAt = performance.now();
  const { computer, records } = task;
  let result: ComputerResult;
  try {
    result = await new Course(task, setting).run();
  } catch (thrown) {
    const { message } = toSidebandError(thrown);
    result = ended(computer.name, 'failed', new SidebandError('internal.bug', message, {}, thrown));
  }
  const before = records.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return { ...result, durationMs: before + Math.round(performance.now() - startedAt) };
}

/** Whether it was recorded. What cannot be recorded any more is logged: what was done has happened. */
export async function closeComputer(
  result: ComputerResult,
  { writer, frontend }: Pick<RunSetting, 'writer' | 'frontend'>,
): Promise<boolean> {
  try {
    await writer.close(result);
    return true;
  } catch (thrown) {
    frontend.log.warn(`${result.computer}: its outcome was not recorded: ${toSidebandError(thrown).message}`);
    return false;
  }
}
