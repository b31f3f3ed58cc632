import { amt } from '../../technologies/amt/amt';
import { defineNode } from '../node';

export const amtCapabilities = defineNode(
  {
    id: 'amt-capabilities',
    title: 'AMT Capabilities',
    description: 'What Intel AMT offers on this computer, as it says itself: read anew, and used by plans.',
    path: ['AMT'],
    kind: 'information',
    columns: [
      'Version',
      'Edition',
      'Control mode',
      'Consent for',
      'TLS only',
      'KVM',
      'System Defense',
      'Wi-Fi',
      'SNMP alerts',
      'Modern standby',
      'Boot options',
    ],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const offered = await client.probe(signal);
      const { version, edition, controlMode, consent, tlsOnly, kvm, systemDefense, wireless } = offered;
      const { petAlerts, osPowerSaving, boot } = offered;
      return [
        [
          version,
          edition,
          controlMode,
          controlMode === 'client' ? 'all' : consent,
          tlsOnly,
          kvm,
          systemDefense,
          wireless,
          petAlerts,
          osPowerSaving,
          boot.join(', '),
        ],
      ];
    }),
  ],
);
