import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { UdpEndpoint } from '../../../src/transport/udp';
import { openUdp } from '../../../src/transport/udpSocket';

const never = new AbortController().signal;

interface Echo extends AsyncDisposable, UdpEndpoint {
  readonly socket: Socket;
  readonly senders: Set<number>;
}

/** Answers each datagram with its own bytes. */
async function startEcho(address = '127.0.0.1'): Promise<Echo> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4').bind(0, address);
  await once(socket, 'listening');
  const senders = new Set<number>();
  socket.on('message', (datagram, from) => {
    senders.add(from.port);
    socket.send(datagram, from.port, from.address);
  });
  return {
    socket,
    senders,
    address,
    port: socket.address().port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void socket.close(resolve)),
  };
}

test('one socket serves all, and each answer reaches the listeners of its sender', async () => {
  await using udp = openUdp();
  await using one = await startEcho();
  await using other = await startEcho();
  const heard = Promise.withResolvers<undefined>();
  const log: string[] = [];
  const listen = (name: string, to: UdpEndpoint): void => {
    udp.listen(to, (datagram) => {
      log.push(`${name} ${Buffer.from(datagram).toString()}`);
      if (log.length === 3) heard.resolve(undefined);
    });
  };
  listen('first', one);
  listen('second', other);
  listen('third', other);
  const dropped = udp.listen(one, () => log.push('disposed of'));
  dropped.dispose();
  udp.send(Buffer.from('a'), one);
  udp.send(Buffer.from('b'), other);
  await heard.promise;
  expect(log.sort()).toEqual(['first a', 'second b', 'third b']);
  expect([...one.senders]).toEqual([...other.senders]);
});

test('an IPv6 address is found again however it is written', async () => {
  await using udp = openUdp();
  await using echo = await startEcho('::1');
  const address = await udp.resolve('0:0:0:0:0:0:0:1', never);
  const answer = new Promise<Uint8Array>((resolve) => udp.listen({ address, port: echo.port }, resolve));
  udp.send(Uint8Array.of(6), { address, port: echo.port });
  expect([...(await answer)]).toEqual([6]);
});

test('literal addresses pass, unknown names fail, a cancel ends the wait', async () => {
  await using udp = openUdp();
  await expect(udp.resolve('192.0.2.7', never)).resolves.toBe('192.0.2.7');
  await expect(udp.resolve('2001:DB8:0::1', never)).resolves.toBe('2001:db8::1');
  await expect(udp.resolve('nosuch.invalid', never)).rejects.toMatchObject({ code: 'dns.failed' });
  const cancel = new AbortController();
  const waiting = udp.resolve('slow.invalid', cancel.signal);
  cancel.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('what cannot be sent is lost without an error', async () => {
  await using udp = openUdp();
  udp.send(new Uint8Array(70_000), { address: '127.0.0.1', port: 9 });
  udp.send(Uint8Array.of(1), { address: '255.255.255.255', port: 9 });
  await using echo = await startEcho();
  const answer = new Promise((resolve) => udp.listen(echo, resolve));
  udp.send(Uint8Array.of(1), echo);
  await expect(answer).resolves.toBeDefined();
});

test('a knock tells an answer, a closed port and silence apart', async () => {
  await using udp = openUdp();
  await using echo = await startEcho();
  await expect(udp.knock(Uint8Array.of(1), echo, 5000, never)).resolves.toMatchObject({ kind: 'answer' });

  const closing = await startEcho();
  await closing[Symbol.asyncDispose]();
  await expect(udp.knock(Uint8Array.of(1), closing, 5000, never)).resolves.toEqual({ kind: 'refused' });

  await using mute = await startEcho();
  mute.socket.removeAllListeners('message');
  await expect(udp.knock(Uint8Array.of(1), mute, 20, never)).resolves.toEqual({ kind: 'silent' });

  const cancel = new AbortController();
  const waiting = udp.knock(Uint8Array.of(1), mute, 60_000, cancel.signal);
  cancel.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
