import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fromHex, toHex } from '../../../../../src/base/bytes';
import { SidebandError } from '../../../../../src/base/errors';
import { cipherSuites } from '../../../../../src/protocols/ipmi/cipherSuites';
import { openPacket } from '../../../../../src/protocols/ipmi/packet';
import { decodeSolPayload, encodeSolPayload } from '../../../../../src/protocols/ipmi/sol/payload';
import { type SolOptions, SolSession } from '../../../../../src/protocols/ipmi/sol/session';
import { readCapture } from '../capture';
import { never, passTime } from '../link';
import { impair, SolPeer } from './peer';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (characters: Uint8Array | undefined): string => Buffer.from(characters ?? []).toString('latin1');

function start(options: Partial<SolOptions> = {}) {
  const sent: string[] = [];
  const notices: string[] = [];
  const ends: string[] = [];
  let stalls = 0;
  const session = new SolSession(
    {
      send: (payload) => void sent.push(toHex(payload)),
      onStall: () => {
        stalls++;
      },
      onNotice: (notice) => void notices.push(notice),
      onEnd: (error, by) => void ends.push(`${by} ${error.code}`),
    },
    { mostCharacters: 100, ...options },
  );
  const receive = (hex: string): void => {
    session.receive(fromHex(hex));
  };
  return { session, sent, notices, ends, receive, stalls: () => stalls };
}

describe('as captured with ipmi_sim', () => {
  test('characters, their answer, and a break', async () => {
    const { session, sent, receive } = start();
    const written = session.write(bytes('ab'), never);
    expect(sent).toEqual(['010000006162']);
    receive('00010200');
    await written;
    receive('010000005b61625d');
    expect(sent.at(-1)).toBe('00010400');
    expect(textOf(await session.read(never))).toBe('[ab]');
    const returned = session.write(bytes('\r'), never);
    expect(sent.at(-1)).toBe('020000000d');
    receive('00020100');
    await returned;
    const broken = session.sendBreak(never);
    expect(sent.at(-1)).toBe('03000010');
    receive('00030000');
    await broken;
  });

  test('every packet of the capture opens and reads the same', () => {
    const capture = readCapture('sol-01');
    const keys = {
      suite: cipherSuites[3],
      k1: fromHex(capture.keys!.k1),
      k2: fromHex(capture.keys!.k2),
    };
    const packets = capture.packets.filter(({ kind }) => kind === 'sol');
    expect(packets).toHaveLength(13);
    for (const { dir, hex, message } of packets) {
      const packet = openPacket(fromHex(hex), dir === 'console' ? 2 : 0xa0a2a3a4, keys);
      expect(packet?.payloadType).toBe(1);
      expect(toHex(packet!.payload)).toBe(message);
      expect(toHex(encodeSolPayload(decodeSolPayload(packet!.payload)))).toBe(message);
    }
  });
});

