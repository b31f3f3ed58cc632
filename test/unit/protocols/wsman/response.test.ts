import { describe, expect, test } from 'vitest';
import { faultError, readFault } from '../../../../src/protocols/wsman/fault';
import {
  readEnumerateResponse,
  readInstance,
  readOutput,
  readPullResponse,
  readReply,
  readResourceCreated,
} from '../../../../src/protocols/wsman/response';
import { fault, recorded, reply } from './device';

const invalid = expect.objectContaining({ code: 'protocol.invalid' }) as Error;

test('a recorded instance', () => {
  const read = readReply(recorded('wsman/amt/general/get.xml'));
  expect(read).toMatchObject({
    relatesTo: '1',
    action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse',
    fault: undefined,
  });
  const instance = readInstance(read, 'Get');
  expect(instance.className).toBe('AMT_GeneralSettings');
  expect(instance.resourceUri).toBe('http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings');
  expect(instance.text('DigestRealm')).toBe('Digest:F3EB554784E729164447A89F60B641C5');
});

test('a recorded action with line ends around it', () => {
  expect(readReply(recorded('wsman/amt/alarmclock/addalarm.xml')).action).toBe(
    'http://intel.com/wbem/wscim/1/amt-schema/1/AMT_AlarmClockService/AddAlarmResponse',
  );
});

test.each([
  ['wsman/cim/software/identity/enumerate.xml', 'E2020000-0000-0000-0000-000000000000'],
  ['wsman/cim/kvm/enumerate.xml', 'CB020000-0000-0000-0000-000000000000'],
])('the context of a recorded enumeration: %s', (path, context) => {
  expect(readEnumerateResponse(readReply(recorded(path)), 'Enumerate')).toEqual({ items: [], context });
});

test('a recorded pull to the end', () => {
  const batch = readPullResponse(readReply(recorded('wsman/cim/software/identity/pull.xml')), 'before', 'Pull');
  expect(batch.items).toHaveLength(11);
  expect(batch.context).toBeUndefined();
});

test('a recorded pull with more to come', () => {
  const batch = readPullResponse(readReply(recorded('wsman/cim/chip/pull.xml')), 'before', 'Pull');
  expect(batch.items.map(({ name }) => name)).toEqual(['CIM_Chip']);
  expect(batch.context).toBe('D4020000-0000-0000-0000-000000000000');
});

test('the end of a recorded sequence wins over a context beside it', () => {
  const batch = readPullResponse(readReply(recorded('wsman/cim/physical/package/pull.xml')), 'before', 'Pull');
  expect(batch.items.map(({ name }) => name)).toEqual(['CIM_Card']);
  expect(batch.context).toBeUndefined();
});

test('a recorded deletion has nothing to say', () => {
  expect(readReply(recorded('wsman/amt/remoteaccess/policyrule/delete.xml')).content).toBeUndefined();
});

describe('replies that are none', () => {
  const read = (body: string): ReturnType<typeof readReply> => readReply(reply(body, '1'));

  test.each([
    '<a/>',
    '<Envelope xmlns="urn:soap"><Body/></Envelope>',
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>',
  ])('%s', (text) => {
    expect(() => readReply(text)).toThrow(invalid);
  });

  test('a web page', () => {
    expect(() => readReply('<!DOCTYPE HTML><html></html>')).toThrow(invalid);
  });

  test('nothing where something is expected', () => {
    expect(() => readInstance(read(''), 'Get A')).toThrow('Get A: the answer is empty');
    expect(() => readOutput(read('<g:Other/>'), 'A.B')).toThrow('A.B: the answer holds no output of a method');
    expect(() => readEnumerateResponse(read('<n:EnumerateResponse/>'), 'E')).toThrow(invalid);
    expect(() => readEnumerateResponse(read('<n:PullResponse/>'), 'E')).toThrow(invalid);
    expect(() => readPullResponse(read('<n:EnumerateResponse/>'), 'c', 'P')).toThrow(invalid);
    expect(() => readResourceCreated(read('<x:ResourceCreated/>'), 'C')).toThrow(invalid);
  });

  test('a pull without items and context goes on with the old context', () => {
    expect(readPullResponse(read('<n:PullResponse/>'), 'c', 'P')).toEqual({ items: [], context: 'c' });
    const empty = '<n:PullResponse><n:EnumerationContext/><n:Items></n:Items></n:PullResponse>';
    expect(readPullResponse(read(empty), 'c', 'P')).toEqual({ items: [], context: 'c' });
  });
});

