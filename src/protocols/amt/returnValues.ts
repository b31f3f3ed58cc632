import type { ErrorCode } from '../../base/errorCodes';

/** What a ReturnValue means. */
export interface ReturnMeaning {
  /** As the standard writes it. */
  readonly name: string;
  /** Absent: `device.refused`. */
  readonly code?: ErrorCode;
  readonly words?: string;
  /** It may have been done, or may yet be done. */
  readonly isOpen?: true;
}

export type ReturnValues = Readonly<Record<number, ReturnMeaning>>;

const busy = { code: 'device.busy' } as const;
const state = { code: 'device.state' } as const;
const unsupported = { code: 'device.unsupported', words: 'the device does not offer this' } as const;
const notReady = { ...busy, words: 'the device is not ready' } as const;
const denied = { code: 'access.privilege', words: 'access denied' } as const;
const wrongState = { ...state, words: 'the device refuses this in its present state' } as const;
const invalidParameter = { name: 'INVALID_PARAMETER', words: 'the device refused a parameter' } as const;

const jobStarted = {
  name: 'JOB_STARTED',
  ...busy,
  words: 'the device has begun, and does not say when it will be done',
  isOpen: true,
} as const;

/** PT_STATUS, what most methods of Intel AMT return. From 4096 on its numbers are CIM's: the others never leave a computer. */
export const statusValues: ReturnValues = {
  1: { name: 'INTERNAL_ERROR', words: 'the device failed' },
  2: { name: 'NOT_READY', ...notReady },
  3: { name: 'INVALID_PT_MODE', ...wrongState },
  4: { name: 'INVALID_MESSAGE_LENGTH' },
  5: { name: 'TABLE_FINGERPRINT_NOT_AVAILABLE' },
  6: { name: 'INTEGRITY_CHECK_FAILED' },
  7: { name: 'UNSUPPORTED_ISVS_VERSION', ...unsupported },
  8: { name: 'APPLICATION_NOT_REGISTERED' },
  9: { name: 'INVALID_REGISTRATION_DATA' },
  10: { name: 'APPLICATION_DOES_NOT_EXIST' },
  11: { name: 'NOT_ENOUGH_STORAGE', words: 'the device has no room for it' },
  12: { name: 'INVALID_NAME' },
  13: { name: 'BLOCK_DOES_NOT_EXIST' },
  14: { name: 'INVALID_BYTE_OFFSET' },
  15: { name: 'INVALID_BYTE_COUNT' },
  16: { name: 'NOT_PERMITTED', words: 'not permitted, or not in this control mode' },
  17: { name: 'NOT_OWNER' },
  18: { name: 'BLOCK_LOCKED_BY_OTHER', ...busy },
  19: { name: 'BLOCK_NOT_LOCKED', ...state },
  20: { name: 'INVALID_GROUP_PERMISSIONS' },
  21: { name: 'GROUP_DOES_NOT_EXIST' },
  22: { name: 'INVALID_MEMBER_COUNT' },
  23: { name: 'MAX_LIMIT_REACHED', words: 'the device holds as many as it can' },
  24: { name: 'INVALID_AUTH_TYPE' },
  25: { name: 'AUTHENTICATION_FAILED' },
  26: { name: 'INVALID_DHCP_MODE' },
  27: { name: 'INVALID_IP_ADDRESS' },
  28: { name: 'INVALID_DOMAIN_NAME' },
  29: { name: 'UNSUPPORTED_VERSION', ...unsupported },
  30: { name: 'REQUEST_UNEXPECTED', ...wrongState },
  31: { name: 'INVALID_TABLE_TYPE' },
  32: { name: 'INVALID_PROVISIONING_STATE', ...wrongState },
  33: { name: 'UNSUPPORTED_OBJECT', ...unsupported },
  34: { name: 'INVALID_TIME' },
  35: { name: 'INVALID_INDEX' },
  36: invalidParameter,
  37: { name: 'INVALID_NETMASK' },
  38: { name: 'FLASH_WRITE_LIMIT_EXCEEDED', words: 'the device protects its flash memory from more changes for now' },
  39: { name: 'INVALID_IMAGE_LENGTH' },
  40: { name: 'INVALID_IMAGE_SIGNATURE' },
  41: { name: 'PROPOSE_ANOTHER_VERSION' },
  42: { name: 'INVALID_PID_FORMAT' },
  43: { name: 'INVALID_PPS_FORMAT' },
  44: { name: 'BIST_COMMAND_BLOCKED' },
  45: { name: 'CONNECTION_FAILED' },
  46: { name: 'CONNECTION_TOO_MANY', ...busy },
  47: { name: 'RNG_GENERATION_IN_PROGRESS', ...busy },
  48: { name: 'RNG_NOT_READY', ...notReady },
  49: { name: 'CERTIFICATE_NOT_READY', ...notReady },
  1024: { name: 'DISABLED_BY_POLICY', words: 'a policy of the device forbids it' },
  2048: { name: 'NETWORK_IF_ERROR_BASE' },
  2049: { name: 'UNSUPPORTED_OEM_NUMBER', ...unsupported },
  2050: { name: 'UNSUPPORTED_BOOT_OPTION', ...unsupported },
  2051: { name: 'INVALID_COMMAND' },
  2052: { name: 'INVALID_SPECIAL_COMMAND' },
  2053: { name: 'INVALID_HANDLE' },
  2054: { name: 'INVALID_PASSWORD', words: 'the device finds the password too weak or not allowed' },
  2055: { name: 'INVALID_REALM' },
  2056: { name: 'STORAGE_ACL_ENTRY_IN_USE', ...busy },
  2057: { name: 'DATA_MISSING', words: 'settings that belong to it are missing' },
  2058: { name: 'DUPLICATE', words: 'the device has it already' },
  2059: { name: 'EVENTLOG_FROZEN', ...state, words: 'the event log is frozen' },
  2060: { name: 'PKI_MISSING_KEYS' },
  2061: { name: 'PKI_GENERATING_KEYS', ...busy, words: 'the device is generating keys' },
  2062: { name: 'INVALID_KEY' },
  2063: { name: 'INVALID_CERT' },
  2064: { name: 'CERT_KEY_NOT_MATCH' },
  2065: { name: 'MAX_KERB_DOMAIN_REACHED' },
  2066: { name: 'UNSUPPORTED', ...unsupported },
  2067: { name: 'INVALID_PRIORITY' },
  2068: { name: 'NOT_FOUND', words: 'the device does not have it' },
  2069: { name: 'INVALID_CREDENTIALS' },
  2070: { name: 'INVALID_PASSPHRASE' },
  2072: { name: 'NO_ASSOCIATION' },
  2075: { name: 'AUDIT_FAIL', words: 'the audit log could not be written' },
  2076: { name: 'BLOCKING_COMPONENT', words: 'a component, such as an auditor, forbids it' },
  2081: { name: 'USER_CONSENT_REQUIRED', code: 'consent.required', words: 'the user at the computer must consent' },
  2082: { name: 'OPERATION_IN_PROGRESS', ...busy, words: 'the device is still at an earlier operation' },
  4096: jobStarted,
  4097: { name: 'INVALID_STATE_TRANSITION', ...wrongState },
  4098: { name: 'TIMEOUT_PARAMETER_UNSUPPORTED', ...unsupported },
  4099: { name: 'BUSY', ...busy, words: 'the device is busy' },
  4100: { name: 'RESOURCES' },
  4101: { name: 'HARDWARE_ACCESS_ERROR' },
  4102: { name: 'REQUESTOR_NOT_REGISTERED' },
  4103: { name: 'NETWORK_ERROR' },
  4104: { name: 'PARAM_BUFFER_TOO_SHORT' },
  4105: { name: 'COM_NOT_INITIALIZED_IN_THREAD' },
  4106: { name: 'URL_REQUIRED' },
};

