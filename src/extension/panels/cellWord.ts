import { counted } from '../../../webviews/shared/counted';
import type { RecordedResult, RecordedStep } from '../../jobs/ledger';

const longest = 40;

/** What a cell of the matrix says beside its outcome and its duration: the error’s code, or the state: `off → on`. */
export function cellWord(record: RecordedResult | RecordedStep): string {
  const { outcome, value, error } = record;
  if (error) return error.code === 'operation.impossible' ? 'impossible' : error.code;
  if (outcome === 'running') return '';
  const before = 'before' in record ? record.before : undefined;
  const now = shortValue(value);
  if (before === undefined || now === '' || before === now) return cut(now);
  return cut(`${before} → ${now}`);
}

/** The first thing that a value says: of `{ power: 'on' }` it is `on`, of a table how many rows it has. */
function shortValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return part('', value);
  if ('rows' in value && Array.isArray(value.rows)) return counted(value.rows.length, 'row');
  for (const [name, one] of Object.entries(value)) {
    const text = part(name, one);
    if (text !== '') return text;
  }
  return '';
}

function part(name: string, value: unknown): string {
  if (Array.isArray(value)) return `${value.length} ${name}`.trim();
  if (typeof value === 'boolean' || typeof value === 'number') return `${String(value)} ${name}`.trim();
  return typeof value === 'string' && !value.includes('\n') ? value : '';
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
