import { describe, expect, test } from 'vitest';
import { eventManagerService } from '../../../../../src/protocols/amt/cim/eventManagerService';
import { filterCollection } from '../../../../../src/protocols/amt/cim/filterCollection';
import { filterCollectionSubscription } from '../../../../../src/protocols/amt/cim/filterCollectionSubscription';
import { listenerDestination } from '../../../../../src/protocols/amt/cim/listenerDestination';
import { petFilterSetting } from '../../../../../src/protocols/amt/cim/petFilterSetting';
import { snmpEventSubscriber } from '../../../../../src/protocols/amt/cim/snmpEventSubscriber';
import { decode, of, policy, policyReference, port, portReference } from './written';

describe('alerts', () => {
  test('SNMP traps', () => {
    expect(decode(eventManagerService, of({ DefaultCommunityString: 'public' }))).toEqual({
      DefaultCommunityString: 'public',
    });
    const subscriber = { AccessInfo: '10.0.0.9', CommunityString: 'public', InfoFormat: '3', PolicyID: '255' };
    expect(decode(snmpEventSubscriber, of(subscriber))).toEqual({
      AccessInfo: '10.0.0.9',
      CommunityString: 'public',
      InfoFormat: 'IPv4',
      PolicyID: 255,
    });
    const filter = {
      EnableFilter: 'true',
      EventSensorType: '255',
      LogOnEvent: 'false',
      PolicyID: '134',
      SendAlert: 'true',
    };
    expect(decode(petFilterSetting, of(filter))).toEqual({
      EnableFilter: true,
      EventSensorType: 255,
      LogOnEvent: false,
      PolicyID: 134,
      SendAlert: true,
    });
  });

  test('subscriptions of WS-Eventing', () => {
    const collection = { CollectionName: 'Intel(r) AMT:AllEvents', InstanceID: 'Intel(r) AMT:All' };
    expect(decode(filterCollection, of(collection))).toEqual(collection);
    const listener = {
      CreationClassName: 'CIM_ListenerDestinationWSManagement',
      DeliveryMode: '3',
      Destination: 'http://10.0.0.9/',
      Name: 'l1',
      PersistenceType: '2',
      Protocol: '4',
    };
    expect(decode(listenerDestination, of(listener))).toEqual({
      ...listener,
      DeliveryMode: 'push with acknowledgement',
      PersistenceType: 'permanent',
      Protocol: 'WS-Management',
    });
    expect(
      decode(filterCollectionSubscription, of({ Filter: policy, Handler: port, OnFatalErrorPolicy: '2' })),
    ).toEqual({ Filter: policyReference, Handler: portReference, OnFatalErrorPolicy: 'ignore' });
  });
});
