import type { NetworkFront } from '../../device';
import { perDevice } from '../../model/amtClass';
import { certificateStore } from '../certificates/store';

export interface TlsSettings {
  readonly isEnabled: boolean;
  readonly isMutual: boolean;
  readonly acceptsPlain: boolean;
  /** Names in the certificates of consoles; none: any. */
  readonly trustedNames: readonly string[];
}

interface TlsState {
  network: TlsSettings;
  local: TlsSettings;
  /** What holds on the network: as it was when the settings were last committed. */
  effective: TlsSettings;
  /** Whether the firmware speaks nothing else. */
  readonly isOnly: boolean;
  /** What it came with. */
  readonly factory: NetworkFront['certificate'];
  /** The handle of the certificate that the device shows; absent: it has none to show. */
  shown?: number;
}

/** A device that speaks TLS from the beginning shows the certificate that it came with. */
export const tlsState = perDevice((device): TlsState => {
  const { ports, clientAuthorities } = device.front;
  const off = { isEnabled: false, isMutual: false, acceptsPlain: false, trustedNames: [] };
  const network = {
    ...off,
    isEnabled: ports !== 'plain',
    acceptsPlain: ports === 'both',
    isMutual: clientAuthorities !== undefined,
  };
  const [first] = certificateStore(device).certificates.values();
  const shown = first?.isReadOnly ? { shown: first.handle } : {};
  return {
    network,
    local: { ...off, acceptsPlain: true },
    effective: network,
    isOnly: ports === 'tls',
    factory: device.front.certificate,
    ...shown,
  };
});
