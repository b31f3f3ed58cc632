/** DSP0226 annex A, DSP0227, DSP0230 and the standards that they stand on. */
export const namespaces = {
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  addressing: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  wsman: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  transfer: 'http://schemas.xmlsoap.org/ws/2004/09/transfer',
  enumeration: 'http://schemas.xmlsoap.org/ws/2004/09/enumeration',
  eventing: 'http://schemas.xmlsoap.org/ws/2004/08/eventing',
  trust: 'http://schemas.xmlsoap.org/ws/2005/02/trust',
  security: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  /** Datetime and Interval. */
  common: 'http://schemas.dmtf.org/wbem/wscim/1/common',
  instance: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

/** Stands for "answer on the connection on which it was asked". */
export const anonymous = `${namespaces.addressing}/role/anonymous`;

export const cimSchema = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
export const amtSchema = 'http://intel.com/wbem/wscim/1/amt-schema/1/';
export const ipsSchema = 'http://intel.com/wbem/wscim/1/ips-schema/1/';
