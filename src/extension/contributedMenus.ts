import { directOperations } from '../operations';
import type { Operation } from '../operations/operation';

const computers = 'view == sideband.computers';
const runs = 'view == sideband.runs';
const onComputer = `${computers} && viewItem =~ /^(computer|group)\\b/`;
const onNode = `${computers} && viewItem =~ /\\bnode$/`;
const jobs = 'view == sideband.jobs';
const onJob = `${jobs} && viewItem =~ /^job\\b/`;
const onSoundJob = `${jobs} && viewItem =~ /^job$/`;
const onRun = `${runs} && viewItem =~ /^run\\b/`;
const onInterruptedRun = `${runs} && viewItem =~ /\\binterrupted\\b/`;
const onRunningRun = `${runs} && viewItem =~ /\\brunning\\b/`;
const onFailedRun = `${runs} && viewItem =~ /\\bfailed\\b/`;
/** Also where a path has backslashes. */
const inJobFile = 'resourceScheme == file && resourcePath =~ /[/\\\\]\\.sideband[/\\\\]jobs[/\\\\].*\\.yaml$/';
const onInventory = 'webviewId == sideband.inventory && webviewSection == cell';

/** What is used every day stays outside of the submenus. */
const atTop = ['power.on', 'power.off', 'power.reset'];

/** The submenu of operations whose ids begin with these words; the others stand alone. */
const areas: Readonly<Record<string, string>> = {
  power: 'Power',
  wait: 'Power',
  boot: 'Boot',
  consent: 'Boot',
  network: 'Network',
  amt: 'AMT',
  log: 'Logs',
  sel: 'Logs',
  user: 'Controller',
  alerts: 'Controller',
  bmc: 'Controller',
  identify: 'Controller',
  console: 'Controller',
};

interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when: string;
  readonly group?: string;
}

/** Operations of one area; one alone needs no submenu. */
interface Area {
  readonly title: string;
  readonly operations: readonly Operation[];
}

/** The submenus of the tree, one for each area of operations. */
export function submenus(): readonly object[] {
  return inAreas()
    .filter(isSubmenu)
    .map(({ title }) => ({ id: submenuId(title), label: title }));
}

/** `menus` of package.json. `palette`: the commands, and when the palette has them. */
export function menus(palette: readonly MenuEntry[]): Readonly<Record<string, readonly MenuEntry[]>> {
  return {
    commandPalette: palette,
    'terminal/title/context': onSerialTerminal(),
    'terminal/context': onSerialTerminal(),
    'webview/context': ['copyCell', 'copyRow'].map((id, index) => ({
      command: `sideband.${id}`,
      when: onInventory,
      group: `1_copy@${index + 1}`,
    })),
    'editor/title': [
      { command: 'sideband.planJob', when: inJobFile, group: 'navigation@1' },
      { command: 'sideband.runJob', when: inJobFile, group: 'navigation@2' },
      { command: 'sideband.runJobOn', when: inJobFile, group: '1_run@1' },
    ],
    'view/title': [
      { command: 'sideband.refresh', when: computers, group: 'navigation@1' },
      { command: 'sideband.filter', when: `${computers} && !sideband:filtered`, group: 'navigation@2' },
      { command: 'sideband.clearFilter', when: `${computers} && sideband:filtered`, group: 'navigation@2' },
      { command: 'sideband.groupBy', when: computers, group: 'navigation@3' },
      { command: 'sideband.setPassword', when: computers, group: '1_password@1' },
      { command: 'sideband.forgetPassword', when: computers, group: '1_password@2' },
      { command: 'sideband.showLog', when: computers, group: '2_log' },
      { command: 'sideband.createJob', when: jobs, group: 'navigation' },
    ],
    'view/item/context': [
      ...operationEntries(),
      { command: 'sideband.inventory', when: onComputer, group: '2_look@1' },
      { command: 'sideband.show', when: onComputer, group: '2_look@2' },
      { command: 'sideband.chart', when: onComputer, group: '2_look@3' },
      { command: 'sideband.console', when: onComputer, group: '2_look@4' },
      { command: 'sideband.check', when: onComputer, group: '2_look@5' },
      { command: 'sideband.snapshot', when: onComputer, group: '3_snapshot@1' },
      { command: 'sideband.compareSnapshot', when: onComputer, group: '3_snapshot@2' },
      { command: 'sideband.setPassword', when: onComputer, group: '4_access@1' },
      { command: 'sideband.trust', when: wants('wantsTrust'), group: '4_access@2' },
      { command: 'sideband.setPassword', when: wants('wantsPassword'), group: 'inline' },
      { command: 'sideband.trust', when: wants('wantsTrust'), group: 'inline' },
      { command: 'sideband.openNode', when: onNode, group: '0_open' },
      { command: 'sideband.planJob', when: onSoundJob, group: 'inline@1' },
      { command: 'sideband.runJob', when: onSoundJob, group: 'inline@2' },
      { command: 'sideband.planJob', when: onSoundJob, group: '1_run@1' },
      { command: 'sideband.runJob', when: onSoundJob, group: '1_run@2' },
      { command: 'sideband.runJobOn', when: onSoundJob, group: '1_run@3' },
      { command: 'sideband.jobHistory', when: onJob, group: '2_look@1' },
      { command: 'sideband.openJob', when: onJob, group: '2_look@2' },
      { command: 'sideband.rerunFailed', when: onFailedRun, group: 'inline@1' },
      { command: 'sideband.openRun', when: onRun, group: 'inline@2' },
      { command: 'sideband.resumeRun', when: onInterruptedRun, group: 'inline@0' },
      { command: 'sideband.openRun', when: onRun, group: '1_run@1' },
      { command: 'sideband.resumeRun', when: onInterruptedRun, group: '1_run@2' },
      { command: 'sideband.rerunFailed', when: onFailedRun, group: '1_run@3' },
      { command: 'sideband.cancelRun', when: onRunningRun, group: '1_run@4' },
      { command: 'sideband.exportRun', when: onRun, group: '2_export' },
    ],
    ...Object.fromEntries(
      inAreas()
        .filter(isSubmenu)
        .map((area) => [
          submenuId(area.title),
          area.operations.map((one, index) => entryOf(one, `1_area@${index + 1}`)),
        ]),
    ),
  };
}