/** What methods that only CIM defines return, such as RequestStateChange: DSP1027 and the CIM schema, and what Intel AMT adds. */
export const cimValues: ReturnValues = {
  ...statusValues,
  1: { name: 'NOT_SUPPORTED', ...unsupported },
  2: { name: 'UNKNOWN_ERROR', words: 'the device failed' },
  3: { name: 'TIMEOUT', ...busy, words: 'the device did not manage it in time', isOpen: true },
  4: { name: 'FAILED', words: 'the device failed' },
  5: invalidParameter,
  6: { name: 'IN_USE', ...busy, words: 'it is in use' },
  2081: { name: 'USER_CONSENT_REQUIRED', code: 'consent.required', words: 'the user at the computer must consent' },
  4096: jobStarted,
  4097: { name: 'INVALID_STATE_TRANSITION', ...wrongState },
  4098: { name: 'TIMEOUT_PARAMETER_UNSUPPORTED', ...unsupported },
  4099: { name: 'BUSY', ...busy, words: 'the device is busy' },
};

/** CIM_BootConfigSetting.ChangeBootOrder and CIM_BootService.SetBootConfigRole. */
export const bootValues: ReturnValues = {
  ...cimValues,
  3: { name: 'BUSY', ...busy, words: 'the device is busy' },
  4: { name: 'INVALID_REFERENCE', words: 'the device does not have this boot source' },
  6: { name: 'ACCESS_DENIED', ...denied },
};

/** The methods of IPS_OptInService. */
export const optInValues: ReturnValues = {
  1: { name: 'INTERNAL_ERROR', words: 'the device failed' },
  2: { name: 'INVALID_STATE', ...state, words: 'the device is not waiting for this, or the code was wrong' },
  3: { name: 'BLOCKED', ...busy, words: 'consent is blocked for a while after too many wrong codes' },
  4: { name: 'FAILED', words: 'the device failed' },
};

/** The methods of AMT_MessageLog. */
export const messageLogValues: ReturnValues = {
  1: { name: 'NOT_SUPPORTED', ...unsupported },
  2: { name: 'INVALID_RECORD', words: 'the place in the log is no longer valid' },
  3: { name: 'NO_RECORD_EXISTS', words: 'the log has no such record' },
};
