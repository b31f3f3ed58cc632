import * as z from 'zod';
import { SidebandError, toSidebandError } from '../../base/errors';
import { alertDifferences, type AlertTarget } from '../../technologies/ipmi/alertDestinations';
import type { IpmiClient } from '../../technologies/ipmi/client';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const parameters = z.strictObject({
  address: z.ipv4().describe('The IPv4 address that alerts are sent to'),
  destination: z
    .number()
    .int()
    .min(1)
    .max(15)
    .default(1)
    .describe('The destination of the channel to use; it is overwritten'),
  channel: z.number().int().min(1).max(11).default(1).describe('The number of the controller’s LAN channel'),
  entry: z
    .number()
    .int()
    .min(1)
    .max(127)
    .default(1)
    .describe('The entry of the alert policy table to use; it is overwritten'),
  communityOf: z
    .string()
    .min(1)
    .optional()
    .describe('The profile under whose name the community string is stored; without it the controller keeps its own'),
  allEvents: z
    .boolean()
    .default(false)
    .describe('Send every event, by the last entry of the filter table; otherwise the filters decide as they are'),
  policy: z.number().int().min(1).max(15).default(1).describe('The policy that the event filters name'),
});
type Parameters = z.output<typeof parameters>;

export const alertsUpdate = defineOperation(
  {
    id: 'alerts.update',
    title: 'Update Alerts',
    description: 'Has the controller send its alerts, as SNMP traps, to an address.',
    danger: 'disruptive',
    kind: 'change',
    repeatable: true,
    parameters,
    secrets: ({ communityOf }) => (communityOf === undefined ? [] : [communityOf]),
    then: ({ address }) => address,
  },
  (via) => [via(ipmi, { run: bringTo })],
);

async function bringTo(client: IpmiClient, given: Parameters, { signal, secret }: WayContext): Promise<StepResult> {
  const { address, communityOf, ...rest } = given;
  const community = communityOf === undefined ? undefined : await secret(communityOf);
  const target: AlertTarget = { ...rest, address: address.split('.').map(Number), ...(community && { community }) };
  const differences = await alertDifferences(client, target, signal);
  if (differences.length === 0) return { outcome: 'already', value: { address: given.address } };
  const changed: string[] = [];
  for (const setting of differences) {
    try {
      await setting.write(signal);
    } catch (thrown) {
      throw changed.length === 0 ? thrown : halfDone(changed, thrown);
    }
    changed.push(setting.name);
  }
  try {
    const left = (await alertDifferences(client, target, signal)).map(({ name }) => name);
    if (left.length === 0) return { outcome: 'done', value: { address: given.address, changed } };
    return { outcome: 'unverified', note: `Accepted, but the controller does not hold: ${left.join(', ')}.` };
  } catch (thrown) {
    return { outcome: 'unverified', note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}

function halfDone(changed: readonly string[], thrown: unknown): SidebandError {
  const error = toSidebandError(thrown);
  const message = `${error.message}; changed before: ${changed.join(', ')}`;
  return new SidebandError(error.code, message, { ...error.details, effect: 'unknown' }, error);
}
