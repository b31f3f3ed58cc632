import * as vscode from 'vscode';
import type { Definitions } from '../fleet/definitions';
import { InvalidAddress, parseAddresses } from '../fleet/filters/addresses';
import { describeFilter } from '../fleet/filters/describeFilter';
import { countFilters } from '../fleet/filters/filterFile';
import type { FilterSet } from '../fleet/filters/filterSet';
import { builtInFilterSet } from '../fleet/filters/filterSets';
import { formatTreatment } from '../fleet/filters/treatment';
import type { Operation } from '../operations/operation';

const { t } = vscode.l10n;

/** What is chosen of a set. */
interface Options {
  readonly antiSpoofing: FilterSet['antiSpoofing'];
  readonly pingLimit: number;
  readonly consoleAddress?: string;
  readonly replaceForeign: boolean;
}

/** The filter dialog: the set, its options, then everything that stays open, to be confirmed. Nothing when it is dismissed. */
export async function askNetworkFilter(
  { title }: Operation,
  definitions: Definitions,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const set = await askSet(title, definitions);
  if (!set || set === 'allow-all') return set && { mode: set };
  for (;;) {
    const options = await askOptions(title, set);
    if (!options) return undefined;
    const answer = await preview(title, set, options);
    if (answer === 'block') return { mode: answer, set: set.name, ...options };
    if (answer === undefined) return undefined;
  }
}

async function askSet(title: string, { filterSets }: Definitions): Promise<FilterSet | 'allow-all' | undefined> {
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator, choice: undefined });
  const items = [
    separator(t('block all but open ports')),
    ...filterSets.all.map((set) => ({
      label: set.name,
      description: set === builtInFilterSet() ? t('built in') : t('of this folder'),
      detail: set.title ?? t('{0} filters', countFilters(set)),
      choice: set,
    })),
    separator(t('allow all')),
    {
      label: t('Allow All'),
      detail: t('Takes every filter of Sideband off the device'),
      choice: 'allow-all' as const,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('{0} (1 of 3): filter set', title),
    placeHolder: t('What stays open while the computer is cut off'),
  });
  return picked?.choice;
}

async function askOptions(title: string, set: FilterSet): Promise<Options | undefined> {
  const step = t('{0} (2 of 3): options of {1}', title, set.name);
  const items = [
    {
      id: 'antiSpoofing',
      label: t('Anti-spoofing'),
      detail: t('Drops packets that the computer sends under an address that is not its own'),
      picked: set.antiSpoofing !== 'off',
    },
    {
      id: 'pingLimit',
      label: t('Limit pings'),
      detail: t('So many packets of ICMP a second in each direction'),
      picked: set.pingLimit > 0,
    },
    {
      id: 'replaceForeign',
      label: t('Replace the policy of another console'),
      detail: t('Takes it out of force; it stays on the device'),
      picked: false,
    },
  ] as const;
  const picked = await vscode.window.showQuickPick(items, { title: step, canPickMany: true });
  if (!picked) return undefined;
  const has = (id: (typeof items)[number]['id']): boolean => picked.some((item) => item.id === id);
  const pingLimit = has('pingLimit') ? await askPingLimit(step, set) : 0;
  if (pingLimit === undefined) return undefined;
  const consoleAddress = set.filters.some(({ isForConsole }) => isForConsole) ? await askConsole(step) : '';
  if (consoleAddress === undefined) return undefined;
  return {
    antiSpoofing: !has('antiSpoofing') ? 'off' : set.antiSpoofing === 'off' ? 'on' : set.antiSpoofing,
    pingLimit,
    ...(consoleAddress !== '' && { consoleAddress }),
    replaceForeign: has('replaceForeign'),
  };
}

async function askPingLimit(title: string, set: FilterSet): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: t('Packets of ICMP a second'),
    value: String(set.pingLimit > 0 ? set.pingLimit : 10),
    validateInput: (value) => (/^[1-9]\d{0,8}$/.test(value) ? undefined : t('A whole number from 1 is expected')),
  });
  return text === undefined ? undefined : Number(text);
}

function askConsole(title: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: t('The console’s address, to which the set opens ports; empty: any address'),
    validateInput: (value) => (value === '' ? undefined : mistakeIn(value)),
  });
}

function mistakeIn(address: string): string | undefined {
  try {
    parseAddresses(address);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof InvalidAddress) return thrown.message;
    throw thrown;
  }
}

async function preview(title: string, set: FilterSet, options: Options): Promise<'block' | 'back' | undefined> {
  const items = [
    { label: t('$(shield) Block All but These'), answer: 'block' as const },
    { label: t('$(arrow-left) Back to the Options'), answer: 'back' as const },
    { label: t('open'), kind: vscode.QuickPickItemKind.Separator, answer: undefined },
    ...previewLines(set, options).map(({ name, what }) => ({
      label: name,
      description: what,
      answer: 'look' as const,
    })),
  ];
  for (;;) {
    const picked = await vscode.window.showQuickPick(items, {
      title: t('{0} (3 of 3): {1}', title, set.name),
      placeHolder: t('What the computer can still reach'),
      matchOnDescription: true,
    });
    if (picked?.answer !== 'look') return picked?.answer;
  }
}

/** What stays open and what becomes of the rest, a line each. */
export function previewLines(
  set: FilterSet,
  { antiSpoofing, pingLimit, consoleAddress }: Options,
): readonly { readonly name: string; readonly what: string }[] {
  const { outbound, inbound } = set.otherwise;
  const rest = t('outbound {0}, inbound {1}', formatTreatment(outbound), formatTreatment(inbound));
  return [
    ...set.filters.map((filter) => {
      const where = filter.isForConsole ? (consoleAddress ?? t('at any address')) : undefined;
      return { name: filter.name, what: describeFilter(filter) + (where === undefined ? '' : ` (${where})`) };
    }),
    ...(pingLimit > 0 ? [{ name: 'ping', what: t('icmp, {0} packets a second', pingLimit) }] : []),
    { name: t('everything else'), what: rest },
    { name: t('anti-spoofing'), what: antiSpoofing },
  ];
}
