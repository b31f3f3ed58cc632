import * as z from 'zod';
import { toSidebandError } from '../../base/errors';
import { amt } from '../../technologies/amt/amt';
import { clearAudits, countAudits, readAuditLog } from '../../technologies/amt/auditLog';
import type { AmtClient } from '../../technologies/amt/client';
import { clearEvents, countEvents, readEventLog } from '../../technologies/amt/eventLog';
import { defineOperation, type StepResult, type WayContext } from '../operation';

const parameters = z.strictObject({
  log: z
    .enum(['event', 'audit'])
    .default('event')
    .describe('The event log, or the audit log, which auditors may clear'),
  keep: z.boolean().default(false).describe('Read the records first and keep them in the run’s results'),
});
type Parameters = z.output<typeof parameters>;
type Log = Parameters['log'];

export const logClear = defineOperation(
  {
    id: 'log.clear',
    title: 'Clear AMT Log',
    description: 'Clears the event log or the audit log of Intel AMT.',
    danger: 'destructive',
    kind: 'change',
    repeatable: false,
    parameters,
    then: () => countText(0),
    warnings: ({ log, keep }) =>
      log === 'audit' && !keep ? ['Nobody can then tell who did what to these devices.'] : [],
  },
  (via) => [
    via(amt, {
      now: async (client, { signal }, { log }) => countText(await count[log](client, signal)),
      run: clear,
    }),
  ],
);

const count: Readonly<Record<Log, (client: AmtClient, signal: AbortSignal) => Promise<number>>> = {
  event: countEvents,
  audit: countAudits,
};

async function clear(client: AmtClient, { log, keep }: Parameters, { signal }: WayContext): Promise<StepResult> {
  const before = await count[log](client, signal);
  if (before === 0) return { outcome: 'already', value: { cleared: 0 } };
  const entries =
    log === 'event' ? await clearEventLog(client, keep, signal) : await clearAuditLog(client, keep, signal);
  const value = { cleared: entries?.length ?? before, ...(entries && { entries }) };
  try {
    const after = await count[log](client, signal);
    // Others may write to it in the meantime.
    if (after < before) return { outcome: 'done', value };
    return { outcome: 'unverified', value, note: `Accepted, but the log still has ${countText(after)}.` };
  } catch (thrown) {
    return { outcome: 'unverified', value, note: `Accepted, but not verified: ${toSidebandError(thrown).message}.` };
  }
}

async function clearEventLog(
  client: AmtClient,
  keep: Parameters['keep'],
  signal: AbortSignal,
): Promise<readonly object[] | undefined> {
  const entries = keep ? await readEventLog(client, signal) : undefined;
  await clearEvents(client, signal);
  return entries;
}

function clearAuditLog(
  client: AmtClient,
  keep: Parameters['keep'],
  signal: AbortSignal,
): Promise<readonly object[] | undefined> {
  return clearAudits(client, () => (keep ? readAuditLog(client, signal) : Promise.resolve(undefined)), signal);
}

function countText(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries} entries`;
}
