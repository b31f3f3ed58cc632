import * as z from 'zod';
import { SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { writeFilterSet } from '../../fleet/filters/writeFilterSet';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import { whyNoDefense } from '../../technologies/amt/systemDefense/refusal';
import {
  type DefenseState,
  type HeldPolicy,
  onWiredPort,
  readDefense,
} from '../../technologies/amt/systemDefense/state';
import { toFilterSet } from '../../technologies/amt/systemDefense/toFilterSet';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const parameters = z.strictObject({
  policy: z
    .string()
    .min(1)
    .optional()
    .describe('The policy, by its name on the device or its set; left out: the one in force on the wired port'),
});
type Parameters = z.output<typeof parameters>;

export const networkFilterExport = defineOperation(
  {
    id: 'network.filter.export',
    title: 'Export Network Filter',
    description: 'Gives a network filter that the device holds as the text of a filter set, for .sideband/filters.',
    danger: 'safe',
    kind: 'read',
    repeatable: true,
    parameters,
  },
  (via) => [via(amt, { lacks: (client, _, { signal }) => whyNoDefense(client, signal), run: exportPolicy })],
);

async function exportPolicy(client: AmtClient, { policy }: Parameters, context: WayContext): Promise<StepResult> {
  const { computer, signal } = context;
  const held = choose(await readDefense(client, signal), policy, computer.name);
  const { set, unsaid } = toFilterSet(held);
  return { outcome: 'done', value: { name: set.name, policy: held.name, yaml: writeFilterSet(set, unsaid) } };
}

function choose(state: DefenseState, wanted: string | undefined, computer: string): HeldPolicy {
  if (wanted === undefined) {
    const policy = onWiredPort(state)?.policy;
    if (policy) return policy;
    throw new SidebandError('device.state', `${computer} has no network filter in force`);
  }
  const found = state.policies.find(({ name, own }) => name === wanted || own?.set === wanted);
  if (found) return found;
  const names = state.policies.map(({ name }) => name);
  const hint = didYouMean(wanted, names) || (names.length > 0 ? ` It has: ${names.join(', ')}.` : ' It has none.');
  throw new SidebandError('device.state', `${computer} has no policy "${wanted}".${hint}`);
}
