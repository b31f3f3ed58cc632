import type { AmtClass } from '../../model/amtClass';
import { PtStatus } from '../../model/ptStatus';
import { serviceKeys, systemKeys } from '../../model/values';
import { addPolicyRule } from './policies';
import { addMpServer } from './servers';
import { limits, remoteAccessOf } from './state';

const serviceName = 'Intel(r) AMT Remote Access Service';
const userInitiatedName = 'Intel(r) AMT User Initiated Connection Service';
const capabilitiesName = 'Intel(r) AMT:Remote Access Capabilities';
/** From none to from BIOS and the operating system. */
const userInitiatedStates: readonly number[] = [32768, 32769, 32770, 32771];

export const remoteAccessService: AmtClass = {
  name: 'AMT_RemoteAccessService',
  keys: serviceKeys,
  isDated: true,
  list: (device) => [
    {
      ...systemKeys('AMT_RemoteAccessService'),
      ElementName: serviceName,
      IsRemoteTunnelConnected: remoteAccessOf(device).isConnected,
      Name: serviceName,
      RemoteTunnelKeepAliveTimeout: 0xffff_ffff,
    },
  ],
  methods: {
    AddMpServer: addMpServer,
    AddRemoteAccessPolicyRule: addPolicyRule,
    CloseRemoteAccessConnection({ device }) {
      remoteAccessOf(device).isConnected = false;
      return PtStatus.success;
    },
  },
};

export const remoteAccessCapabilities: AmtClass = {
  name: 'AMT_RemoteAccessCapabilities',
  keys: ['InstanceID'],
  list: () => [
    {
      ElementName: capabilitiesName,
      InstanceID: capabilitiesName,
      MaxMpsPerPolicy: limits.serversPerPolicy,
      MaxTotalMpServers: limits.servers,
      MaxTotalPolicies: limits.policies,
      MaxTotalProxyEntryPoints: limits.proxies,
    },
  ],
};

export const userInitiatedConnection: AmtClass = {
  name: 'AMT_UserInitiatedConnectionService',
  keys: serviceKeys,
  isDated: true,
  list: (device) => [
    {
      ...systemKeys('AMT_UserInitiatedConnectionService'),
      ElementName: userInitiatedName,
      EnabledState: remoteAccessOf(device).userInitiated,
      Name: userInitiatedName,
    },
  ],
  methods: {
    RequestStateChange({ device }, input) {
      const requested = input.requiredInteger('RequestedState');
      if (!userInitiatedStates.includes(requested)) return PtStatus.invalidParameter;
      remoteAccessOf(device).userInitiated = requested;
      return PtStatus.success;
    },
  },
};
