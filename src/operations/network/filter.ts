import * as z from 'zod';
import { antiSpoofings, type FilterSet } from '../../fleet/filters/filterSet';
import type { Definitions } from '../../fleet/definitions';
import { amt } from '../../technologies/amt/amt';
import type { AmtClient } from '../../technologies/amt/client';
import { allowAll } from '../../technologies/amt/systemDefense/allowAll';
import { applyPolicy } from '../../technologies/amt/systemDefense/apply';
import { describeState, noFilter } from '../../technologies/amt/systemDefense/describeState';
import { compilePolicy, type DefensePolicy, describePolicy, tagOf } from '../../technologies/amt/systemDefense/policy';
import { whyNoDefense, whyNotApply } from '../../technologies/amt/systemDefense/refusal';
import { readDefense } from '../../technologies/amt/systemDefense/state';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const parameters = z.strictObject({
  mode: z
    .enum(['block', 'allow-all'])
    .describe('block lets only through what the set names; allow-all takes every filter of Sideband off the device'),
  set: z
    .string()
    .min(1)
    .default('open-ports')
    .describe('The filter set, by its name: open-ports, or one of .sideband/filters'),
  antiSpoofing: z
    .enum(antiSpoofings)
    .optional()
    .describe('Drop packets that the computer sends under an address that is not its own; left out: as the set says'),
  pingLimit: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .optional()
    .describe('Packets of ICMP a second in each direction, 0 for no limit; left out: as the set says, usually 10'),
  consoleAddress: z
    .string()
    .min(1)
    .optional()
    .describe('The address, subnet or range of the console that the set opens ports to; left out: any address'),
  replaceForeign: z
    .boolean()
    .default(false)
    .describe('Take the policy of another console out of force; it stays on the device'),
});
type Parameters = z.output<typeof parameters>;

export const networkFilter = defineOperation(
  {
    id: 'network.filter',
    title: 'Network Filter',
    description:
      'Cuts the computer off the network in its adapter, except for the ports that a filter set leaves open.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    then: (given, definitions) => (given.mode === 'block' ? describeWanted(wantedBy(given, definitions)) : noFilter),
    choices: ({ filterSets }) => ({
      set: filterSets.all.map(({ name, title = '' }) => ({ value: name, description: title })),
    }),
    warnings: ({ mode }) =>
      mode === 'block'
        ? [
            'Users and remote consoles lose every connection that the set does not leave open.',
            'AMT itself stays reachable, so the filter can be taken away again with mode allow-all.',
          ]
        : [],
  },
  (via) => [
    via(amt, {
      now: async (client, { signal }) => describeState(await readDefense(client, signal)),
      lacks: whyNot,
      run: bringTo,
    }),
  ],
);

interface Wanted {
  readonly set: FilterSet;
  readonly policy: DefensePolicy;
}

function wantedBy(given: Parameters, { filterSets }: Definitions): Wanted {
  const set = filterSets.get(given.set);
  return { set, policy: compilePolicy(set, given) };
}

function describeWanted({ set, policy }: Wanted): string {
  return describePolicy(set.name, tagOf(set.name, policy), policy);
}

async function whyNot(
  client: AmtClient,
  given: Parameters,
  { definitions, signal }: WayContext,
): Promise<string | undefined> {
  const lack = await whyNoDefense(client, signal);
  if (lack !== undefined || given.mode === 'allow-all') return lack;
  const { policy } = wantedBy(given, definitions);
  return whyNotApply(client, { policy, replaceForeign: given.replaceForeign }, signal);
}

async function bringTo(client: AmtClient, given: Parameters, { definitions, signal }: WayContext): Promise<StepResult> {
  const { mode, replaceForeign } = given;
  if (mode === 'allow-all') {
    const result = await allowAll(client, { replaceForeign }, signal);
    return { ...result, value: { filter: noFilter } };
  }
  const wanted = wantedBy(given, definitions);
  const result = await applyPolicy(client, { set: wanted.set.name, policy: wanted.policy, replaceForeign }, signal);
  return { ...result, value: { filter: describeWanted(wanted) } };
}
