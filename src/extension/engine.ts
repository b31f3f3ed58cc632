export { runCommand } from './commands';
export { Workbench } from './workbench';
