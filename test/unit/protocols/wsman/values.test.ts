import { expect, test } from 'vitest';
import { isSameReference } from '../../../../src/protocols/wsman/values';

const policy = { resourceUri: 'urn:Policy', selectors: { InstanceID: '1' } };
const port = { resourceUri: 'urn:Port', selectors: { DeviceID: '0', SystemName: 'AMT' } };

test('references are the same by class and keys, in any order and from any address', () => {
  expect(isSameReference(policy, { ...policy, address: 'default' })).toBe(true);
  expect(isSameReference(port, { resourceUri: 'urn:Port', selectors: { SystemName: 'AMT', DeviceID: '0' } })).toBe(
    true,
  );
  const association = { resourceUri: 'urn:A', selectors: { Antecedent: port, Dependent: policy } };
  expect(isSameReference(association, structuredClone(association))).toBe(true);
});

test.each([
  [policy, { ...policy, resourceUri: 'urn:Other' }],
  [policy, { ...policy, selectors: { InstanceID: '2' } }],
  [policy, { ...policy, selectors: { Name: '1' } }],
  [policy, { ...policy, selectors: {} }],
  [policy, { ...policy, selectors: { InstanceID: '1', Name: 'x' } }],
  [policy, { ...policy, selectors: { InstanceID: policy } }],
  [
    { resourceUri: 'urn:A', selectors: { Antecedent: port } },
    { resourceUri: 'urn:A', selectors: { Antecedent: policy } },
  ],
])('others are not', (one, other) => {
  expect(isSameReference(one, other)).toBe(false);
  expect(isSameReference(other, one)).toBe(false);
});
