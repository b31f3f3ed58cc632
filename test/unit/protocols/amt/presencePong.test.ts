import { expect, test } from 'vitest';
import { fromHex } from '../../../../src/base/bytes';
import { decodeAmtPong } from '../../../../src/protocols/amt/presencePong';

const pong = (oem: string, { enterprise = '00000157', entities = '00' } = {}): Uint8Array =>
  fromHex(`0600ff06000011be40000010${enterprise}${oem}${entities}20000000000000`);

test('an old device tells port, version and provisioning', () => {
  expect(decodeAmtPong(pong('42609102'))).toEqual({
    port: 16992,
    version: '9.1',
    provisioning: 'done',
    bothPorts: false,
  });
});

test('a newer one keeps its version to itself', () => {
  expect(decodeAmtPong(pong('42610006'))).toEqual({ port: 16993, provisioning: 'done', bothPorts: true });
  expect(decodeAmtPong(pong('42600000'))).toMatchObject({ provisioning: 'not started' });
  expect(decodeAmtPong(pong('42600001'))).toMatchObject({ provisioning: 'in progress' });
});

test('the pong of another maker, of an IPMI controller, or something else is none', () => {
  expect(decodeAmtPong(pong('42600002', { enterprise: '000011be' }))).toBeUndefined();
  expect(decodeAmtPong(pong('42600002', { entities: '81' }))).toBeUndefined();
  expect(decodeAmtPong(pong('00000000'))).toBeUndefined();
  expect(decodeAmtPong(fromHex('0600ff0700'))).toBeUndefined();
});

test('a pong that is too short is an error, not a guess', () => {
  expect(() => decodeAmtPong(pong('42609102').subarray(0, 17))).toThrow('message too short');
});
