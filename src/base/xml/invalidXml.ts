import { SidebandError } from '../errors';

export function invalidXml(what: string): SidebandError {
  return new SidebandError('protocol.invalid', `XML: ${what}`);
}

export function truncatedXml(): SidebandError {
  return new SidebandError('protocol.truncated', 'XML: the document ends in the middle');
}
