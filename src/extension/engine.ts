export { runCommand } from './commands';
export { Workbench } from './workbench';
export { serialConsoleProfile } from './console/consoleCommands';
export { provideJobTasks, resolveJobTask } from './jobs/jobTasks';
