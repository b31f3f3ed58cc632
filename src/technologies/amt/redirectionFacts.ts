import { kvmRedirectionSap } from '../../protocols/amt/cim/kvmRedirectionSap';
import { kvmRedirectionSettingData } from '../../protocols/amt/cim/kvmRedirectionSettingData';
import { redirectionService } from '../../protocols/amt/cim/redirectionService';
import type { AmtClient } from './client';
import { openRedirections, type Redirection } from './redirections';

/** What is allowed of a kind of redirection sessions, and what is going on. */
export interface RedirectionFacts {
  readonly kind: Redirection;
  readonly isAllowed: boolean;
  /** Whether its ports listen: without them it is of no use that it is allowed. */
  readonly isListening: boolean;
  readonly isOpen: boolean;
  /** What else is set, in words. */
  readonly settings: string;
}

/** Without KVM where the device has none. */
export async function readRedirectionFacts(
  client: AmtClient,
  signal: AbortSignal,
): Promise<readonly RedirectionFacts[]> {
  const { EnabledState: state, ListenerEnabled } = await client.get(redirectionService, signal);
  const kvm = await client.find(kvmRedirectionSap, signal);
  const open = await openRedirections(client, signal);
  const both = state === 'IDER and SOL enabled';
  const facts = (kind: Redirection, isAllowed: boolean, settings = ''): RedirectionFacts => ({
    ...{ kind, isAllowed, settings },
    isListening: ListenerEnabled === true,
    isOpen: open.includes(kind),
  });
  const isKvmAllowed = kvm?.EnabledState === 'enabled' || kvm?.EnabledState === 'enabled but offline';
  return [
    facts('SOL', both || state === 'SOL enabled'),
    facts('IDE-R', both || state === 'IDER enabled'),
    ...(kvm ? [facts('KVM', isKvmAllowed, await describeKvm(client, signal))] : []),
  ];
}

async function describeKvm(client: AmtClient, signal: AbortSignal): Promise<string> {
  const settings = await client.find(kvmRedirectionSettingData, signal);
  if (!settings) return '';
  const { EnabledByMEBx, Is5900PortEnabled, DefaultScreen, SessionTimeout, OptInPolicy, OptInPolicyTimeout } = settings;
  return [
    ...(EnabledByMEBx === false ? ['off in the firmware’s settings'] : []),
    Is5900PortEnabled === true ? 'VNC port 5900 open' : 'VNC port 5900 closed',
    ...(OptInPolicy === true ? [`consent within ${OptInPolicyTimeout ?? 0} s`] : []),
    ...(SessionTimeout === undefined ? [] : [`ends after ${SessionTimeout} min without use`]),
    ...(DefaultScreen === undefined ? [] : [`screen ${DefaultScreen}`]),
  ].join(', ');
}