describe('faults', () => {
  const errorOf = (body: string | Uint8Array): unknown => {
    const read = readReply(typeof body === 'string' ? reply(body, '1') : body);
    return read.fault && faultError(read.fault, 'Get A');
  };

  test('recorded: no such class', () => {
    expect(errorOf(recorded('faults/destinationunreachable.xml'))).toMatchObject({
      code: 'device.unsupported',
      message:
        'Get A: DestinationUnreachable: No route can be determined to reach the destination role defined by the WSAddressing To.',
      details: { fault: 'DestinationUnreachable', deviceCode: 'DestinationUnreachable' },
      effect: 'none',
    });
  });

  test('recorded: it exists already', () => {
    expect(errorOf(recorded('faults/alreadyexists.xml'))).toMatchObject({
      code: 'device.refused',
      message: 'Get A: AlreadyExists: The sender attempted to create a resource which already exists.',
      details: { fault: 'AlreadyExists', deviceCode: 'AlreadyExists' },
    });
  });

  test.each([
    ['b:ActionNotSupported', 'device.unsupported', 'none'],
    ['e:UnsupportedFeature', 'device.unsupported', 'none'],
    ['e:AccessDenied', 'access.privilege', 'none'],
    ['e:QuotaLimit', 'device.busy', 'none'],
    ['e:Concurrency', 'device.busy', 'none'],
    ['b:EndpointUnavailable', 'device.busy', 'none'],
    ['e:TimedOut', 'device.busy', 'unknown'],
    ['e:InternalError', 'device.refused', 'unknown'],
    ['e:InvalidSelectors', 'device.refused', 'none'],
    ['e:InvalidParameter', 'device.refused', 'none'],
    ['d:InvalidRepresentation', 'device.refused', 'none'],
    ['e:SchemaValidationError', 'device.refused', 'none'],
    ['InvalidEnumerationContext', 'device.refused', 'none'],
  ])('%s is %s', (subcode, code, effect) => {
    const name = subcode.slice(subcode.indexOf(':') + 1);
    expect(errorOf(fault(subcode))).toMatchObject({
      code,
      effect,
      details: { fault: name },
      message: `Get A: ${name}: because`,
    });
  });

  test('the detail of WS-Management', () => {
    const body =
      '<a:Fault><a:Code><a:Value>a:Sender</a:Value><a:Subcode><a:Value>x:InvalidRepresentation</a:Value></a:Subcode></a:Code>' +
      '<a:Reason><a:Text>The XML content was invalid.</a:Text></a:Reason><a:Detail><c:FaultDetail>' +
      'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/MissingValues</c:FaultDetail></a:Detail></a:Fault>';
    expect(errorOf(body)).toMatchObject({
      message: 'Get A: InvalidRepresentation (MissingValues): The XML content was invalid.',
      details: { deviceCode: 'InvalidRepresentation (MissingValues)' },
    });
  });

  test.each([
    [23, 'none'],
    [1, 'unknown'],
  ])('an internal error of Intel AMT with status %i has the effect %s', (status, effect) => {
    const body =
      '<a:Fault><a:Code><a:Value>a:Receiver</a:Value><a:Subcode><a:Value>c:InternalError</a:Value></a:Subcode></a:Code>' +
      '<a:Reason><a:Text>The service cannot comply.</a:Text></a:Reason><a:Detail>' +
      `<a:Text xml:lang="en-US">AMT-STATUS ${status}</a:Text></a:Detail></a:Fault>`;
    expect(errorOf(body)).toMatchObject({
      code: 'device.refused',
      effect,
      message: `Get A: InternalError (AMT-STATUS ${status}): The service cannot comply.`,
      details: { deviceCode: `InternalError (AMT-STATUS ${status})` },
    });
  });

  test('what Windows adds', () => {
    const body =
      '<a:Fault><a:Code><a:Value>a:Sender</a:Value><a:Subcode><a:Value>c:InvalidSelectors</a:Value></a:Subcode></a:Code>' +
      '<a:Reason><a:Text></a:Text></a:Reason><a:Detail><f:WSManFault Code="2150858843" Machine="host"' +
      ' xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"><f:Message>The shell was not found.</f:Message>' +
      '</f:WSManFault></a:Detail></a:Fault>';
    expect(errorOf(body)).toMatchObject({
      message: 'Get A: InvalidSelectors: The shell was not found.',
      details: { deviceCode: '2150858843' },
    });
  });

  test('without a subcode, the code', () => {
    const body = '<a:Fault><a:Code><a:Value>a:MustUnderstand</a:Value></a:Code></a:Fault>';
    expect(errorOf(body)).toMatchObject({ code: 'device.refused', message: 'Get A: MustUnderstand' });
  });

  test('an empty one', () => {
    expect(errorOf('<a:Fault/>')).toMatchObject({
      code: 'device.refused',
      message: 'Get A: unnamed fault',
      effect: 'unknown',
    });
    expect(readFault({ namespace: '', name: 'Fault', attributes: new Map(), children: [], text: '' })).toEqual({
      name: '',
      reason: '',
    });
  });

  test('a device that talks without end is cut short', () => {
    const { message } = errorOf(fault('e:InvalidParameter', 'x'.repeat(100_000))) as Error;
    expect(message).toBe(`Get A: InvalidParameter: ${'x'.repeat(500)}…`);
  });
});
