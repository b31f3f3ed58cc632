import * as z from 'zod';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { clearLog, selInfo } from '../../technologies/ipmi/sel';
import { defineOperation } from '../operation';

const parameters = z.strictObject({
  keep: z.boolean().default(false).describe('Read the entries first and keep them in the run’s results'),
});

export const selClear = defineOperation(
  {
    id: 'sel.clear',
    title: 'Clear Event Log',
    description: 'Clears the controller’s System Event Log. An entry that is added meanwhile is not lost.',
    danger: 'destructive',
    kind: 'change',
    repeatable: false,
    parameters,
    then: () => countText(0),
  },
  (via) => [
    via(ipmi, {
      now: async (client, { signal }) => countText((await selInfo(client, signal)).entries),
      async run(client, parameters, { signal }) {
        const { entries } = await selInfo(client, signal);
        if (entries === 0) return { outcome: 'already', value: { cleared: 0 } };
        return { outcome: 'done', value: await clearLog(client, parameters, signal) };
      },
    }),
  ],
);

function countText(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries} entries`;
}
