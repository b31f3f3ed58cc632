import { amt } from '../../technologies/amt/amt';
import { readAuditLog } from '../../technologies/amt/auditLog';
import { defineNode } from '../node';

export const auditLog = defineNode(
  {
    id: 'audit-log',
    title: 'Audit Log',
    description: 'Who did what to Intel AMT, the oldest first, by its own clock. Only auditors may read it.',
    path: ['Logs'],
    kind: 'audit',
    columns: ['Time', 'Initiator', 'Part', 'Event', 'Address', 'Details', 'Raw data'],
    key: ['Raw data'],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const entries = await readAuditLog(client, signal);
      return entries.map(({ at, initiator, application, event, address, details, raw }) => [
        ...[at, initiator, application, event, address, details, raw],
      ]);
    }),
  ],
);