describe('towards the controller', () => {
  test('what is not acknowledged is sent again under the same sequence', async () => {
    const { session, sent, receive } = start();
    const written = session.write(bytes('ab'), never);
    await vi.advanceTimersByTimeAsync(600);
    expect(sent).toEqual(['010000006162', '010000006162', '010000006162']);
    receive('00010200');
    await written;
  });

  test('a greeting goes first, and characters under the next sequence', async () => {
    const { session, sent, receive } = start();
    session.greet();
    const written = session.write(bytes('ab'), never);
    expect(sent).toEqual(['01000000']);
    receive('00010700'); // what was accepted of the console before
    expect(sent).toEqual(['01000000', '020000006162']);
    receive('00020200');
    await written;
  });

  test('a greeting that nobody acknowledges holds nothing up for long', async () => {
    const { session, sent, ends, receive } = start();
    session.greet();
    const written = session.write(bytes('ab'), never);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual(['01000000', '01000000', '01000000', '01000000', '020000006162']);
    receive('00020200');
    await written;
    expect(ends).toEqual([]);
  });

  test('after a partial acceptance the rest goes under a new sequence', async () => {
    const { session, sent, receive } = start();
    const written = session.write(bytes('abc'), never);
    receive('00010100');
    expect(sent).toEqual(['01000000616263', '020000006263']);
    receive('00010100'); // the same again
    receive('00020200');
    await written;
    expect(sent).toHaveLength(2);
  });

  test('a refused packet is sent later, and a doubled refusal counts once', async () => {
    const { session, sent, receive } = start();
    const written = session.write(bytes('abc'), never);
    receive('00010140');
    receive('00010140');
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(sent.at(-1)).toBe('020000006263');
    receive('00020200');
    await written;
  });

  test('an acknowledgement rides on characters', async () => {
    const { session, sent, receive } = start();
    void session.write(bytes('a'), never);
    void session.write(bytes('b'), never);
    receive('0101010078');
    expect(sent).toEqual(['0100000061', '0200000062', '00010100']);
    receive('0202010079');
    await Promise.resolve();
    expect(sent.at(-1)).toBe('00020100');
  });

  test('a controller that drops repetitions in silence is found out by an empty packet', async () => {
    const { session, sent, receive, stalls } = start();
    const written = session.write(bytes('ab'), never);
    await vi.advanceTimersByTimeAsync(250 * 7);
    expect(stalls()).toBe(1);
    session.linkIsAlive();
    await vi.advanceTimersByTimeAsync(250 * 5);
    expect(sent.at(-1)).toBe('02000000');
    receive('00020000');
    await written;
    void session.write(bytes('c'), never);
    expect(sent.at(-1)).toBe('0300000063');
  });

  test('a silent controller ends the console, and what was to be written is rejected', async () => {
    const { session, ends } = start();
    const outcome = session.write(bytes('ab'), never).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await outcome).toMatchObject({ code: 'connect.lost' });
    expect(ends).toEqual(['network connect.lost']);
    expect(await session.read(never)).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('from the controller', () => {
  test('a doubled packet is acknowledged again and not read twice; a late one is dropped', async () => {
    const { session, sent, receive } = start();
    receive('0100000061');
    receive('0100000061');
    receive('0200000062');
    receive('0100000061');
    expect(sent).toEqual(['00010100', '00010100', '00020100']);
    expect(textOf(await session.read(never))).toBe('ab');
  });

  test('while nobody reads the acknowledgement is withheld, and then given', async () => {
    const { session, sent, receive } = start({ mostWaiting: 3 });
    receive('010000006162');
    receive('020000006364');
    receive('020000006364');
    expect(sent).toEqual(['00010200']);
    expect(textOf(await session.read(never))).toBe('ab');
    expect(sent).toEqual(['00010200', '00020200']);
    expect(textOf(await session.read(never))).toBe('cd');
  });

  test('an empty packet with a sequence is acknowledged', () => {
    const { sent, receive } = start();
    receive('01000000');
    expect(sent).toEqual(['00010000']);
  });

  test('what it says beside the characters is told', () => {
    const { notices, ends, receive } = start();
    receive('00000008');
    receive('00000024');
    receive('00000000');
    receive('0100000061');
    receive('0300000061');
    expect(notices).toEqual(['overrun', 'break', 'transfer-unavailable', 'transfer-available', 'gap']);
    receive('00000010');
    receive('00000010');
    expect(ends).toEqual(['controller console.taken']);
  });
});

test('10,000 lines pass a link that loses, doubles and reorders 5% each, in both directions', async () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `${String(index).padStart(5, '0')}\n`).join('');
  const link = impair(7);
  const peer = new SolPeer((payload) => {
    link(() => {
      session.receive(payload);
    });
  });
  const session = makeSession((payload) => {
    // The controller's session layer drops a datagram that it has had, IPMI v2.0 section 6.12.13.
    let hasArrived = false;
    link(() => {
      if (!hasArrived) peer.receive(payload);
      hasArrived = true;
    });
  });
  peer.say(lines);
  let heard = '';
  const reading = (async () => {
    while (heard.length < lines.length) heard += textOf(await session.read(never));
  })();
  const writing = session.write(bytes(lines), never);
  await passTime(Promise.all([reading, writing]));
  expect(heard === lines).toBe(true);
  expect(peer.received === lines).toBe(true);
  session.end(new SidebandError('run.cancelled', 'done'));
});

test('mutated payloads throw nothing but protocol errors, and nothing grows', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 50 }), (payloads) => {
      let waiting = 0;
      const session = makeSession(() => undefined, { mostWaiting: 64 });
      void session.write(bytes('abc'), never).catch(() => undefined);
      for (const payload of payloads) {
        try {
          session.receive(payload);
        } catch (error) {
          expect((error as SidebandError).code).toMatch(/^protocol\./);
        }
      }
      void session.read(never).then((characters) => (waiting = characters?.length ?? 0));
      session.end(new SidebandError('run.cancelled', 'done'));
      expect(waiting).toBeLessThanOrEqual(128);
    }),
    { numRuns: 2000 },
  );
  expect(vi.getTimerCount()).toBe(0);
});

function makeSession(send: (payload: Uint8Array) => void, options: Partial<SolOptions> = {}): SolSession {
  const hooks = { send, onStall: () => undefined, onNotice: () => undefined, onEnd: () => undefined };
  return new SolSession(hooks, { mostCharacters: 60, ...options });
}
