import * as vscode from 'vscode';
import { showInput } from '../quickInput';
import { mistakeIn } from './check';
import { type Edit, type EditOptions, frameOf, leaveOutButton, setTo, unanswered, valueNow } from './edit';
import type { Field } from './fields';
import { stateText, valueText } from './valueText';

const { t } = vscode.l10n;

/** Asks for a text, a number or a list, which the field's own schema checks at every key. */
export async function enterValue(options: EditOptions): Promise<Edit> {
  const { field } = options;
  const frame = frameOf(options);
  const reply = await showInput({
    ...frame,
    buttons: field.isRequired ? frame.buttons : [...frame.buttons, leaveOutButton(field)],
    prompt: field.description,
    placeholder: hintOf(field),
    value: textOf(valueNow(options)),
    mistakeIn: (text) => (isLeftOut(field, text) ? undefined : mistakeIn(field, parse(field, text))),
  });
  if (reply.kind !== 'answered') return unanswered(options, reply);
  return setTo(options, isLeftOut(field, reply.answer) ? undefined : parse(field, reply.answer));
}

/** An empty text leaves out what cannot be empty. */
function isLeftOut(field: Field, text: string): boolean {
  return text === '' && !field.isRequired && !canBeEmpty(field);
}

function canBeEmpty(field: Field): boolean {
  return mistakeIn(field, parse(field, '')) === undefined;
}

function parse({ input }: Field, text: string): unknown {
  if (input.kind === 'number') return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text;
  if (input.kind !== 'list') return text;
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

/** The inverse of `parse`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

function hintOf(field: Field): string {
  const { input, isRequired, preset } = field;
  const empty = canBeEmpty(field) ? t('empty is a value, too') : t('empty: {0}', stateText(field, {}));
  const otherwise = preset === undefined ? empty : t('default: {0}', valueText(preset));
  return [rangeOf(input), ...(isRequired ? [] : [otherwise])].filter(Boolean).join('; ');
}

function rangeOf(input: Field['input']): string {
  if (input.kind === 'list') return t('with commas between');
  if (input.kind !== 'number') return '';
  const { least, most } = input;
  if (least === undefined) return most === undefined ? '' : t('at most {0}', most);
  return most === undefined ? t('at least {0}', least) : t('{0} to {1}', least, most);
}
