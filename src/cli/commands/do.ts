import { SidebandError } from '../../base/errors';
import { planOperation } from '../../jobs/plan';
import { loadOperation, operationIds } from '../../operations/load';
import { isOn } from '../arguments';
import type { Command } from '../command';
import { openApp } from '../openApp';
import { findOperation, parameterOptions, readParameters } from '../operationOptions';
import { printPlan, printRun } from '../runReport';

export const doCommand: Command = {
  usage: 'do OPERATION TARGETS [--parameter value …] [--plan]',
  description: 'Does one operation on many computers. What is disruptive asks first, or needs --yes.',
  examples: [
    "sideband do power.status '*'",
    "sideband do power.off '@build !lab-07' --graceful --plan",
    "sideband do power.off '@build !lab-07' --graceful --yes",
    'sideband do power.status ipmi://admin@10.0.4.11 --json',
  ],
  async options(argv) {
    const loaded = await loadOperation(argv.find((word) => operationIds.includes(word)) ?? '');
    const plan = { name: 'plan', description: 'show what would be done, and stop' };
    const file = { name: 'with', value: 'FILE', description: 'read parameters from a YAML file' };
    return [plan, file, ...(loaded ? parameterOptions(loaded.operation) : [])];
  },
  async run(invocation) {
    const { args, settings, io } = invocation;
    const [id, ...words] = args.positionals;
    const { operation } = await findOperation(id);
    const targets = words.join(' ');
    if (targets === '') throw new SidebandError('usage.invalid', 'targets are expected: * is all computers');
    await using app = await openApp(invocation);
    const plan = planOperation(
      {
        operation,
        computers: app.select(targets),
        parameters: await readParameters(operation, args, io.cwd),
        targets,
        technology: settings.technology,
      },
      app.engine,
    );
    return isOn(args, 'plan') ? await printPlan(plan, app, invocation) : await printRun(plan, app, invocation);
  },
};
