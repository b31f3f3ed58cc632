import * as vscode from 'vscode';
import { showList } from '../quickInput';
import { type Edit, type EditOptions, frameOf, leaveOutButton, setTo, unanswered, valueNow } from './edit';
import { enterValue } from './enterValue';
import type { Field, FieldChoice } from './fields';
import { leaveOutText, valueText } from './valueText';

const { t } = vscode.l10n;

/** What can be chosen for a parameter. */
export interface Offer extends vscode.QuickPickItem {
  readonly value: unknown;
  /** Stands for every value that is not listed. */
  readonly isOther?: true;
}

/** Asks for one of the choices; for another value, too, with `isOpen`. What has no default can be left out. */
export function chooseValue(
  options: EditOptions,
  { choices, isOpen }: { readonly choices: readonly FieldChoice[]; readonly isOpen: boolean },
): Promise<Edit> {
  const { isRequired, preset } = options.field;
  const nothing = { label: leaveOutText(options.field), value: undefined };
  const other = { label: t('Other…'), value: undefined, isOther: true as const };
  return chooseOffer(options, [
    ...(isRequired || preset !== undefined ? [] : [nothing]),
    ...choices.map((choice) => offerOf(options.field, choice)),
    ...(isOpen ? [other] : []),
  ]);
}

/** Asks for one of the offers. The one that holds now is what Enter chooses. */
export async function chooseOffer(
  options: EditOptions,
  offers: readonly Offer[],
  title = frameOf(options).title,
): Promise<Edit> {
  const now = valueNow(options);
  const other = now === undefined ? undefined : offers.find(({ isOther }) => isOther);
  const active = offers.find(({ value, isOther }) => value === now && !isOther) ?? other;
  for (;;) {
    const { description } = options.field;
    const reply = await showList({ ...frameOf(options), title, items: offers, active, placeholder: description });
    if (reply.kind !== 'answered') return unanswered(options, reply);
    const [chosen] = reply.answer;
    if (!chosen?.isOther) return setTo(options, chosen?.value);
    const edit = await enterValue({ ...options, canGoBack: true });
    if (edit.kind !== 'back') return edit;
  }
}

/** Lets several of the choices be ticked. */
export async function chooseSeveral(options: EditOptions, choices: readonly FieldChoice[]): Promise<Edit> {
  const { field } = options;
  const frame = frameOf(options);
  const now = valueNow(options);
  const items = choices.map((choice) => offerOf(field, choice));
  const reply = await showList({
    ...frame,
    buttons: field.isRequired ? frame.buttons : [...frame.buttons, leaveOutButton(field)],
    items,
    ticked: items.filter(({ value }) => Array.isArray(now) && now.includes(value)),
    placeholder: field.description,
  });
  if (reply.kind !== 'answered') return unanswered(options, reply);
  const ticked = new Set(reply.answer);
  return setTo(
    options,
    items.filter((item) => ticked.has(item)).map(({ value }) => value),
  );
}

function offerOf({ preset }: Field, { value, description }: FieldChoice): Offer {
  const isPreset = value === preset;
  return {
    label: valueText(value),
    ...(isPreset && { description: t('default') }),
    ...(description !== '' && { detail: description }),
    value,
  };
}
