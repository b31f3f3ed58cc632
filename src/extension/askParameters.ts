import * as vscode from 'vscode';
import * as z from 'zod';
import { readParameterFile } from '../app/parameterFile';
import type { Definitions } from '../fleet/definitions';
import type { Choice, Operation } from '../operations/operation';
import { networkFilter } from '../operations/network/filter';
import { askNetworkFilter } from './networkFilter';

const { t } = vscode.l10n;

export type Parameters = Readonly<Record<string, unknown>>;

interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  /** Left at its default here; the command line has it. */
  readonly advanced?: boolean;
  /** What the operation offers where the schema cannot list it. */
  readonly choices?: readonly Choice[] | undefined;
}

type Named = readonly [name: string, property: Property];

/** What can be picked, and what it stands for. */
interface Answer {
  readonly label: string;
  readonly description: string;
  readonly value: unknown;
}

type Dialog = (operation: Operation, definitions: Definitions) => Promise<Parameters | undefined>;

/** Operations that are asked for in a way of their own. */
const dialogs: Readonly<Record<string, Dialog>> = { [networkFilter.id]: askNetworkFilter };

/**
 * Asks for what is a choice, or has no default; how long to wait is not asked. A list comes from a file, with the other parameters.
 * Of an operation that leaves the rest as it is, what has no default is asked for only when it is ticked. Nothing when a question is
 * dismissed. Rejects with `file.invalid`.
 */
export async function askParameters(operation: Operation, definitions: Definitions): Promise<Parameters | undefined> {
  const dialog = dialogs[operation.id];
  if (dialog) return dialog(operation, definitions);
  const schema = z.toJSONSchema(operation.parameters, { io: 'input' });
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Property>>);
  if (properties.some(([, { type }]) => type === 'array')) return askForFile(operation);
  const choices = operation.choices?.(definitions) ?? {};
  const given: Record<string, unknown> = {};
  const isWish = ([name, property]: Named): boolean =>
    operation.leavesRest === true && property.default === undefined && schema.required?.includes(name) !== true;
  for (const [name, property] of properties.filter((one) => !isWish(one))) {
    const isRequired = schema.required?.includes(name) === true;
    if (!isRequired && (property.advanced || (property.type !== 'boolean' && !property.enum && !choices[name])))
      continue;
    const answer = await askOne(operation.title, name, { ...property, choices: choices[name] });
    if (answer === undefined) return undefined;
    given[name] = answer;
  }
  const wishes = properties.filter(isWish);
  return wishes.length === 0 ? given : addWishes(operation.title, wishes, given);
}

/** Which settings are to change, and then what each is to be. */
async function addWishes(title: string, wishes: readonly Named[], given: Parameters): Promise<Parameters | undefined> {
  const rows = wishes.map((wish) => ({ label: wish[0], detail: wish[1].description ?? '', wish }));
  const placeHolder = t('What is not ticked stays as it is');
  const picked = await vscode.window.showQuickPick(rows, { title, placeHolder, canPickMany: true });
  if (!picked) return undefined;
  const added: Record<string, unknown> = { ...given };
  for (const [name, property] of picked.map(({ wish }) => wish)) {
    const answer = await (property.type === 'boolean'
      ? choose(`${title}: ${name}`, onOrOff(property))
      : askOne(title, name, property));
    if (answer === undefined) return undefined;
    added[name] = answer;
  }
  return added;
}

function onOrOff({ description = '' }: Property): readonly Answer[] {
  return [
    { label: t('on'), description, value: true },
    { label: t('off'), description: '', value: false },
  ];
}

async function askForFile(operation: Operation): Promise<Parameters | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('{0}: a YAML file with its parameters', operation.title),
      filters: { YAML: ['yaml', 'yml'] },
      ...(folder && { defaultUri: folder.uri }),
    })) ?? [];
  return file && readParameterFile(file.fsPath, operation);
}

function askOne(title: string, name: string, property: Property): Promise<unknown> {
  const { description = '' } = property;
  if (property.type === 'boolean') {
    const usual = property.default === true;
    return choose(title, [
      { label: title, description: usual ? t('as usual: {0}', description) : t('as usual'), value: usual },
      usual
        ? { label: t('{0}, not {1}', title, name), description: '', value: false }
        : { label: `${title}, ${name}`, description, value: true },
    ]);
  }
  if (property.enum) {
    const values = property.enum.map((value) => ({ label: String(value), description: '', value }));
    return choose(`${title}: ${name}`, values);
  }
  if (property.choices) {
    const values = property.choices.map(({ value, description }) => ({ label: value, description, value }));
    return choose(`${title}: ${name}`, values);
  }
  return enter(`${title}: ${name}`, property);
}

async function choose(title: string, items: readonly Answer[]): Promise<unknown> {
  const rows = items.map(({ label, description, value }) => ({ label, detail: description, value }));
  return (await vscode.window.showQuickPick(rows, { title }))?.value;
}

async function enter(title: string, { type, description = '' }: Property): Promise<unknown> {
  const isNumber = type === 'number' || type === 'integer';
  const text = await vscode.window.showInputBox({
    title,
    prompt: description,
    validateInput: (value) => (isNumber && !Number.isFinite(Number(value)) ? t('A number is expected') : undefined),
  });
  return text === undefined || !isNumber ? text : Number(text);
}
