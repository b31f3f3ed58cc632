import * as vscode from 'vscode';
import type { Reply } from '../quickInput';
import { type Values, withValue } from './check';
import type { Field } from './fields';
import { leaveOutText } from './valueText';
import type { Subject } from './subject';

/** What became of a question for one parameter. */
export type Edit = { readonly kind: 'set'; readonly values: Values } | { readonly kind: 'back' | 'dismissed' };

/** A question for one parameter. */
export interface EditOptions {
  readonly subject: Subject;
  readonly field: Field;
  /** Everything that was given so far. */
  readonly values: Values;
  readonly canGoBack: boolean;
  /** Where it stands among the questions: from 1. */
  readonly step?: { readonly number: number; readonly of: number };
}

/** What every question for one parameter shows. */
export function frameOf({ subject, field, canGoBack, step }: EditOptions): {
  readonly title: string;
  readonly buttons: readonly vscode.QuickInputButton[];
  readonly step?: { readonly number: number; readonly of: number };
} {
  return {
    title: `${subject.title}: ${field.label}`,
    buttons: canGoBack ? [vscode.QuickInputButtons.Back] : [],
    ...(step && { step }),
  };
}

/** The button that takes a value back. */
export function leaveOutButton(field: Field): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('discard'), tooltip: leaveOutText(field) };
}

/** What is given already, or holds without it. */
export function valueNow({ field, values }: EditOptions): unknown {
  return field.name in values ? values[field.name] : field.preset;
}

export function setTo({ field, values }: EditOptions, value: unknown): Edit {
  return { kind: 'set', values: withValue(values, field, value) };
}

/** What became of a question that was not answered: its buttons are Back, and the one that takes the value back. */
export function unanswered(options: EditOptions, reply: Exclude<Reply<unknown, unknown>, { kind: 'answered' }>): Edit {
  if (reply.kind === 'dismissed') return reply;
  return reply.button === vscode.QuickInputButtons.Back ? { kind: 'back' } : setTo(options, undefined);
}
