import { type ErrorDetails, SidebandError } from '../../base/errors';
import type { ErrorCode } from '../../base/errorCodes';

/** RMCP+ and RAKP message status codes, IPMI v2.0 table 13-15. */
const statusCodes: Readonly<Record<number, readonly [code: ErrorCode, meaning: string]>> = {
  0x01: ['ipmi.busy', 'no free session'],
  0x02: ['protocol.invalid', 'invalid session id'],
  0x03: ['protocol.invalid', 'invalid payload type'],
  0x04: ['ipmi.cipher', 'authentication algorithm refused'],
  0x05: ['ipmi.cipher', 'integrity algorithm refused'],
  0x06: ['ipmi.cipher', 'no matching authentication payload'],
  0x07: ['ipmi.cipher', 'no matching integrity payload'],
  0x08: ['protocol.invalid', 'inactive session id'],
  0x09: ['access.privilege', 'invalid role'],
  0x0a: ['access.privilege', 'role or privilege level refused'],
  0x0b: ['ipmi.busy', 'no free session for this role'],
  0x0c: ['auth.user', 'invalid length of the user name'],
  0x0d: ['auth.user', 'unknown user'],
  0x0e: ['protocol.invalid', 'unauthorised GUID'],
  0x0f: ['auth.rejected', 'password rejected'],
  0x10: ['ipmi.cipher', 'confidentiality algorithm refused'],
  0x11: ['ipmi.cipher', 'no matching cipher suite'],
  0x12: ['ipmi.cipher', 'illegal parameter'],
};

/** The statuses that a login itself deals with. */
export const statuses = {
  insufficientResources: 0x01,
  invalidSessionId: 0x02,
  inactiveSessionId: 0x08,
  invalidCheckValue: 0x0f,
} as const;

/** The error for a status that is not zero. */
export function statusError(messageName: string, status: number, details: ErrorDetails = {}): SidebandError {
  const [code, meaning] = statusCodes[status] ?? (['protocol.invalid', 'unknown status'] as const);
  const deviceCode = `${status.toString(16).padStart(2, '0')}h`;
  return new SidebandError(code, `${messageName}: ${meaning} (status ${deviceCode})`, { ...details, deviceCode });
}
