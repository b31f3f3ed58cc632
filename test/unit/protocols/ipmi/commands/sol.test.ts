import { expect, test } from 'vitest';
import { ByteReader, fromHex, toHex } from '../../../../../src/base/bytes';
import { activatePayload } from '../../../../../src/protocols/ipmi/commands/activatePayload';
import { deactivatePayload } from '../../../../../src/protocols/ipmi/commands/deactivatePayload';
import { getPayloadActivationStatus } from '../../../../../src/protocols/ipmi/commands/getPayloadActivationStatus';
import { getPayloadInstanceInfo } from '../../../../../src/protocols/ipmi/commands/getPayloadInstanceInfo';
import {
  decodeSolBitRate,
  decodeSolRetry,
  getSolConfigurationParameters,
  setSolConfigurationParameters,
} from '../../../../../src/protocols/ipmi/commands/solConfiguration';
import { charactersFor } from '../../../../../src/technologies/ipmi/sol';

const sol = { type: 1, instance: 1 };
const reader = (hex: string): ByteReader => new ByteReader(fromHex(hex));

test('activation and de-activation are those of the capture sol-01', () => {
  expect(toHex(activatePayload.encode(sol))).toBe('0101c6000000');
  expect(activatePayload.decode(reader('00000000200000409725ffff'))).toEqual({
    maximumInbound: 0x20,
    maximumOutbound: 0x4000,
    port: 9623,
  });
  expect(toHex(deactivatePayload.encode(sol))).toBe('010100000000');
});

test('who has a console open', () => {
  expect(toHex(getPayloadActivationStatus.encode(1))).toBe('01');
  expect(getPayloadActivationStatus.decode(reader('010180'))).toEqual({ capacity: 1, active: [1, 16] });
  expect(getPayloadActivationStatus.decode(reader('000000'))).toEqual({ capacity: 0, active: [] });
  expect(toHex(getPayloadInstanceInfo.encode(sol))).toBe('0101');
  expect(getPayloadInstanceInfo.decode(reader('840400000000000000000000'))).toBe(0x484);
});

test('SOL configuration parameters', () => {
  expect(toHex(getSolConfigurationParameters.encode({ channel: 0x0e, parameter: 'volatileBitRate' }))).toBe('0e060000');
  const data = getSolConfigurationParameters.decode(reader('110a'));
  expect(decodeSolBitRate(data)).toBe(115_200);
  expect(decodeSolRetry(fromHex('0732'))).toEqual({ count: 7, intervalMs: 500 });
  const input = { channel: 1, parameter: 'enable', data: fromHex('01') } as const;
  expect(toHex(setSolConfigurationParameters.encode(input))).toBe('010101');
});

test.each([
  [0x20, 28],
  [0x2000, 28], // swapped
  [0x0100, 200],
  [0, 60],
  [0xffff, 60],
  [4, 200], // swapped
])('a controller that says %d takes packets of %d characters', (maximumInbound, expected) => {
  expect(charactersFor({ maximumInbound, maximumOutbound: 0, port: 623 })).toBe(expected);
});
