import { cimClass, named, text } from '../../wsman/cimClass';
import { managedElement } from '../cimFields';

const deliveryModes = { 2: 'push', 3: 'push with acknowledgement', 4: 'events', 5: 'pull' } as const;
const persistenceTypes = { 1: 'other', 2: 'permanent', 3: 'transient' } as const;
const protocols = { 1: 'other', 2: 'CIM-XML', 3: 'CLP', 4: 'WS-Management' } as const;

/** A collector of events. The device answers with its subclass for WS-Management, of which this has the properties. */
export const listenerDestination = cimClass('CIM_ListenerDestination', {
  ...managedElement,
  CreationClassName: text,
  DeliveryMode: named(deliveryModes),
  /** A URL. */
  Destination: text,
  Name: text,
  OtherPersistenceType: text,
  OtherProtocol: text,
  PersistenceType: named(persistenceTypes),
  Protocol: named(protocols),
  SystemCreationClassName: text,
  SystemName: text,
});
