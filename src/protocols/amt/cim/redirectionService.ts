import { amtClass, boolean, list, named, text } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Also what RequestStateChange asks for. */
export const redirectionStates = {
  5: 'not applicable',
  12: 'not applicable',
  32768: 'IDER and SOL disabled',
  32769: 'IDER enabled',
  32770: 'SOL enabled',
  32771: 'IDER and SOL enabled',
} as const;

/** Serial over LAN and drive redirection, and whether the ports of all redirection listen. */
export const redirectionService = amtClass('AMT_RedirectionService', {
  ...serviceKeys,
  AccessLog: list(text),
  EnabledState: named(redirectionStates),
  /** Ports 16994 and 16995, of KVM too. */
  ListenerEnabled: boolean,
  RequestedState: named(redirectionStates),
  Started: boolean,
});
