import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPath } from '../../../../src/base/xml/element';
import { parseXml } from '../../../../src/base/xml/parseXml';
import {
  base64,
  boolean,
  cimClass,
  datetime,
  integer,
  interval,
  list,
  reference,
  text,
} from '../../../../src/protocols/wsman/cimClass';
import { writeEnvelope } from '../../../../src/protocols/wsman/envelope';
import { Instance } from '../../../../src/protocols/wsman/instance';
import { readReference } from '../../../../src/protocols/wsman/reference';
import type { EndpointReference } from '../../../../src/protocols/wsman/values';

const thing = cimClass('CIM_Thing', {
  Text: text,
  Whole: integer,
  Flag: boolean,
  Bytes: base64,
  Moment: datetime,
  Span: interval,
  Object: reference,
  Texts: list(text),
});

/** Anything that XML can carry. */
const characters = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((candidate) => !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(candidate));
const keyName = fc.constantFrom('InstanceID', 'Name', 'DeviceID');
const target = fc.constantFrom('urn:CIM_A', 'http://intel.com/wbem/wscim/1/amt-schema/1/AMT_B');
const plainReference = fc.record({
  resourceUri: target,
  selectors: fc.dictionary(keyName, characters, { maxKeys: 3 }),
});
const anyReference = fc.record<EndpointReference>({
  resourceUri: target,
  selectors: fc.dictionary(keyName, fc.oneof(characters, plainReference), { maxKeys: 3 }),
});
const wholeSeconds = fc.nat(4_000_000_000);

const values = fc.record(
  {
    Text: characters,
    Whole: fc.maxSafeInteger(),
    Flag: fc.boolean(),
    Bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }),
    Moment: wholeSeconds.map((seconds) => new Date(seconds * 1000)),
    Object: anyReference,
    Texts: fc.array(characters, { maxLength: 3 }),
  },
  { noNullPrototype: true },
);

function body(message: Parameters<typeof writeEnvelope>[0]): ReturnType<typeof parseXml> {
  const written = writeEnvelope(message, { to: '/wsman', messageId: '1', operationTimeoutMs: 1000 });
  return parseXml(written);
}

test('what is sent as properties is read as it was', () => {
  fc.assert(
    fc.property(values, wholeSeconds, (sent, seconds) => {
      const instance = Instance.of(thing.resourceUri, { ...sent, Span: { intervalMs: seconds * 1000 } });
      const envelope = body({ action: 'a', resourceUri: thing.resourceUri, body: instance.toElement() });
      const received = findPath(envelope, 'Body', 'CIM_Thing');
      expect(received && thing.decode(Instance.read(received))).toEqual({
        ...sent,
        Object: expect.objectContaining({ resourceUri: sent.Object.resourceUri }) as unknown,
        Span: seconds * 1000,
        other: {},
      });
    }),
    { numRuns: 200 },
  );
});

/** Without the addresses, which are ours. */
function bare({ resourceUri, selectors }: EndpointReference): EndpointReference {
  const keys = Object.entries(selectors).map(([name, key]) => [name, typeof key === 'string' ? key : bare(key)]);
  return { resourceUri, selectors: Object.fromEntries(keys) as EndpointReference['selectors'] };
}

test('what is sent as selectors names the same object', () => {
  fc.assert(
    fc.property(anyReference, (sent) => {
      const envelope = body({ action: 'a', resourceUri: 'urn:x', selectors: { Key: sent } });
      const selector = findPath(envelope, 'Header', 'SelectorSet', 'Selector');
      const received = selector && readReference(selector);
      expect(received && bare(received)).toEqual(bare(sent));
    }),
    { numRuns: 200 },
  );
});
