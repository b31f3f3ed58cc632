import { operations } from '../operations';

const computers = 'view == sideband.computers';
const runs = 'view == sideband.runs';
const onComputer = `${computers} && viewItem =~ /^(computer|group)\\b/`;
const onFailedRun = `${runs} && viewItem =~ /\\bfailed\\b/`;
const category = 'Sideband';
const serialConsoleProfileId = 'sideband.serialConsole';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Whether it reaches computers, which it may only in a trusted folder. */
  readonly reaches?: 'computers';
  /** Whether the palette leaves it out, because it needs something clicked. */
  readonly palette?: 'hidden';
}

const entries: readonly Entry[] = [
  ...operations.map(({ id, title }) => ({ id, title, reaches: 'computers' as const })),
  { id: 'show', title: 'Show Node…', reaches: 'computers' },
  { id: 'console', title: 'Serial Console', icon: 'terminal', reaches: 'computers' },
  { id: 'consoleBreak', title: 'Send Break to Serial Console' },
  { id: 'consolePower', title: 'Power and Boot of Serial Console…', reaches: 'computers' },
  { id: 'consoleRecord', title: 'Record Serial Console, or End It…' },
  { id: 'chart', title: 'Sensor Chart', icon: 'graph-line', reaches: 'computers' },
  { id: 'check', title: 'Check', reaches: 'computers' },
  { id: 'refresh', title: 'Refresh', icon: 'refresh', reaches: 'computers' },
  { id: 'filter', title: 'Filter…', icon: 'filter' },
  { id: 'clearFilter', title: 'Clear Filter', icon: 'clear-all' },
  { id: 'groupBy', title: 'Group By…', icon: 'list-tree' },
  { id: 'rerunFailed', title: 'Run Failed Again', icon: 'debug-rerun', reaches: 'computers', palette: 'hidden' },
  { id: 'setPassword', title: 'Enter Password…', icon: 'key' },
  { id: 'forgetPassword', title: 'Forget Password…' },
  { id: 'createFleet', title: 'Create Fleet File' },
  { id: 'showLog', title: 'Show Log' },
  { id: 'showMore', title: 'Show More', palette: 'hidden' },
  { id: 'showMoreResults', title: 'Show More Results', palette: 'hidden' },
];

/** What `package.json` contributes to VS Code, from the registries. Written by `npm run generate`. */
export function contributions(): object {
  return {
    viewsContainers: { activitybar: [{ id: 'sideband', title: 'Sideband', icon: 'media/sideband.svg' }] },
    views: {
      sideband: [
        { id: 'sideband.computers', name: 'Computers', icon: 'media/sideband.svg' },
        { id: 'sideband.runs', name: 'Runs', icon: 'media/sideband.svg', size: 0.5 },
      ],
    },
    viewsWelcome: welcomes(),
    commands: entries.map(({ id, title, icon, reaches }) => ({
      command: `sideband.${id}`,
      title,
      category,
      ...(icon !== undefined && { icon: `$(${icon})` }),
      ...(reaches && { enablement: 'isWorkspaceTrusted' }),
    })),
    menus: menus(),
    terminal: { profiles: [{ id: serialConsoleProfileId, title: 'Serial Console…', icon: 'plug' }] },
    configuration: {
      title: category,
      properties: {
        'sideband.refreshSeconds': {
          type: 'number',
          default: 30,
          minimum: 0,
          markdownDescription:
            'How often the visible computers are asked for their power state, in seconds. `0` asks nobody by itself.',
        },
        'sideband.groupBy': {
          type: 'string',
          default: 'site',
          markdownDescription: 'How computers are grouped: by a tag such as `site`, by `profile`, or `none`.',
        },
      },
    },
    yamlValidation: ['fleet', 'policy', 'filters'].map((kind) => ({
      fileMatch: `**/.sideband/${kind === 'filters' ? 'filters/*' : kind}.yaml`,
      url: `./media/schemas/${kind}.schema.json`,
    })),
  };
}

