import { amt } from '../../technologies/amt/amt';
import { readPorts } from '../../technologies/amt/inventory';
import { defineNode } from '../node';

const megabit = 1_000_000;

export const networkAdapters = defineNode(
  {
    id: 'network-adapters',
    title: 'Network Adapters',
    description: 'The network adapters that the management engine shares with the computer.',
    path: ['Network'],
    kind: 'audit',
    columns: ['Adapter', 'Device', 'MAC address', 'Link', 'Speed (Mbit/s)', 'Maximum speed (Mbit/s)', 'Connection'],
  },
  (from) => [
    from(amt, async (client, { signal }) =>
      (await readPorts(client, signal)).map(({ name, port, settings }) => [
        name,
        port?.DeviceID ?? null,
        settings.MACAddress?.replaceAll('-', ':') ?? null,
        settings.LinkIsUp === undefined ? null : settings.LinkIsUp ? 'up' : 'down',
        megabits(port?.Speed),
        megabits(port?.MaxSpeed),
        settings.PhysicalConnectionType ?? null,
      ]),
    ),
  ],
);

function megabits(speed: unknown): number | null {
  return typeof speed === 'number' && speed > 0 ? speed / megabit : null;
}