function operationEntries(): readonly MenuEntry[] {
  const first = directOperations
    .filter(({ id }) => atTop.includes(id))
    .map((one, index) => entryOf(one, `1_power@${index + 1}`));
  const others = inAreas().map((area, index): MenuEntry => {
    const group = `1_power@${first.length + index + 1}`;
    const [only] = area.operations;
    if (!isSubmenu(area) && only) return entryOf(only, group);
    return { submenu: submenuId(area.title), when: whenOffered(area.operations), group };
  });
  return [...first, ...others];
}

function entryOf(operation: Operation, group: string): MenuEntry {
  return { command: `sideband.${operation.id}`, when: whenOffered([operation]), group };
}

/** In the order in which the areas come up. An operation without an area is an area of its own. */
function inAreas(): readonly Area[] {
  const byTitle = new Map<string, Operation[]>();
  for (const operation of directOperations.filter(({ id }) => !atTop.includes(id))) {
    const title = areas[operation.id.split('.')[0] ?? ''] ?? operation.title;
    const known = byTitle.get(title);
    if (known) known.push(operation);
    else byTitle.set(title, [operation]);
  }
  return [...byTitle].map(([title, own]) => ({ title, operations: own }));
}

function isSubmenu({ operations: own }: Area): boolean {
  return own.length > 1;
}

function submenuId(title: string): string {
  return `sideband.area.${title.toLowerCase()}`;
}

/** On computers that a technology of the operations reaches, and on groups. */
function whenOffered(some: readonly Operation[]): string {
  const technologies = [...new Set(some.flatMap(({ ways }) => ways.map(({ technology }) => technology)))];
  return `${computers} && viewItem =~ /^(group$|computer\\b.*\\b(${technologies.join('|')})\\b)/`;
}

function wants(flag: string): string {
  return `${computers} && viewItem =~ /\\b${flag}\\b/`;
}

function onSerialTerminal(): readonly MenuEntry[] {
  const commands = ['consolePower', 'consoleBreak', 'consoleRecord'];
  return commands.map((id, index) => ({
    command: `sideband.${id}`,
    when: 'sideband:serialTerminal',
    group: `sideband@${index + 1}`,
  }));
}
