import { expect, test } from 'vitest';
import { knockTcp } from '../../src/transport/knockTcp';
import { freeTcpPort } from '../peers/freePort';
import { TcpServer } from '../peers/tcpServer';

const never = new AbortController().signal;

test('an open port takes a connection, which is closed again without a byte', async () => {
  await using server = await TcpServer.start(() => undefined);
  await expect(knockTcp({ host: '127.0.0.1', port: server.port }, never)).resolves.toBeUndefined();
  await expect.poll(() => [server.connections, server.open, server.heard]).toEqual([1, 0, '']);
});

test('a closed port is told as such', async () => {
  const port = await freeTcpPort();
  await expect(knockTcp({ host: '127.0.0.1', port }, never)).rejects.toMatchObject({
    code: 'connect.refused',
    message: `nothing listens on 127.0.0.1 port ${port}`,
  });
});

test('nothing is tried when it is cancelled before', async () => {
  await using server = await TcpServer.start(() => undefined);
  const { port } = server;
  await expect(knockTcp({ host: '127.0.0.1', port }, AbortSignal.abort())).rejects.toThrow('aborted');
  expect(server.connections).toBe(0);
});
