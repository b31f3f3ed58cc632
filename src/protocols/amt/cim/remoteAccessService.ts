import { amtClass, boolean, integer } from '../../wsman/cimClass';
import { serviceKeys } from '../cimFields';

/** Connections that the device makes to a management presence server: `AddMpServer`, `AddRemoteAccessPolicyRule`. */
export const remoteAccessService = amtClass('AMT_RemoteAccessService', {
  ...serviceKeys,
  CloseRemoteAccessConnection: boolean,
  IsRemoteTunnelConnected: boolean,
  /** Seconds; 4294967295 is not set. */
  RemoteTunnelKeepAliveTimeout: integer,
  Started: boolean,
});
