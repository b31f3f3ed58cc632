import type { AmtArea } from '../model/amtClass';
import { policyAppliesToMps, policyRule } from './remoteAccess/policies';
import { httpProxyAccessPoint, httpProxyService } from './remoteAccess/proxies';
import { managementPresence, mpsUsernamePassword } from './remoteAccess/servers';
import { remoteAccessCapabilities, remoteAccessService, userInitiatedConnection } from './remoteAccess/services';

/** Connections that the device opens itself when it is away from its network (CIRA): what is configured, not the tunnel. */
export const remoteAccess: AmtArea = {
  classes: [
    remoteAccessService,
    remoteAccessCapabilities,
    managementPresence,
    mpsUsernamePassword,
    policyRule,
    policyAppliesToMps,
    userInitiatedConnection,
    httpProxyService,
    httpProxyAccessPoint,
  ],
};
