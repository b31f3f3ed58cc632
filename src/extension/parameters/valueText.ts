import * as vscode from 'vscode';
import type { Values } from './check';
import type { Field } from './fields';

const { t } = vscode.l10n;
const longestValue = 60;

/** A value as people read it. */
export function valueText(value: unknown): string {
  if (value === true) return t('on');
  if (value === false) return t('off');
  if (value === '') return t('empty');
  if (typeof value === 'string' || typeof value === 'number') return shorten(`${value}`);
  if (!Array.isArray(value)) return t('from the file');
  if (value.length === 0) return t('none');
  if (value.every((item) => typeof item === 'string')) return shorten(value.join(', '));
  return value.length === 1 ? t('1 entry') : t('{0} entries', value.length);
}

/** What holds of a field: the value that was given, or what holds when it is left out. */
export function stateText({ preset, isRequired, isKeptWithout, name }: Field, values: Values): string {
  if (name in values) return valueText(values[name]);
  if (preset !== undefined) return t('{0} (default)', valueText(preset));
  if (isRequired) return t('required');
  return isKeptWithout ? t('unchanged') : t('not given');
}

/** What a user does to leave a field out. */
export function leaveOutText({ preset, isKeptWithout }: Field): string {
  if (preset !== undefined) return t('Use the Default');
  return isKeptWithout ? t('Leave Unchanged') : t('Leave Out');
}

/** What was given, a text each. */
export function givenTexts(fields: readonly Field[], values: Values): readonly string[] {
  return fields.filter(({ name }) => name in values).map(({ name, label }) => `${label}: ${valueText(values[name])}`);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestValue ? `${line.slice(0, longestValue - 1)}…` : line;
}
