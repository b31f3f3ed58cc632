import type { AmtDevice } from '../device';
import type { AmtArea, AmtClass } from '../model/amtClass';
import { type ClassName, type Reference, reference, systemKeys } from '../model/values';
import { type RedirectionKind, redirectionSessions } from './redirectionSessions';
import { remoteAccessOf } from './remoteAccess/state';

const port = reference('AMT_EthernetPortSettings', { InstanceID: 'Intel(r) AMT Ethernet Port Settings 0' });
const redirection = serviceReference('AMT_RedirectionService', 'Intel(r) AMT Redirection Service');
const kvm = reference('CIM_KVMRedirectionSAP', {
  ...systemKeys('CIM_KVMRedirectionSAP', 'ManagedSystem'),
  Name: 'KVM Redirection Service Access Point',
});
const remoteAccess = serviceReference('AMT_RemoteAccessService', 'Intel(r) AMT Remote Access Service');
const isOpen =
  (kind: RedirectionKind) =>
  (device: AmtDevice): boolean =>
    redirectionSessions(device).has(kind);

/** Which sessions are open, and through which adapter. */
export const sessionPorts: AmtArea = {
  classes: [
    sessionClass('IPS_SolSessionUsingPort', redirection, isOpen('SOL')),
    sessionClass('IPS_IderSessionUsingPort', redirection, isOpen('IDER')),
    sessionClass('IPS_KvmSessionUsingPort', kvm, isOpen('KVM')),
    sessionClass('IPS_RasSessionUsingPort', remoteAccess, (device) => remoteAccessOf(device).isConnected),
  ],
};

function sessionClass(name: ClassName, service: Reference, isThere: (device: AmtDevice) => boolean): AmtClass {
  return {
    name,
    keys: ['Antecedent', 'Dependent'],
    parents: ['IPS_SessionUsingPort'],
    list: (device) => (isThere(device) ? [{ Antecedent: port, Dependent: service }] : []),
  };
}

function serviceReference(className: ClassName, name: string): Reference {
  return reference(className, { ...systemKeys(className), Name: name });
}
