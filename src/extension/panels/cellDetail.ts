import type { CellDetail } from '../../../webviews/run/contract';
import { yamlOf } from '../../jobs/result';
import { adviceFor } from '../advice';
import { withoutName } from '../tree/computerItem';
import type { CellRecord } from './runMatrix';

/** Longer values are cut: a page is for looking, a report for keeping. */
const longestValue = 100_000;

/** What the page tells of one cell, in words. */
export function toDetail(record: CellRecord): CellDetail {
  const { computer, outcome, technology, durationMs, note, error, tried = [], value } = record;
  const { attempts, before } = 'attempts' in record ? record : {};
  const text = valueText(value);
  return {
    outcome,
    durationMs,
    tried: tried.map((attempt) => `${attempt.technology}: ${attempt.code}`),
    ...(technology !== undefined && { technology }),
    ...(attempts !== undefined && { attempts }),
    ...(before !== undefined && { before }),
    ...(note !== undefined && { note }),
    ...(error && {
      error: { code: error.code, message: withoutName(error.message, computer), advice: adviceFor(error) },
    }),
    ...(text !== undefined && { value: text }),
  };
}

function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = yamlOf(value) ?? (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
  return text.length > longestValue ? `${text.slice(0, longestValue)}\n…` : text;
}
