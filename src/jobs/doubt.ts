import { SidebandError } from '../base/errors';
import type { AttemptResult } from './attempt';
import type { RecordedStep } from './ledger';
import { isSuccess } from './result';

/** A time that ran out, a stop and a defect know nothing of the device: after an intent only the device’s own words are a no. */
export function withDoubt(error: SidebandError): SidebandError {
  const { code, details } = error;
  if (details.effect !== undefined || !/^(operation\.timeout|run\.cancelled|internal\.bug)$/.test(code)) return error;
  return new SidebandError(code, error.message, { ...details, effect: 'unknown' }, error);
}

/** What certainly did not happen this time may have happened the time before, when that left it open. */
export function withEarlierDoubt(result: AttemptResult, earlier: RecordedStep | undefined): AttemptResult {
  const isOpen = earlier?.outcome === 'running' || earlier?.outcome === 'unknown';
  if (!isOpen || isSuccess(result.outcome) || result.outcome === 'unknown') return result;
  return { ...result, outcome: 'unknown', note: 'An attempt before it may have happened.' };
}
