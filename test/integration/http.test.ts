import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startDeadline } from '../../src/base/deadline';
import type { HttpClient, HttpResponse } from '../../src/transport/http';
import { httpTransport } from '../../src/transport/httpClient';
import { freeTcpPort } from '../peers/freePort';
import { answering, TcpServer } from '../peers/tcpServer';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

const never = new AbortController().signal;
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const post = { method: 'POST', path: '/wsman', headers: {}, body: '<a/>' } as const;

async function start(act: (socket: Socket, number: number) => void): Promise<TcpServer> {
  const server = await TcpServer.start(act);
  opened.push(server);
  return server;
}

function clientOf({ port }: { readonly port: number }, host = '127.0.0.1'): HttpClient {
  const client = httpTransport.open({ host, port });
  opened.push(client);
  return client;
}

const textOf = ({ body }: HttpResponse): string => Buffer.from(body).toString('latin1');

async function errorOf(request: Promise<unknown>): Promise<unknown> {
  return request.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
}

describe('one connection', () => {
  test('serves one request after the other', async () => {
    const server = await start(answering(ok));
    const client = clientOf(server);
    expect(server.connections).toBe(0);
    for (let i = 0; i < 3; i++) expect(textOf(await client.request(post, never))).toBe('ok');
    expect(server.connections).toBe(1);
    expect(server.heard).toBe(
      `POST /wsman HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: 4\r\n\r\n<a/>`.repeat(3),
    );
  });

  test('gives requests that come at once their answers in turn', async () => {
    const server = await start(
      answering(...['one', 'two', 'six'].map((word) => `HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n${word}`)),
    );
    const client = clientOf(server);
    const answers = await Promise.all([1, 2, 3].map(() => client.request(post, never)));
    expect(answers.map(textOf)).toEqual(['one', 'two', 'six']);
    expect(server.connections).toBe(1);
  });

  test('is opened again after the device has closed it', async () => {
    const server = await start(
      answering('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno', ok),
    );
    const client = clientOf(server);
    expect((await client.request(post, never)).status).toBe(401);
    expect(textOf(await client.request(post, never))).toBe('ok');
    expect(server.connections).toBe(2);
  });

  test('is opened again after the device has closed it while nothing was asked', async () => {
    const server = await start((socket, number) => {
      answering(ok)(socket);
      if (number === 1) socket.once('data', () => setImmediate(() => socket.end()));
    });
    const client = clientOf(server);
    await client.request(post, never);
    while (server.open > 0) await new Promise(setImmediate);
    expect(textOf(await client.request(post, never))).toBe('ok');
    expect(server.connections).toBe(2);
  });

  test('is opened again after a device that says nothing of closing has closed it with its answer', async () => {
    const server = await start((socket) => {
      socket.once('data', () => socket.end(ok));
    });
    const client = clientOf(server);
    for (let i = 0; i < 5; i++) expect(textOf(await client.request(post, never))).toBe('ok');
    expect(server.connections).toBe(5);
  });

  test('is not kept any more once a kept one was lost under a request', async () => {
    const server = await start((socket) => {
      socket.once('data', () => {
        socket.write(ok);
        socket.once('data', () => socket.destroy());
      });
    });
    const client = clientOf(server);
    await client.request(post, never);
    expect(await errorOf(client.request(post, never))).toMatchObject({ code: 'connect.lost' });
    for (let i = 0; i < 3; i++) expect(textOf(await client.request(post, never))).toBe('ok');
    expect(server.connections).toBe(4);
  });

  test('is dropped when the device says something that was not asked', async () => {
    const server = await start((socket, number) => {
      socket.once('data', () => socket.write(number === 1 ? `${ok}HTTP/1.1 200 OK\r\n` : ok));
    });
    const client = clientOf(server);
    expect(textOf(await client.request(post, never))).toBe('ok');
    expect(textOf(await client.request(post, never))).toBe('ok');
    expect(server.connections).toBe(2);
  });

  test('is dropped when the device says something later', async () => {
    const server = await start((socket, number) => {
      socket.once('data', () => {
        socket.write(ok);
        if (number === 1) setImmediate(() => socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n'));
      });
    });
    const client = clientOf(server);
    await client.request(post, never);
    while (server.open > 0) await new Promise(setImmediate);
    expect(textOf(await client.request(post, never))).toBe('ok');
  });

  test('is closed with the client', async () => {
    const server = await start(answering(ok));
    const client = httpTransport.open({ host: '127.0.0.1', port: server.port });
    await client.request(post, never);
    expect(server.open).toBe(1);
    await client[Symbol.asyncDispose]();
    while (server.open > 0) await new Promise(setImmediate);
    expect(await errorOf(client.request(post, never))).toMatchObject({ code: 'run.cancelled' });
    expect(server.connections).toBe(1);
  });
});

test('a body lasts until the device closes', async () => {
  const server = await start((socket) => {
    socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nuntil the end'));
  });
  expect(textOf(await clientOf(server).request(post, never))).toBe('until the end');
});

test('an answer may come byte by byte', async () => {
  const answer = Buffer.from(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0003\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
  );
  const server = await start((socket) => {
    socket.setNoDelay(true);
    socket.on('data', () => {
      let at = 0;
      const next = (): void => {
        socket.write(answer.subarray(at, ++at));
        if (at < answer.length) setImmediate(next);
      };
      next();
    });
  });
  const client = clientOf(server);
  expect(textOf(await client.request(post, never))).toBe('abcde');
  expect(textOf(await client.request(post, never))).toBe('abcde');
  expect(server.connections).toBe(1);
});

test('a name is resolved', async () => {
  const server = await start(answering(ok));
  expect(textOf(await clientOf(server, 'localhost').request(post, never))).toBe('ok');
  expect(server.heard).toContain(`Host: localhost:${server.port}\r\n`);
});

describe('what fails before anything was sent leaves no doubt', () => {
  test('nobody listens', async () => {
    const error = await errorOf(clientOf({ port: await freeTcpPort() }).request(post, never));
    expect(error).toMatchObject({ code: 'connect.refused', effect: 'none' });
  });

  test('a name that does not exist', async () => {
    const error = await errorOf(clientOf({ port: 1 }, 'nowhere.invalid').request(post, never));
    expect(error).toMatchObject({ code: 'dns.failed', effect: 'none' });
  });

  test('time that ran out before', async () => {
    const server = await start(answering(ok));
    const error = await errorOf(clientOf(server).request(post, AbortSignal.abort(new Error('too late'))));
    expect(error).toMatchObject({ message: 'too late' });
    expect(server.connections).toBe(0);
  });

  test('a header that would break apart', async () => {
    const server = await start(answering(ok));
    const error = await errorOf(clientOf(server).request({ ...post, headers: { A: 'b\r\nC: d' } }, never));
    expect(error).toMatchObject({ code: 'internal.bug', effect: 'none' });
    expect(server.connections).toBe(0);
  });
});

describe('what fails after the request was sent leaves it open', () => {
  test.each([
    ['the device closes at once', (socket: Socket) => socket.end(), 'connect.lost'],
    ['the device breaks off', (socket: Socket) => socket.resetAndDestroy(), 'connect.lost'],
    ['the device closes in the head', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nConte'), 'connect.lost'],
    ['the device closes in the body', (socket: Socket) => socket.end(ok.slice(0, -1)), 'connect.lost'],
    ['the answer is no HTTP', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'protocol.invalid'],
    ['the answer is garbage', (socket: Socket) => socket.write(Buffer.alloc(100_000, 0xfe)), 'protocol.invalid'],
    [
      'the answer is too long',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n'),
      'protocol.invalid',
    ],
  ])('%s', async (_, act, code) => {
    const server = await start((socket) => {
      socket.once('data', () => act(socket));
    });
    const client = clientOf(server);
    expect(await errorOf(client.request(post, never))).toMatchObject({ code, effect: 'unknown' });
    while (server.open > 0) await new Promise(setImmediate);
  });

  test('a kept connection that turns out to be closed: nothing is sent again', async () => {
    const server = await start((socket) => {
      socket.once('data', () => {
        socket.write(ok);
        socket.once('data', () => socket.destroy());
      });
    });
    const client = clientOf(server);
    await client.request(post, never);
    expect(await errorOf(client.request(post, never))).toMatchObject({ code: 'connect.lost', effect: 'unknown' });
    expect(server.connections).toBe(1);
    expect(textOf(await client.request(post, never))).toBe('ok');
  });

  test('the device never answers', async () => {
    const heard = Promise.withResolvers<undefined>();
    const server = await start((socket) => {
      socket.once('data', () => {
        heard.resolve(undefined);
      });
    });
    const client = clientOf(server);
    const stop = new AbortController();
    const failed = errorOf(client.request(post, stop.signal));
    await heard.promise;
    stop.abort();
    expect(await failed).toMatchObject({ code: 'run.cancelled', effect: 'unknown' });
    while (server.open > 0) await new Promise(setImmediate);
  });

  test('the time limit runs out', async () => {
    const client = clientOf(await start(answering(ok, '')));
    await client.request(post, never);
    using deadline = startDeadline(never, 20);
    const error = await errorOf(client.request(post, deadline.signal));
    expect(error).toMatchObject({ code: 'operation.timeout', effect: 'unknown' });
  });

  test('the client is closed meanwhile', async () => {
    const server = await start(() => undefined);
    const client = clientOf(server);
    const failed = errorOf(client.request(post, never));
    while (server.heard === '') await new Promise(setImmediate);
    await client[Symbol.asyncDispose]();
    expect(await failed).toMatchObject({ code: 'run.cancelled', effect: 'unknown' });
  });

  test('a late answer belongs to nobody', async () => {
    const [heard, gone] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const server = await start((socket, number) => {
      socket.once('data', () => {
        if (number > 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond');
        heard.resolve(undefined);
        void gone.promise.then(() => socket.write(ok));
      });
    });
    const client = clientOf(server);
    const stop = new AbortController();
    const failed = errorOf(client.request(post, stop.signal));
    await heard.promise;
    stop.abort();
    await failed;
    gone.resolve(undefined);
    expect(textOf(await client.request(post, never))).toBe('second');
  });
});

test('a client that is closed while it connects opens nothing', async () => {
  const server = await start(answering(ok));
  const client = clientOf(server, 'localhost');
  const failed = errorOf(client.request(post, never));
  await client[Symbol.asyncDispose]();
  expect(await failed).toMatchObject({ code: 'run.cancelled', effect: 'none' });
});

test('a device that reads nothing is given up at the end of the time', async () => {
  const server = await start((socket, number) => {
    if (number === 1) socket.once('data', () => socket.pause().write(ok));
  });
  const client = clientOf(server);
  await client.request(post, never);
  using deadline = startDeadline(never, 500);
  const large = { ...post, body: 'x'.repeat(8 * 1024 * 1024) };
  const error = await errorOf(client.request(large, deadline.signal));
  expect(error).toMatchObject({ code: 'operation.timeout', effect: 'unknown' });
});

test('IPv6', async () => {
  const server = await TcpServer.start(answering(ok), { address: '::1' }).catch(() => undefined);
  if (!server) return;
  opened.push(server);
  expect(textOf(await clientOf(server, '::1').request(post, never))).toBe('ok');
  expect(server.heard).toContain(`Host: [::1]:${server.port}\r\n`);
});
