import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../../src/base/xml/parseXml';
import { assertCompleted } from '../../../../src/protocols/amt/returnValue';
import {
  bootValues,
  cimValues,
  messageLogValues,
  optInValues,
  type ReturnValues,
} from '../../../../src/protocols/amt/returnValues';
import { Instance } from '../../../../src/protocols/wsman/instance';

const output = (inside: string): Instance =>
  Instance.read(parseXml(`<g:Do_OUTPUT xmlns:g="u">${inside}</g:Do_OUTPUT>`));
const returned = (value: number | string): Instance => output(`<g:ReturnValue>${value}</g:ReturnValue>`);

test('0 gives the output back', () => {
  const done = output('<g:Ta0>1704586865</g:Ta0><g:ReturnValue>0</g:ReturnValue>');
  expect(assertCompleted(done, 'GetLowAccuracyTimeSynch')).toBe(done);
  expect(assertCompleted(returned(' 0 '), 'x').className).toBe('Do_OUTPUT');
});

describe('PT_STATUS', () => {
  test.each([
    [1, 'INTERNAL_ERROR', 'device.refused'],
    [2, 'NOT_READY', 'device.busy'],
    [3, 'INVALID_PT_MODE', 'device.state'],
    [16, 'NOT_PERMITTED', 'device.refused'],
    [23, 'MAX_LIMIT_REACHED', 'device.refused'],
    [35, 'INVALID_INDEX', 'device.refused'],
    [36, 'INVALID_PARAMETER', 'device.refused'],
    [38, 'FLASH_WRITE_LIMIT_EXCEEDED', 'device.refused'],
    [1024, 'DISABLED_BY_POLICY', 'device.refused'],
    [2057, 'DATA_MISSING', 'device.refused'],
    [2058, 'DUPLICATE', 'device.refused'],
    [2066, 'UNSUPPORTED', 'device.unsupported'],
    [2068, 'NOT_FOUND', 'device.refused'],
    [2076, 'BLOCKING_COMPONENT', 'device.refused'],
    [2081, 'USER_CONSENT_REQUIRED', 'consent.required'],
    [2082, 'OPERATION_IN_PROGRESS', 'device.busy'],
    [4097, 'INVALID_STATE_TRANSITION', 'device.state'],
    [4099, 'BUSY', 'device.busy'],
    [2071, 'UNKNOWN', 'device.refused'],
    [99999, 'UNKNOWN', 'device.refused'],
  ])('%d is %s', (value, name, code) => {
    expect(() => assertCompleted(returned(value), 'RequestPowerStateChange')).toThrow(
      expect.objectContaining({
        code,
        effect: 'none',
        details: { deviceCode: `${value} ${name}` },
        message: expect.stringMatching(`^RequestPowerStateChange: .+ \\(${value} ${name}\\)$`) as string,
      }),
    );
  });

  test('what was begun leaves it open', () => {
    expect(() => assertCompleted(returned(4096), 'Do')).toThrow(
      expect.objectContaining({
        effect: 'unknown',
        message: 'Do: the device has begun, and does not say when it will be done (4096 JOB_STARTED)',
        hint: 'Look at the present state before it is done again.',
      }),
    );
    expect(() => assertCompleted(returned(3), 'Do', cimValues)).toThrow(expect.objectContaining({ effect: 'unknown' }));
  });

  test('in words', () => {
    expect(() => assertCompleted(returned(16), 'Unprovision')).toThrow(
      'Unprovision: not permitted, or not in this control mode (16 NOT_PERMITTED)',
    );
    expect(() => assertCompleted(returned(12), 'AddMpServer')).toThrow(
      'AddMpServer: the device refused it (12 INVALID_NAME)',
    );
  });
});

describe('other tables', () => {
  test.each<[string, ReturnValues, number, string, string]>([
    ['CIM', cimValues, 1, '1 NOT_SUPPORTED', 'device.unsupported'],
    ['CIM', cimValues, 2, '2 UNKNOWN_ERROR', 'device.refused'],
    ['CIM', cimValues, 16, '16 NOT_PERMITTED', 'device.refused'],
    ['CIM', cimValues, 2082, '2082 OPERATION_IN_PROGRESS', 'device.busy'],
    ['CIM', cimValues, 4097, '4097 INVALID_STATE_TRANSITION', 'device.state'],
    ['boot', bootValues, 3, '3 BUSY', 'device.busy'],
    ['boot', bootValues, 4, '4 INVALID_REFERENCE', 'device.refused'],
    ['boot', bootValues, 6, '6 ACCESS_DENIED', 'access.privilege'],
    ['boot', bootValues, 2081, '2081 USER_CONSENT_REQUIRED', 'consent.required'],
    ['consent', optInValues, 2, '2 INVALID_STATE', 'device.state'],
    ['consent', optInValues, 3, '3 BLOCKED', 'device.busy'],
    ['message log', messageLogValues, 3, '3 NO_RECORD_EXISTS', 'device.refused'],
  ])('%s: %o', (_, values, value, deviceCode, code) => {
    expect(() => assertCompleted(returned(value), 'x', values)).toThrow(
      expect.objectContaining({ code, details: { deviceCode } }),
    );
  });
});

test.each(['', '<g:ReturnValue/>', '<g:ReturnValue>OK</g:ReturnValue>', '<g:ReturnValue>-1</g:ReturnValue>'])(
  'without a number it is not known whether it happened: %s',
  (inside) => {
    expect(() => assertCompleted(output(inside), 'x')).toThrow(
      expect.objectContaining({ code: 'protocol.invalid', effect: 'unknown' }),
    );
  },
);
