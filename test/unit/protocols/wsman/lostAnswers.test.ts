import { afterEach, describe, expect, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import { fault, reply, scriptedDevice } from './device';

const thing = 'urn:schema/CIM_Thing';
const signal = AbortSignal.timeout(10_000);
const lost = (effect?: 'none' | 'unknown'): SidebandError =>
  new SidebandError('connect.lost', 'the connection was lost', effect ? { effect } : {});
const failure = (fields: object): Error => expect.objectContaining(fields) as Error;

describe('lost answers', () => {
  test('a read is asked again once', async () => {
    const { exchange, seen } = scriptedDevice(lost('unknown'), '<g:CIM_Thing/>');
    await new WsmanClient(exchange).get(thing, { signal });
    expect(seen).toHaveLength(2);
    expect(seen[1]?.text).toBe(seen[0]?.text);
  });

  test('and once only, without an effect', async () => {
    const { exchange, seen } = scriptedDevice(lost('unknown'), lost('unknown'), '<g:CIM_Thing/>');
    await expect(new WsmanClient(exchange).get(thing, { signal })).rejects.toThrow(
      failure({ code: 'connect.lost', effect: 'none' }),
    );
    expect(seen).toHaveLength(2);
  });

  const changes: readonly [string, (client: WsmanClient) => Promise<unknown>][] = [
    ['Put', (client) => client.put(thing, {}, { signal })],
    ['Create', (client) => client.create(thing, {}, { signal })],
    ['Delete', (client) => client.delete(thing, { signal })],
    ['a method', (client) => client.invoke(thing, 'Do', {}, { signal })],
    ['Subscribe', (client) => client.subscribe(thing, { mode: 'push', notifyTo: 'http://h/' }, { signal })],
    ['Unsubscribe', (client) => client.unsubscribe(thing, { signal })],
  ];

  test.each(changes)('%s is not asked again, and its effect is unknown', async (_, act) => {
    const { exchange, seen } = scriptedDevice(lost('unknown'), '');
    await expect(act(new WsmanClient(exchange))).rejects.toThrow(
      failure({ code: 'connect.lost', effect: 'unknown', message: 'the connection was lost; it may have happened' }),
    );
    expect(seen).toHaveLength(1);
  });

  test('nobody is told to try again what may have happened', async () => {
    const reset = new WsmanClient(scriptedDevice(lost('unknown')).exchange).invoke(thing, 'Do', {}, { signal });
    await expect(reset).rejects.toThrow(
      failure({ hint: 'Nobody knows whether it happened: look at the present state before it is done again.' }),
    );
  });

  test.each(changes)('%s is asked again when it certainly was not sent', async (_, act) => {
    const { exchange, seen } = scriptedDevice(lost('none'), new SidebandError('connect.refused', 'refused'));
    await expect(act(new WsmanClient(exchange))).rejects.toThrow(failure({ code: 'connect.refused', effect: 'none' }));
    expect(seen).toHaveLength(2);
  });

  test('a method that only reads may be asked again', async () => {
    const { exchange, seen } = scriptedDevice(lost('unknown'), '<g:Do_OUTPUT/>');
    await new WsmanClient(exchange).invoke(thing, 'Do', {}, { signal, kind: 'read' });
    expect(seen).toHaveLength(2);
  });

  test.each(['connect.timeout', 'tls.changed', 'auth.rejected'] as const)('%s is not asked again', async (code) => {
    const { exchange, seen } = scriptedDevice(new SidebandError(code, 'no'), '<g:CIM_Thing/>');
    await expect(new WsmanClient(exchange).get(thing, { signal })).rejects.toThrow(failure({ code }));
    expect(seen).toHaveLength(1);
  });
});

describe('busy devices', () => {
  const quota = { status: 400, body: reply(fault('e:QuotaLimit'), '1') };
  const unavailable = { status: 503, body: '' };
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a read is asked again after half a second', async () => {
    vi.useFakeTimers();
    const { exchange, seen } = scriptedDevice(quota, unavailable, '<g:CIM_Thing><g:A>1</g:A></g:CIM_Thing>');
    const read = new WsmanClient(exchange).get(thing, { signal });
    await vi.advanceTimersByTimeAsync(999);
    expect(seen).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect((await read).text('A')).toBe('1');
    expect(seen).toHaveLength(3);
  });

  test('five times at most', async () => {
    vi.useFakeTimers();
    const { exchange, seen } = scriptedDevice(...Array.from({ length: 6 }, () => unavailable));
    const read = new WsmanClient(exchange).get(thing, { signal });
    const refused = expect(read).rejects.toThrow(failure({ code: 'device.busy', effect: 'none' }));
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
    expect(seen).toHaveLength(5);
  });

  test('a device that gave up after its time is not asked again', async () => {
    const { exchange, seen } = scriptedDevice({ status: 400, body: reply(fault('e:TimedOut'), '1') });
    await expect(new WsmanClient(exchange).get(thing, { signal })).rejects.toThrow(
      failure({ code: 'device.busy', effect: 'none' }),
    );
    expect(seen).toHaveLength(1);
  });

  test('a change is not asked again', async () => {
    const { exchange, seen } = scriptedDevice(quota);
    await expect(new WsmanClient(exchange).invoke(thing, 'Do', {}, { signal })).rejects.toThrow(
      failure({ code: 'device.busy', effect: 'none' }),
    );
    expect(seen).toHaveLength(1);
  });

  test('waiting ends with the signal', async () => {
    const cancel = new AbortController();
    const { exchange } = scriptedDevice(quota);
    const read = new WsmanClient((text, inner) => {
      queueMicrotask(() => {
        cancel.abort(new DOMException('stop', 'AbortError'));
      });
      return exchange(text, inner);
    }).get(thing, { signal: cancel.signal });
    await expect(read).rejects.toThrow('stop');
  });
});

