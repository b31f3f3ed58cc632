import { directOperations } from '../operations';
import { menus, submenus } from './contributedMenus';

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
  ...directOperations.map(({ id, title }) => ({ id, title, reaches: 'computers' as const })),
  { id: 'inventory', title: 'Inventory', icon: 'table', reaches: 'computers' },
  { id: 'show', title: 'Show Node…', reaches: 'computers' },
  { id: 'select', title: 'Select', palette: 'hidden' },
  { id: 'openNode', title: 'Open', reaches: 'computers', palette: 'hidden' },
  { id: 'copyCell', title: 'Copy Cell', palette: 'hidden' },
  { id: 'copyRow', title: 'Copy Row', palette: 'hidden' },
  { id: 'snapshot', title: 'Take Inventory Snapshot', icon: 'device-camera', reaches: 'computers' },
  { id: 'compareSnapshot', title: 'Compare with Snapshot', icon: 'diff', reaches: 'computers' },
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
  { id: 'planJob', title: 'Plan Job', icon: 'checklist', reaches: 'computers' },
  { id: 'runJob', title: 'Run Job', icon: 'play', reaches: 'computers' },
  { id: 'runJobOn', title: 'Run Job on…', reaches: 'computers' },
  { id: 'jobHistory', title: 'History of Job', icon: 'history' },
  { id: 'openJob', title: 'Open File', palette: 'hidden' },
  { id: 'createJob', title: 'Create Job', icon: 'new-file' },
  { id: 'openRun', title: 'Open Run', icon: 'table' },
  { id: 'rerunFailed', title: 'Rerun Failed', icon: 'debug-rerun', reaches: 'computers', palette: 'hidden' },
  { id: 'resumeRun', title: 'Resume', icon: 'debug-continue', reaches: 'computers', palette: 'hidden' },
  { id: 'cancelRun', title: 'Cancel Run', icon: 'debug-stop', palette: 'hidden' },
  { id: 'exportRun', title: 'Export Run…', palette: 'hidden' },
  { id: 'setPassword', title: 'Enter Password…', icon: 'key' },
  { id: 'trust', title: 'Trust Certificate…', icon: 'shield', reaches: 'computers' },
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
        { id: 'sideband.computers', name: 'Computers', icon: 'media/sideband.svg', size: 4 },
        { id: 'sideband.jobs', name: 'Jobs', icon: 'media/sideband.svg', size: 1 },
        { id: 'sideband.runs', name: 'Runs', icon: 'media/sideband.svg', size: 1 },
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
    submenus: submenus(),
    menus: menus(palette()),
    taskDefinitions: [jobTask],
    problemMatchers: [jobProblems],
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
        'sideband.schedules': {
          type: 'string',
          enum: ['on', 'off'],
          default: 'on',
          markdownDescription:
            'Whether jobs with a `schedule` are run by this window while it is open, in trusted folders. Each due time is run once, however many windows and `sideband serve` look after the folder.',
        },
      },
    },
    yamlValidation: ['fleet', 'policy', 'filters', 'jobs'].map((kind) => ({
      fileMatch: `**/.sideband/${schemaFiles[kind] ?? kind}.yaml`,
      url: `./media/schemas/${kind}.schema.json`,
    })),
  };
}

/** What a task in `tasks.json` can be. */
const jobTask = {
  type: 'sideband',
  required: ['job'],
  properties: {
    job: {
      type: 'string',
      description: 'The file of the job, as `.sideband/jobs/patch.yaml`, or its name there, as `patch`.',
    },
    action: {
      enum: ['check', 'plan', 'run'],
      default: 'run',
      description: 'check: finds mistakes. plan: shows what would happen. run: does it, and asks before.',
    },
    inputs: { type: 'object', description: 'The values that the job asks for, by their names.' },
    targets: { type: 'string', description: 'Computers in place of those of the file.' },
  },
};

/** `file:line:column: message`. What is open is underlined as it is typed, so a task tells of other files alone. */
const jobProblems = {
  name: 'sideband',
  owner: 'sideband',
  source: category,
  applyTo: 'closedDocuments',
  fileLocation: ['relative', '${workspaceFolder}'],
  pattern: { regexp: '^(.+?):(\\d+):(\\d+): (.*)$', file: 1, line: 2, column: 3, message: 4 },
};

/** Where the files of a kind are, when they are in a folder. */
const schemaFiles: Readonly<Record<string, string>> = { filters: 'filters/*', jobs: 'jobs/**/*' };

function welcomes(): readonly object[] {
  const view = 'sideband.computers';
  const jobs = 'sideband.jobs';
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
        'The computers of a folder are listed in .sideband/fleet.yaml, and this folder has none yet.\n[Create Fleet File](command:sideband.createFleet)',
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
      view: jobs,
      contents:
        'What is done to many computers again and again is written as a job: a file of .sideband/jobs with its steps, limits and schedule.\n[Create Job](command:sideband.createJob)',
      when: 'workspaceFolderCount > 0 && sideband:hasFleet',
    },
    { view: jobs, contents: 'Jobs need a fleet first.', when: '!sideband:hasFleet' },
    {
      view: 'sideband.runs',
      contents: 'What you do to computers is recorded here, with an outcome for each of them.',
    },
  ];
}

/** Every command, and when the palette has it. */
function palette() {
  return entries.map(({ id, palette: where }) => ({
    command: `sideband.${id}`,
    when: where === 'hidden' ? 'false' : 'workspaceFolderCount > 0',
  }));
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