function welcomes(): readonly object[] {
  const view = 'sideband.computers';
  return [
    {
      view,
      contents:
        'Open the folder that holds your fleet, or an empty one to begin with.\n[Open Folder](command:vscode.openFolder)',
      when: 'workspaceFolderCount == 0',
    },
    {
      view,
      contents:
        'The computers of a folder are listed in `.sideband/fleet.yaml`, and this folder has none yet.\n[Create Fleet File](command:sideband.createFleet)',
      when: 'workspaceFolderCount > 0 && !sideband:hasFleet',
    },
    {
      view,
      contents: 'No computer matches the filter.\n[Clear Filter](command:sideband.clearFilter)',
      when: 'sideband:hasFleet && sideband:filtered',
    },
    {
      view,
      contents: 'The fleet file lists no computers, or has a mistake.\n[Open Fleet File](command:sideband.createFleet)',
      when: 'sideband:hasFleet && !sideband:filtered',
    },
    {
      view: 'sideband.runs',
      contents: 'What you do to computers is recorded here, with an outcome for each of them.',
    },
  ];
}

function menus(): object {
  const palette = entries.map(({ id, palette }) => ({
    command: `sideband.${id}`,
    when: palette === 'hidden' ? 'false' : 'workspaceFolderCount > 0',
  }));
  return {
    commandPalette: palette,
    'terminal/title/context': onSerialTerminal(),
    'terminal/context': onSerialTerminal(),
    'view/title': [
      { command: 'sideband.refresh', when: computers, group: 'navigation@1' },
      { command: 'sideband.filter', when: `${computers} && !sideband:filtered`, group: 'navigation@2' },
      { command: 'sideband.clearFilter', when: `${computers} && sideband:filtered`, group: 'navigation@2' },
      { command: 'sideband.groupBy', when: computers, group: 'navigation@3' },
      { command: 'sideband.setPassword', when: computers, group: '1_password@1' },
      { command: 'sideband.forgetPassword', when: computers, group: '1_password@2' },
      { command: 'sideband.showLog', when: computers, group: '2_log' },
    ],
    'view/item/context': [
      ...operations.map(({ id, ways }, index) => ({
        command: `sideband.${id}`,
        when: onTechnologies([...new Set(ways.map(({ technology }) => technology))]),
        group: `1_operations@${index + 1}`,
      })),
      { command: 'sideband.show', when: onComputer, group: '2_look@1' },
      { command: 'sideband.chart', when: onComputer, group: '2_look@2' },
      { command: 'sideband.console', when: onComputer, group: '2_look@3' },
      { command: 'sideband.check', when: onComputer, group: '2_look@4' },
      { command: 'sideband.setPassword', when: onComputer, group: '3_password' },
      { command: 'sideband.setPassword', when: `${computers} && viewItem =~ /\\bwantsPassword\\b/`, group: 'inline' },
      { command: 'sideband.rerunFailed', when: onFailedRun, group: 'inline' },
      { command: 'sideband.rerunFailed', when: onFailedRun, group: '1_run' },
    ],
  };
}

function onSerialTerminal(): readonly object[] {
  const commands = ['consolePower', 'consoleBreak', 'consoleRecord'];
  return commands.map((id, index) => ({
    command: `sideband.${id}`,
    when: 'sideband:serialTerminal',
    group: `sideband@${index + 1}`,
  }));
}

/** On computers that one of the technologies reaches, and on groups. */
function onTechnologies(technologies: readonly string[]): string {
  return `${computers} && viewItem =~ /^(group$|computer\\b.*\\b(${technologies.join('|')})\\b)/`;
}

/** When VS Code loads the extension, beside its views and commands. */
export const activationEvents: readonly string[] = ['workspaceContains:.sideband/fleet.yaml'];

export const capabilities = {
  virtualWorkspaces: false,
  untrustedWorkspaces: {
    supported: 'limited',
    description: 'The fleet is shown, and no computer is contacted before the folder is trusted.',
  },
};
