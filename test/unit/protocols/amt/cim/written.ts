import { parseXml } from '../../../../../src/base/xml/parseXml';
import type { CimClass, Fields } from '../../../../../src/protocols/wsman/cimClass';
import { Instance } from '../../../../../src/protocols/wsman/instance';
import { present, reference } from './recordings';

/** Classes and properties of which there is no recording, written as their definitions say and as devices write others. */
export function decode<F extends Fields>(cimClass: CimClass<F>, inside: string): object {
  const document =
    `<g:${cimClass.name} xmlns:g="${cimClass.resourceUri}" xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common"` +
    ' xmlns:b="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
    ` xmlns:c="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">${inside}</g:${cimClass.name}>`;
  return present(cimClass.decode(Instance.read(parseXml(document))));
}

/** Properties as text. */
export function of(properties: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(properties)
    .flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one])))
    .map(([name, value]) => `<g:${name ?? ''}>${value ?? ''}</g:${name ?? ''}>`)
    .join('');
}

const anonymous = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';
export const datetime = (text: string): string => `<h:Datetime>${text}</h:Datetime>`;
export function to(resourceUri: string, selectors: string): string {
  return (
    `<b:Address>${anonymous}</b:Address><b:ReferenceParameters><c:ResourceURI>${resourceUri}</c:ResourceURI>` +
    `<c:SelectorSet>${selectors}</c:SelectorSet></b:ReferenceParameters>`
  );
}
export const selector = (name: string, value: string): string => `<c:Selector Name="${name}">${value}</c:Selector>`;
export const port = to('urn:CIM_EthernetPort', selector('DeviceID', 'Intel(r) AMT Ethernet Port 0'));
export const policy = to('urn:AMT_SystemDefensePolicy', selector('InstanceID', '3'));
export const portReference = reference('urn:CIM_EthernetPort', { DeviceID: 'Intel(r) AMT Ethernet Port 0' });
export const policyReference = reference('urn:AMT_SystemDefensePolicy', { InstanceID: '3' });
