import type { AmtClass } from '../model/amtClass';
import { reference, systemKeys } from '../model/values';
import { type RedirectionKind, redirectionSessions } from './redirectionSessions';

const protocolEndpoint = reference('CIM_TCPProtocolEndpoint', {
  ...systemKeys('CIM_TCPProtocolEndpoint'),
  Name: 'Intel(r) TCP Protocol Endpoint',
});

/** An association for each redirection session that is open. */
export const redirectionPorts: readonly AmtClass[] = [
  sessionUsingPort('IPS_SolSessionUsingPort', 'SOL'),
  sessionUsingPort('IPS_IderSessionUsingPort', 'IDER'),
  sessionUsingPort('IPS_KvmSessionUsingPort', 'KVM'),
];

function sessionUsingPort(name: `IPS_${string}`, kind: RedirectionKind): AmtClass {
  return {
    name,
    keys: ['Antecedent', 'Dependent'],
    list: (device) =>
      redirectionSessions(device).has(kind)
        ? [{ Antecedent: protocolEndpoint, Dependent: reference('CIM_RedirectionService', { Name: kind }) }]
        : [],
  };
}
