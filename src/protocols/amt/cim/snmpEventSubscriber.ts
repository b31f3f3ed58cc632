import { amtClass, integer, named, text } from '../../wsman/cimClass';
import { addressFormats, serviceKeys } from '../cimFields';

/** Where the device sends SNMP traps: those of the filters with the same `PolicyID`. */
export const snmpEventSubscriber = amtClass('AMT_SNMPEventSubscriber', {
  ...serviceKeys,
  AccessContext: integer,
  AccessInfo: text,
  CommunityString: text,
  InfoFormat: named(addressFormats),
  OtherAccessContext: text,
  OtherInfoFormatDescription: text,
  OtherProtocolDescription: text,
  PolicyID: integer,
  PortInfo: text,
  PortProtocol: integer,
});
