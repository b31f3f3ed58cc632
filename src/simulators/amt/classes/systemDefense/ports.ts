import { raise } from '../../alerts';
import type { AmtDevice } from '../../device';
import type { AmtClass } from '../../model/amtClass';
import { Realm } from '../../realms';
import { AmtFault, invalidValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import type { Sent } from '../../model/sent';
import { type ClassName, type Keys, type Reference, reference, systemKeys } from '../../model/values';
import { Audit, auditLog } from '../auditLog';
import { forgetCounters } from './counters';
import { hasSystemDefense, type Owner, policyReference, defenseOf } from './state';

const wiredPort = 'Intel(r) AMT Ethernet Port 0';

/** The only port that filters. */
export const wiredPortReference: Reference = reference('CIM_EthernetPort', {
  ...systemKeys('CIM_EthernetPort'),
  DeviceID: wiredPort,
});

export const networkPortPolicy = portPolicyClass('AMT_NetworkPortSystemDefensePolicy', 'systemDefense');
export const networkPortDefaultPolicy = portPolicyClass('AMT_NetworkPortDefaultSystemDefensePolicy', 'default');
export const agentPresencePolicy = portPolicyClass('AMT_AgentPresenceInterfacePolicy', 'agentPresence');
export const environmentPolicy = portPolicyClass('AMT_EnvironmentDetectionInterfacePolicy', 'environmentDetection');

/** The association that has a policy enforced on the port for one owner, who can have only one. */
function portPolicyClass(name: ClassName, owner: Owner): AmtClass {
  return {
    name,
    keys: ['Antecedent', 'Dependent'],
    parents: ['AMT_InterfacePolicy'],
    writers: [Realm.circuitBreaker],
    isThere: hasSystemDefense,
    list(device) {
      const defense = defenseOf(device);
      const policy = defense.policyOf(owner);
      if (!policy) return [];
      const enabled = owner === 'systemDefense' ? { Enabled: defense.isEnabled(owner) } : {};
      return [
        {
          Active: defense.activeOwner === owner,
          Antecedent: wiredPortReference,
          Dependent: policyReference(policy),
          ...enabled,
        },
      ];
    },
    create(context, sent) {
      const { device } = context;
      const keys = readKeys(device, sent);
      const defense = defenseOf(device);
      if (defense.policyOf(owner)) throw new AmtFault('AlreadyExists');
      defense.assign(owner, Number(keys.policy));
      if (owner === 'default') {
        auditLog(device).add(context, { app: Audit.systemDefense.app, event: Audit.systemDefense.defaultPolicySet });
      }
      tellChange(device);
      return { Antecedent: wiredPortReference, Dependent: keys.dependent };
    },
    delete({ device }) {
      defenseOf(device).unassign(owner);
      tellChange(device);
    },
  };
}

function readKeys(device: AmtDevice, sent: Sent): { readonly policy: string; readonly dependent: Reference } {
  const port = sent.requiredReference('Antecedent');
  const dependent = sent.requiredReference('Dependent');
  const policy = textKey(dependent, 'AMT_SystemDefensePolicy', 'InstanceID');
  const deviceId = textKey(port, 'CIM_EthernetPort', 'DeviceID');
  if (!defenseOf(device).policies.has(Number(policy))) throw invalidValue();
  if (deviceId !== wiredPort) throw refused(PtStatus.unsupported);
  return { policy, dependent };
}

function textKey({ className, keys }: { className: string; keys: Keys }, wanted: ClassName, key: string): string {
  const value = keys[key];
  if (className !== wanted || typeof value !== 'string') throw invalidValue();
  return value;
}

function tellChange(device: AmtDevice): void {
  forgetCounters(device);
  raise(device, { messageId: 'iAMT0056' });
}
