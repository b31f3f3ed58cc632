/** The namespaces of WS-Management, as DSP0226 and what it stands on name them. */
export const soap = 'http://www.w3.org/2003/05/soap-envelope';
export const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
export const wsman = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';
export const trust = 'http://schemas.xmlsoap.org/ws/2005/02/trust';
export const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
export const cimBinding = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd';
export const cimCommon = 'http://schemas.dmtf.org/wbem/wscim/1/common';
export const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
export const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
export const eventing = 'http://schemas.xmlsoap.org/ws/2004/08/eventing';
export const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
export const anonymous = `${addressing}/role/anonymous`;