describe('answers that are none', () => {
  const whole = reply('<g:Do_OUTPUT><g:ReturnValue>0</g:ReturnValue></g:Do_OUTPUT>', '1');
  const call = (client: WsmanClient): Promise<unknown> => client.invoke(thing, 'Do', {}, { signal });
  const read = (client: WsmanClient): Promise<unknown> => client.get(thing, { signal });

  test.each<[string, { status: number; body: string | Uint8Array }, object, 'none' | 'unknown']>([
    ['a cut envelope', { status: 200, body: whole.subarray(0, -20) }, { code: 'protocol.truncated' }, 'unknown'],
    ['a web page', { status: 200, body: '<!DOCTYPE html><html/>' }, { code: 'protocol.invalid' }, 'unknown'],
    [
      'the answer to another request',
      { status: 200, body: reply('<g:Do_OUTPUT/>', '99') },
      { code: 'protocol.invalid' },
      'unknown',
    ],
    ['401', { status: 401, body: '' }, { code: 'auth.rejected', details: { deviceCode: 'HTTP 401' } }, 'none'],
    ['403', { status: 403, body: '<html/>' }, { code: 'access.privilege' }, 'none'],
    ['404', { status: 404, body: '' }, { code: 'device.unsupported' }, 'none'],
    [
      'a 400 without a fault',
      { status: 400, body: '<html/>' },
      { code: 'device.refused', message: 'the device gave no reason (HTTP 400)' },
      'none',
    ],
    ['500 without a fault', { status: 500, body: '<html>' }, { code: 'device.refused' }, 'unknown'],
    ['302', { status: 302, body: '' }, { code: 'device.refused' }, 'none'],
    ['a fault', { status: 400, body: reply(fault('e:InvalidParameter'), '1') }, { code: 'device.refused' }, 'none'],
    [
      'a fault as a success',
      { status: 200, body: reply(fault('e:AccessDenied'), '1') },
      { code: 'access.privilege' },
      'none',
    ],
    [
      'a fault of the device',
      { status: 500, body: reply(fault('e:InternalError'), '1') },
      { code: 'device.refused' },
      'unknown',
    ],
  ])('%s', async (_, answer, { message, ...fields }: { message?: string }, effect) => {
    const expected = { ...fields, ...(message && { message: expect.stringContaining(message) as string }) };
    await expect(call(new WsmanClient(scriptedDevice(answer).exchange))).rejects.toThrow(failure({ effect }));
    await expect(call(new WsmanClient(scriptedDevice(answer).exchange))).rejects.toMatchObject(expected);
    await expect(read(new WsmanClient(scriptedDevice(answer).exchange))).rejects.toMatchObject({
      ...expected,
      effect: 'none',
    });
  });

  test('an empty 400: to a read the class is unknown, to a change there is no reason', async () => {
    const empty = { status: 400, body: '' };
    await expect(read(new WsmanClient(scriptedDevice(empty).exchange))).rejects.toThrow(
      failure({ code: 'device.unsupported', message: 'Get CIM_Thing: the device does not know it (HTTP 400)' }),
    );
    await expect(call(new WsmanClient(scriptedDevice(empty).exchange))).rejects.toThrow(
      failure({ code: 'device.refused', message: 'CIM_Thing.Do: the device gave no reason (HTTP 400)' }),
    );
  });

  const emptied: readonly [string, { status: number; body: string | Uint8Array }][] = [
    ['nothing', { status: 200, body: '' }],
    ['no content', { status: 204, body: '' }],
    ['an empty body', { status: 200, body: reply('', '1') }],
    ['something else', { status: 200, body: reply('<g:Other/>', '1') }],
  ];
  test.each(emptied)('%s where a method should say what came of it leaves it open', async (_, answer) => {
    await expect(call(new WsmanClient(scriptedDevice(answer).exchange))).rejects.toThrow(
      failure({
        code: 'protocol.invalid',
        effect: 'unknown',
        message: 'CIM_Thing.Do: the answer holds no output of a method; it may have happened',
      }),
    );
    const reading = new WsmanClient(scriptedDevice(answer).exchange).invoke(thing, 'Do', {}, { signal, kind: 'read' });
    await expect(reading).rejects.toThrow(failure({ code: 'protocol.invalid', effect: 'none' }));
    const create = new WsmanClient(scriptedDevice(answer).exchange).create(thing, {}, { signal });
    await expect(create).rejects.toThrow(failure({ code: 'protocol.invalid', effect: 'unknown' }));
  });

  test('what cannot be written is not sent', async () => {
    const { exchange, seen } = scriptedDevice('');
    await expect(new WsmanClient(exchange).put(thing, { A: '\0' }, { signal })).rejects.toThrow(
      failure({ code: 'usage.invalid', effect: 'none' }),
    );
    expect(seen).toHaveLength(0);
  });
});
