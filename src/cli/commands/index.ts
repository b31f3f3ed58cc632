import type { Command } from '../command';

/** A command's line in the help, and how to load it: each is loaded when it is used. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

export const commands: readonly CommandEntry[] = [
  { name: 'list', summary: 'computers, resolved', load: async () => (await import('./list')).list },
  {
    name: 'operations',
    summary: 'what can be done',
    load: async () => (await import('./operations')).operationsCommand,
  },
  { name: 'nodes', summary: 'what can be seen', load: async () => (await import('./nodes')).nodesCommand },
  { name: 'do', summary: 'one operation on many computers', load: async () => (await import('./do')).doCommand },
  { name: 'show', summary: 'one node of many computers', load: async () => (await import('./show')).show },
  { name: 'job', summary: 'jobs: check, plan, run, resume', load: async () => (await import('./job')).job },
  {
    name: 'snapshot',
    summary: 'what computers consist of, as text with differences',
    load: async () => (await import('./snapshot')).snapshot,
  },
  { name: 'runs', summary: 'what was done, and what became of each', load: async () => (await import('./runs')).runs },
  { name: 'rerun', summary: 'the failed computers of a run again', load: async () => (await import('./rerun')).rerun },
  {
    name: 'check',
    summary: 'which technologies answer, and if not, why',
    load: async () => (await import('./check')).check,
  },
  {
    name: 'trust',
    summary: 'certificates of devices, and which are believed',
    load: async () => (await import('./trust')).trust,
  },
  {
    name: 'console',
    summary: 'serial console in this terminal',
    load: async () => (await import('./console')).consoleCommand,
  },
  {
    name: 'serve',
    summary: 'jobs by their schedules, in the foreground',
    load: async () => (await import('./serve')).serve,
  },
  { name: 'secret', summary: 'passwords in the system’s keyring', load: async () => (await import('./secret')).secret },
  { name: 'demo', summary: 'a simulated fleet and a folder for it', load: async () => (await import('./demo')).demo },
  {
    name: 'completion',
    summary: 'completions for bash or zsh',
    load: async () => (await import('./completion')).completion,
  },
];

/** Named by the design, and not in this version. */
export const laterCommands = ['discover', 'ports', 'trace', 'listen'];
