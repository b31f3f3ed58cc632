import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ByteReader } from '../../../../src/base/bytes';
import { SidebandError } from '../../../../src/base/errors';
import { cipherSuites } from '../../../../src/protocols/ipmi/cipherSuites';
import { getChannelAuthenticationCapabilities } from '../../../../src/protocols/ipmi/commands/getChannelAuthenticationCapabilities';
import {
  getChannelCipherSuites,
  parseCipherSuites,
} from '../../../../src/protocols/ipmi/commands/getChannelCipherSuites';
import { getChassisStatus } from '../../../../src/protocols/ipmi/commands/getChassisStatus';
import { getDeviceId } from '../../../../src/protocols/ipmi/commands/getDeviceId';
import { getSystemGuid } from '../../../../src/protocols/ipmi/commands/getSystemGuid';
import { getSystemRestartCause } from '../../../../src/protocols/ipmi/commands/getSystemRestartCause';
import { setSessionPrivilegeLevel } from '../../../../src/protocols/ipmi/commands/setSessionPrivilegeLevel';
import { decodeResponse } from '../../../../src/protocols/ipmi/message';
import { decodeOpenSessionResponse } from '../../../../src/protocols/ipmi/openSession';
import { unwrapOutsideSession } from '../../../../src/protocols/ipmi/outsideSession';
import { decodeOpenPacket, openPacket } from '../../../../src/protocols/ipmi/packet';
import { decodeRakp2, decodeRakp4 } from '../../../../src/protocols/ipmi/rakp';
import { decodePresencePong } from '../../../../src/protocols/ipmi/rmcp';
import { ScriptedBmc } from './bmc';
import { connectTo, loginWith, never, passTime } from './link';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const keys = { suite: cipherSuites[3], k1: new Uint8Array(20), k2: new Uint8Array(20) };
const decoders: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  'a pong': decodePresencePong,
  'a packet outside a session': unwrapOutsideSession,
  'an open packet': decodeOpenPacket,
  'a sealed packet': (bytes) => openPacket(bytes, 0, keys),
  'an Open Session Response': decodeOpenSessionResponse,
  'RAKP message 2': (bytes) => decodeRakp2(bytes, cipherSuites[17]),
  'RAKP message 4': (bytes) => decodeRakp4(bytes, cipherSuites[17]),
  'an IPMI message': decodeResponse,
  'cipher suite records': parseCipherSuites,
  ...Object.fromEntries(
    [
      getChannelAuthenticationCapabilities,
      getChannelCipherSuites,
      getChassisStatus,
      getDeviceId,
      getSystemGuid,
      getSystemRestartCause,
      setSessionPrivilegeLevel,
    ].map((command) => [command.name, (bytes: Uint8Array) => command.decode(new ByteReader(bytes))]),
  ),
};

/** Bytes that get past the first checks of a header now and then. */
const datagrams = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.uint8Array({ maxLength: 80 }).map((rest) => Uint8Array.of(6, 0, 0xff, 7, ...rest)),
  fc.uint8Array({ maxLength: 80 }).map((rest) => Uint8Array.of(6, 0, 0xff, 7, 6, 0xc0, 0, 0, 0, 0, ...rest)),
  fc.uint8Array({ maxLength: 80 }).map((rest) => Uint8Array.of(6, 0, 0xff, 6, 0, 0, 0x11, 0xbe, 0x40, ...rest)),
);

test.each(Object.keys(decoders))('random bytes as %s throw nothing but protocol errors', (name) => {
  fc.assert(
    fc.property(datagrams, (bytes) => {
      try {
        decoders[name]?.(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(SidebandError);
        expect((error as SidebandError).code).toMatch(/^protocol\./);
      }
    }),
    { numRuns: 500 },
  );
});

/** What an attacker on the way can do to a datagram. */
type Mutation = (datagram: Uint8Array) => Uint8Array;
const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, flip]): Mutation => (datagram) => {
    const copy = Uint8Array.from(datagram);
    copy[at % copy.length]! ^= flip;
    return copy;
  }),
  fc.nat().map(
    (length): Mutation =>
      (datagram) =>
        datagram.subarray(0, length % datagram.length),
  ),
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map(
    (tail): Mutation =>
      (datagram) =>
        Uint8Array.of(...datagram, ...tail),
  ),
  fc.constant<Mutation>((datagram) => Uint8Array.of(...datagram, ...new Uint8Array(3000))),
  fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, part]): Mutation => (datagram) => {
    const copy = Uint8Array.from(datagram);
    copy.set(part.subarray(0, copy.length - (at % copy.length)), at % copy.length);
    return copy;
  }),
);

test('a mutated datagram beside the genuine one, at any stage, changes nothing or is a typed error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(5), mutations, fc.constantFrom(3 as const, 17 as const), async (stage, mutate, suite) => {
      const bmc = new ScriptedBmc();
      let answers = 0;
      const link = connectTo(
        bmc,
        (datagram, direction) => {
          if (direction === 'answer' && answers++ === stage) link.session.receive(mutate(datagram));
          return [1];
        },
        loginWith([suite]),
      );
      try {
        await passTime(link.session.open(never));
        await expect(passTime(link.session.run(getChassisStatus, undefined, never))).resolves.toMatchObject({
          poweredOn: true,
        });
      } catch (error) {
        // Before the keys exist whoever reads the traffic can forge a refusal; after that nobody can.
        expect(error).toBeInstanceOf(SidebandError);
        expect(stage).toBeLessThan(3);
      }
      await passTime(link.session.close());
    }),
    { numRuns: 300 },
  );
});

test('a mutated datagram in place of the genuine one is never taken for an answer of the session', async () => {
  await fc.assert(
    fc.asyncProperty(mutations, async (mutate) => {
      const bmc = new ScriptedBmc();
      let isOpen = false;
      const link = connectTo(bmc, (datagram, direction) => {
        if (direction !== 'answer' || !isOpen) return [1];
        const forged = mutate(datagram);
        // Bytes 1 and 2 belong to RMCP: nothing protects them and nobody reads them.
        if (Buffer.compare(forged.subarray(3), datagram.subarray(3)) !== 0) link.session.receive(forged);
        return [];
      });
      await passTime(link.session.open(never));
      isOpen = true;
      const answer = passTime(link.session.run(getChassisStatus, undefined, never));
      await expect(answer).rejects.toMatchObject({ code: 'connect.lost' });
      isOpen = false;
      await passTime(link.session.close());
      expect(bmc.openSessions).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('random datagrams at any time are dropped and counted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(datagrams, { minLength: 1, maxLength: 10 }), async (noise) => {
      const link = connectTo(new ScriptedBmc(), () => {
        for (const datagram of noise) link.session.receive(datagram);
        return [1];
      });
      await passTime(link.session.open(never));
      await expect(passTime(link.session.run(getDeviceId, undefined, never))).resolves.toBeDefined();
      expect(link.session.dropped).toBeGreaterThanOrEqual(noise.length);
      await passTime(link.session.close());
    }),
    { numRuns: 100 },
  );
});
