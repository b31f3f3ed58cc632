import { amt } from '../../technologies/amt/amt';
import { readWirelessProfiles } from '../../technologies/amt/wirelessProfiles';
import { defineNode } from '../node';

export const wirelessProfiles = defineNode(
  {
    id: 'wireless-profiles',
    title: 'Wireless Profiles',
    description: 'The wireless networks that Intel AMT knows, and whether the operating system has brought them.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Profile', 'SSID', 'Priority', 'Authentication', 'Encryption', 'Origin'],
    key: ['Profile', 'Origin'],
    volatile: [],
  },
  (from) => [
    from(
      amt,
      async (client, { signal }) => {
        const profiles = await readWirelessProfiles(client, signal);
        return profiles.map(({ name, ssid, priority, authentication, encryption, isOfHost }) => [
          ...[name, ssid, priority, authentication, encryption, isOfHost ? 'operating system' : 'console'],
        ]);
      },
      async (client, { signal }) =>
        (await client.capabilities(signal)).wireless ? undefined : 'the device has no wireless adapter',
    ),
  ],
);
