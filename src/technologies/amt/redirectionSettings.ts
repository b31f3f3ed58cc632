import { kvmRedirectionSap } from '../../protocols/amt/cim/kvmRedirectionSap';
import { redirectionService, redirectionStates } from '../../protocols/amt/cim/redirectionService';
import { assertCompleted } from '../../protocols/amt/returnValue';
import { cimValues } from '../../protocols/amt/returnValues';
import { numberOf } from '../../protocols/wsman/cimClass';
import type { AmtClient } from './client';
import { rewrite } from './rewrite';
import { onOff, settingsGroup, together } from './settingsGroup';

/** Which kinds of redirection sessions may be opened, and whether anything listens for them. */
export interface RedirectionSettings {
  readonly sol: boolean;
  readonly ideRedirection: boolean;
  readonly kvm: boolean;
  /** The ports 16994 and 16995, for all three. */
  readonly listener: boolean;
}

type SolAndIdeRedirection = Pick<RedirectionSettings, 'sol' | 'ideRedirection'>;

const solAndIdeRedirection = settingsGroup<SolAndIdeRedirection>({
  words: { sol: onOff('SOL'), ideRedirection: onOff('IDE-R') },
  read: readSolAndIdeRedirection,
  async write(client, wanted, signal) {
    const held = await readSolAndIdeRedirection(client, signal);
    const state = stateOf(wanted.sol ?? held.sol, wanted.ideRedirection ?? held.ideRedirection);
    await requestState(client, redirectionService.resourceUri, state, signal);
  },
});

const listener = settingsGroup<Pick<RedirectionSettings, 'listener'>>({
  words: { listener: onOff('listener') },
  async read(client, signal) {
    return { listener: (await client.get(redirectionService, signal)).ListenerEnabled };
  },
  write: (client, wanted, signal) =>
    rewrite(client, redirectionService, (held) => held.with({ ListenerEnabled: wanted.listener }), { signal }),
});

const kvm = settingsGroup<Pick<RedirectionSettings, 'kvm'>>({
  words: { kvm: onOff('KVM') },
  async read(client, signal) {
    const { EnabledState: state } = await client.get(kvmRedirectionSap, signal);
    // Without an open session it says offline.
    return { kvm: state === 'enabled' || state === 'enabled but offline' };
  },
  write: (client, wanted, signal) =>
    requestState(client, kvmRedirectionSap.resourceUri, wanted.kvm === true ? 2 : 3, signal),
});

export const redirectionSettings = together<RedirectionSettings>([solAndIdeRedirection, kvm, listener]);

async function readSolAndIdeRedirection(client: AmtClient, signal: AbortSignal): Promise<SolAndIdeRedirection> {
  const { EnabledState: state } = await client.get(redirectionService, signal);
  return {
    sol: state === 'SOL enabled' || state === 'IDER and SOL enabled',
    ideRedirection: state === 'IDER enabled' || state === 'IDER and SOL enabled',
  };
}

function stateOf(...[sol, ideRedirection]: readonly [sol: boolean, ideRedirection: boolean]): number {
  if (sol) return numberOf(redirectionStates, ideRedirection ? 'IDER and SOL enabled' : 'SOL enabled');
  return numberOf(redirectionStates, ideRedirection ? 'IDER enabled' : 'IDER and SOL disabled');
}

async function requestState(
  client: AmtClient,
  resourceUri: string,
  RequestedState: number,
  signal: AbortSignal,
): Promise<void> {
  const output = await client.wsman.invoke(resourceUri, 'RequestStateChange', { RequestedState }, { signal });
  assertCompleted(output, `RequestStateChange to ${RequestedState}`, cimValues);
}
