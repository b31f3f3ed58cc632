import { amt } from '../../technologies/amt/amt';
import { readPowerCapabilities } from '../../technologies/amt/powerCapabilities';
import { defineNode } from '../node';

export const powerCapabilities = defineNode(
  {
    id: 'power-capabilities',
    title: 'Power Capabilities',
    description: 'The state of the computer’s power, what may be asked for in it, and what its firmware can do at all.',
    path: ['Power'],
    kind: 'audit',
    columns: ['Power', 'Offered now', 'Supported', 'Capabilities', 'Operating system'],
    volatile: ['Power', 'Offered now', 'Operating system'],
  },
  (from) => [
    from(amt, async (client, { computer, signal }) => {
      const { state, sleep, offered } = await client.readPower(signal);
      computer.see({ power: state, at: Date.now(), technology: 'amt' });
      const { supported, capabilities, system } = await readPowerCapabilities(client, signal);
      const power = sleep === 'hibernate' ? 'hibernating' : state;
      return [[power, offered?.join(', ') ?? null, supported.join(', '), capabilities.join(', '), system ?? null]];
    }),
  ],
);
