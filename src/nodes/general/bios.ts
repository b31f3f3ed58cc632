import { amt } from '../../technologies/amt/amt';
import { readBios, readBootReason } from '../../technologies/amt/inventory';
import { describeBootFlags } from '../../technologies/ipmi/bootFlagsText';
import { readBootFlags } from '../../technologies/ipmi/bootOptions';
import { ipmi } from '../../technologies/ipmi/ipmi';
import { ifRefused } from '../../technologies/ipmi/refused';
import { readRestartCause } from '../../technologies/ipmi/restartCause';
import { readSystemInfo } from '../../technologies/ipmi/systemInfo';
import { defineNode } from '../node';

export const bios = defineNode(
  {
    id: 'bios',
    title: 'BIOS',
    description:
      'Version of the system firmware, what it was told for the next boot, and why it started the last time.',
    path: ['General'],
    kind: 'audit',
    columns: ['Version', 'System name', 'Boot override', 'Last start by', 'Manufacturer', 'Release date'],
    volatile: ['Boot override', 'Last start by'],
  },
  (from) => [
    from(ipmi, async (client, { signal }) => {
      const version = await readSystemInfo(client, 'systemFirmwareVersion', signal);
      const name = await readSystemInfo(client, 'systemName', signal);
      const flags = await ifRefused(readBootFlags(client, signal), undefined);
      const cause = await readRestartCause(client, signal);
      return [[version ?? null, name ?? null, flags ? describeBootFlags(flags) : null, cause ?? null, null, null]];
    }),
    from(amt, async (client, { signal }) => {
      const found = await readBios(client, signal);
      const reason = await readBootReason(client, signal);
      if (!found && reason === undefined) return [];
      const { Version, Manufacturer, ReleaseDate } = found ?? {};
      const date = ReleaseDate?.toISOString().slice(0, 10);
      return [[Version ?? null, null, null, reason ?? null, Manufacturer ?? null, date ?? null]];
    }),
  ],
);
