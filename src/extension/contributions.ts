import { operations } from '../operations';

const view = 'view == sideband.computers';
const onComputer = (technologies: readonly string[]): string =>
  `${view} && (viewItem =~ /^computer.*\\b(${technologies.join('|')})\\b/ || viewItem == group)`;
const onAnyComputer = `${view} && (viewItem =~ /^computer/ || viewItem == group)`;
const ours = (id: string, title: string, icon?: string): object => ({
  command: `sideband.${id}`,
  title,
  category: 'Sideband',
  ...(icon !== undefined && { icon: `$(${icon})` }),
});
const needsTrust = { enablement: 'isWorkspaceTrusted' };

const operationIcons: Readonly<Record<string, string>> = { 'power.status': 'refresh' };

/** What `package.json` contributes to VS Code, from the registries. Written by `npm run generate`. */
export function contributions(): object {
  return {
    viewsContainers: { activitybar: [{ id: 'sideband', title: 'Sideband', icon: 'media/sideband.svg' }] },
    views: {
      sideband: [
        { id: 'sideband.computers', name: 'Computers', icon: 'media/sideband.svg' },
        { id: 'sideband.runs', name: 'Runs', icon: 'media/sideband.svg' },
      ],
    },
    viewsWelcome: [
      {
        view: 'sideband.computers',
        contents: 'Open the folder that holds your fleet, or an empty one to begin with.\n[Open Folder](command:vscode.openFolder)',
        when: 'workspaceFolderCount == 0',
      },
      {
        view: 'sideband.computers',
        contents: 'This folder has no computers yet: they are in `.sideband/fleet.yaml`.\n[Create Fleet File](command:sideband.createFleet)',
        when: 'workspaceFolderCount > 0',
      },
      { view: 'sideband.runs', contents: 'What you do to computers is recorded here, with an outcome for each.' },
    ],
    commands: [
      ...operations.map(({ id, title }) => ({ ...ours(id, title, operationIcons[id]), ...needsTrust })),
      { ...ours('show', 'Show Node…'), ...needsTrust },
      { ...ours('check', 'Check Why It Does Not Answer'), ...needsTrust },
      { ...ours('refresh', 'Refresh', 'refresh'), ...needsTrust },
      ours('groupBy', 'Group By…', 'list-tree'),
      ours('filter', 'Filter…', 'filter'),
      ours('clearFilter', 'Clear Filter', 'clear-all'),
      { ...ours('rerunFailed', 'Run the Failed Ones Again', 'debug-restart'), ...needsTrust },
      ours('setPassword', 'Enter Password…'),
      ours('forgetPassword', 'Forget Password…'),
      ours('createFleet', 'Create Fleet File'),
      ours('showLog', 'Show Log'),
      ours('showMore', 'Show More'),
      ours('showMoreResults', 'Show More Results'),
    ],
    menus: {
      commandPalette: ['rerunFailed', 'showMore', 'showMoreResults'].map((id) => ({
        command: `sideband.${id}`,
        when: 'false',
      })),
      'view/title': [
        { command: 'sideband.refresh', when: view, group: 'navigation@1' },
        { command: 'sideband.filter', when: view, group: 'navigation@2' },
        { command: 'sideband.groupBy', when: view, group: 'navigation@3' },
        { command: 'sideband.clearFilter', when: view, group: '1_view' },
        { command: 'sideband.setPassword', when: view, group: '2_password@1' },
        { command: 'sideband.forgetPassword', when: view, group: '2_password@2' },
        { command: 'sideband.showLog', when: view, group: '3_log' },
      ],
      'view/item/context': [
        ...operations.map(({ id, ways }, index) => ({
          command: `sideband.${id}`,
          when: onComputer([...new Set(ways.map(({ technology }) => technology))]),
          group: `1_operations@${index + 1}`,
        })),
        { command: 'sideband.show', when: onAnyComputer, group: '2_look@1' },
        { command: 'sideband.check', when: onAnyComputer, group: '2_look@2' },
        {
          command: 'sideband.rerunFailed',
          when: 'view == sideband.runs && viewItem =~ /\\bfailed\\b/',
          group: 'inline',
        },
        {
          command: 'sideband.rerunFailed',
          when: 'view == sideband.runs && viewItem =~ /\\bfailed\\b/',
          group: '1_run',
        },
      ],
    },
    configuration: {
      title: 'Sideband',
      properties: {
        'sideband.refreshSeconds': {
          type: 'number',
          default: 30,
          minimum: 0,
          markdownDescription: 'How often the visible computers are asked for their power state, in seconds. `0` asks nobody by itself.',
        },
        'sideband.groupBy': {
          type: 'string',
          default: 'site',
          markdownDescription: 'How computers are grouped: by a tag such as `site`, by `profile`, or `none`.',
        },
      },
    },
    yamlValidation: [
      { fileMatch: '**/.sideband/fleet.yaml', url: './media/schemas/fleet.schema.json' },
      { fileMatch: '**/.sideband/policy.yaml', url: './media/schemas/policy.schema.json' },
    ],
  };
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
