import * as z from 'zod';
import { operations } from '../../operations';
import type { Operation } from '../../operations/operation';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { parameterOptions } from '../operationOptions';
import { toJson } from '../runReport';
import { formatTable } from '../../base/textTable';
import { toKebab } from '../arguments';

/** Parameters in a line of text. */
const shownAtMost = 2;

export const operationsCommand: Command = {
  usage: 'operations',
  description: 'Lists what can be done, with the technologies that do it, in order, and the parameters.',
  examples: ['sideband operations', 'sideband help power.off'],
  run({ settings, io }) {
    const technologies = (operation: (typeof operations)[number]): readonly string[] => [
      ...new Set(operation.ways.map(({ technology }) => technology)),
    ];
    if (settings.json) {
      const described = operations.map((operation) => ({
        operation: operation.id,
        title: operation.title,
        description: operation.description,
        danger: operation.danger,
        technologies: technologies(operation),
        parameters: z.toJSONSchema(operation.parameters, { io: 'input' }),
      }));
      io.out(toJson({ operations: described }));
    } else {
      const rows = operations.map((operation) => [
        operation.id,
        operation.danger,
        technologies(operation).join(' '),
        someParameters(operation),
        operation.description,
      ]);
      io.out(formatTable(rows, ['OPERATION', 'DANGER', 'BY', 'PARAMETERS', '']));
    }
    return Promise.resolve(exitCodes.done);
  },
};

/** The first ones: all of them would push what follows out of sight. */
function someParameters(operation: Operation): string {
  const options = parameterOptions(operation).map(({ name }) => `--${toKebab(name)}`);
  const more = options.length - shownAtMost;
  return [...options.slice(0, shownAtMost), ...(more > 0 ? [`+${more}`] : [])].join(' ') || '-';
}
