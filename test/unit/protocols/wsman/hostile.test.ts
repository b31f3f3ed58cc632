import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { messageLog } from '../../../../src/protocols/amt/cim/messageLog';
import { associatedPowerManagementService } from '../../../../src/protocols/amt/cim/associatedPowerManagementService';
import { ethernetPortSettings } from '../../../../src/protocols/amt/cim/ethernetPortSettings';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import { Instance } from '../../../../src/protocols/wsman/instance';
import { readPullResponse, readReply } from '../../../../src/protocols/wsman/response';
import { recorded } from './device';

function throwsOnlyOurs(act: () => void): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(SidebandError);
  }
}

const files = [
  'wsman/amt/messagelog/get.xml',
  'wsman/cim/associatedpower/managementservice/pull.xml',
  'wsman/amt/ethernetport/pull.xml',
  'faults/alreadyexists.xml',
].map((path) => recorded(path));
const edit = fc.record({
  file: fc.constantFrom(...files),
  at: fc.nat(4000),
  removed: fc.nat(20),
  added: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.string({ maxLength: 4 }).map((text) => new TextEncoder().encode(text)),
  ),
});

test('a recorded reply, damaged anywhere, is read or gives a SidebandError', () => {
  fc.assert(
    fc.property(edit, ({ file, at, removed, added }) => {
      const damaged = Uint8Array.of(...file.subarray(0, at), ...added, ...file.subarray(at + removed));
      throwsOnlyOurs(() => {
        const reply = readReply(damaged);
        const items = reply.content?.name === 'PullResponse' ? readPullResponse(reply, '', 'x').items : [];
        for (const element of [...items, ...(reply.content ? [reply.content] : [])]) {
          const instance = Instance.read(element);
          for (const one of [messageLog, associatedPowerManagementService, ethernetPortSettings]) one.decode(instance);
        }
      });
    }),
    { numRuns: 1500 },
  );
});

test('a device that sends anything at all gives a SidebandError', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 200, max: 599 }), fc.uint8Array({ maxLength: 60 }), async (status, body) => {
      const client = new WsmanClient(() => Promise.resolve({ status, body }));
      const options = { signal: AbortSignal.timeout(10_000) };
      await expect(client.get('urn:CIM_Thing', options)).rejects.toBeInstanceOf(SidebandError);
      await expect(client.enumerate('urn:CIM_Thing', options)).rejects.toBeInstanceOf(SidebandError);
      await expect(client.invoke('urn:CIM_Thing', 'Do', {}, options)).rejects.toBeInstanceOf(SidebandError);
    }),
    { numRuns: 200 },
  );
});
