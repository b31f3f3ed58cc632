import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { findPath } from '../../../../src/base/xml/element';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import type { HttpAnswer } from '../../../../src/protocols/wsman/exchanger';
import { fault, recorded, reply, scriptedDevice } from './device';

const thing = 'urn:schema/CIM_Thing';
const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const signal = AbortSignal.timeout(10_000);
const lost = (effect?: 'none' | 'unknown'): SidebandError =>
  new SidebandError('connect.lost', 'the connection was lost', effect ? { effect } : {});
const failure = (fields: object): Error => expect.objectContaining(fields) as Error;

describe('requests', () => {
  test('Get', async () => {
    const { exchange, seen } = scriptedDevice('<g:CIM_Thing><g:A>1</g:A></g:CIM_Thing>');
    const instance = await new WsmanClient(exchange).get(thing, { signal, selectors: { InstanceID: 'x' } });
    expect(instance.text('A')).toBe('1');
    expect(seen).toMatchObject([
      {
        action: `${transfer}/Get`,
        resourceUri: thing,
        to: '/wsman',
        messageId: '1',
        operationTimeout: 'PT30S',
        body: undefined,
      },
    ]);
    expect(seen[0]?.selectors?.children.map((one) => [one.attributes.get('Name'), one.text])).toEqual([
      ['InstanceID', 'x'],
    ]);
  });

  test('Put with a changed instance gives it as stored', async () => {
    const { exchange, seen } = scriptedDevice(
      '<g:CIM_Thing><g:A>1</g:A><g:C>3</g:C></g:CIM_Thing>',
      '<g:CIM_Thing><g:A>2</g:A><g:B>true</g:B><g:C>3</g:C></g:CIM_Thing>',
    );
    const client = new WsmanClient(exchange);
    const stored = await client.put(thing, (await client.get(thing, { signal })).with({ A: 2, B: true }), { signal });
    expect(stored?.text('A')).toBe('2');
    expect(seen[1]).toMatchObject({ action: `${transfer}/Put`, messageId: '2' });
    expect(seen[1]?.text).toContain(
      '<s:Body><r:CIM_Thing><r:A>2</r:A><r:B>true</r:B><r:C>3</r:C></r:CIM_Thing></s:Body>',
    );
  });

  test('Put with properties, to a device that says nothing', async () => {
    const { exchange, seen } = scriptedDevice('');
    expect(await new WsmanClient(exchange).put(thing, { A: 2 }, { signal })).toBeUndefined();
    expect(seen[0]?.text).toContain('<s:Body><r:CIM_Thing><r:A>2</r:A></r:CIM_Thing></s:Body>');
  });

  test('Create gives the object that was made', async () => {
    const { exchange, seen } = scriptedDevice(
      '<x:ResourceCreated><b:Address>http://device/wsman</b:Address><b:ReferenceParameters>' +
        '<c:ResourceURI>urn:schema/CIM_Thing</c:ResourceURI><c:SelectorSet><c:Selector Name="InstanceID">5</c:Selector>' +
        '</c:SelectorSet></b:ReferenceParameters></x:ResourceCreated>',
    );
    expect(await new WsmanClient(exchange).create(thing, { Name: 'n' }, { signal })).toEqual({
      address: 'http://device/wsman',
      resourceUri: thing,
      selectors: { InstanceID: '5' },
    });
    expect(seen[0]?.action).toBe(`${transfer}/Create`);
    expect(seen[0]?.text).toContain('<s:Body><r:CIM_Thing><r:Name>n</r:Name></r:CIM_Thing></s:Body>');
  });

  test('Delete, answered by an empty body or by nothing at all', async () => {
    const { exchange, seen } = scriptedDevice('', { status: 200, body: '' });
    const client = new WsmanClient(exchange);
    await client.delete(thing, { signal, selectors: { InstanceID: '5' } });
    await client.delete(thing, { signal, selectors: { InstanceID: '6' } });
    expect(seen.map(({ action }) => action)).toEqual([`${transfer}/Delete`, `${transfer}/Delete`]);
  });

  test('a method gives its output, whatever it returned', async () => {
    const { exchange, seen } = scriptedDevice('<g:Do_OUTPUT><g:ReturnValue>16</g:ReturnValue></g:Do_OUTPUT>');
    const output = await new WsmanClient(exchange).invoke(thing, 'Do', { B: 1, A: 'x' }, { signal });
    expect(output.text('ReturnValue')).toBe('16');
    expect(seen[0]?.action).toBe(`${thing}/Do`);
    expect(seen[0]?.text).toContain('<s:Body><r:Do_INPUT><r:B>1</r:B><r:A>x</r:A></r:Do_INPUT></s:Body>');
  });

  test('a method without parameters has an empty input; some devices name the output after the class', async () => {
    const { exchange, seen } = scriptedDevice(
      '<g:CIM_Thing_OUTPUT><g:ReturnValue>0</g:ReturnValue></g:CIM_Thing_OUTPUT>',
    );
    const output = await new WsmanClient(exchange).invoke(thing, 'Do', {}, { signal });
    expect(output.text('ReturnValue')).toBe('0');
    expect(seen[0]?.text).toContain('<s:Body><r:Do_INPUT/></s:Body>');
  });

  test('options: path, time-out, longest answer, message ids', async () => {
    const { exchange, seen } = scriptedDevice('<g:CIM_Thing/>');
    const options = {
      to: 'http://h/wsman',
      operationTimeoutMs: 60_000,
      maxEnvelopeBytes: 51_200,
      nextMessageId: () => 'uuid:1',
    };
    await new WsmanClient(exchange, options).get(thing, { signal });
    expect(seen).toMatchObject([{ to: 'http://h/wsman', operationTimeout: 'PT60S', messageId: 'uuid:1' }]);
    expect(findPath(seen[0]?.header, 'MaxEnvelopeSize')?.text).toBe('51200');
  });

  test('the wire log has the requests and no contents', async () => {
    const { exchange } = scriptedDevice('<g:CIM_Thing/>');
    const lines: string[] = [];
    const trace = (line: () => string): void => void lines.push(line());
    await new WsmanClient(exchange, { trace }).put(thing, { Password: 'xyzzy' }, { signal });
    expect(lines.join('\n')).toMatch(/^Put CIM_Thing: message 1, \d+ characters\nPut CIM_Thing: HTTP 200, \d+ bytes$/);
  });
});

describe('enumerations', () => {
  const context = (value: string): string =>
    `<n:EnumerateResponse><n:EnumerationContext>${value}</n:EnumerationContext></n:EnumerateResponse>`;
  const things = (...values: readonly number[]): string =>
    `<n:Items>${values.map((value) => `<g:CIM_Thing><g:A>${value}</g:A></g:CIM_Thing>`).join('')}</n:Items>`;
  const pull = (inside: string): string => `<n:PullResponse>${inside}</n:PullResponse>`;
  const actions = (device: ReturnType<typeof scriptedDevice>): string[] =>
    device.seen.map(({ action }) => action.slice(action.lastIndexOf('/') + 1));

  test('pull to the end, each time with the newest context', async () => {
    const { exchange, seen } = scriptedDevice(
      context('c1'),
      pull(`<n:EnumerationContext>c2</n:EnumerationContext>${things(1, 2)}`),
      pull(things(3)),
      pull(`${things()}<n:EndOfSequence/>`),
    );
    const instances = await new WsmanClient(exchange).enumerate(thing, { signal });
    expect(instances.map((instance) => instance.text('A'))).toEqual(['1', '2', '3']);
    expect(seen.map(({ action }) => action)).toEqual([
      `${enumeration}/Enumerate`,
      `${enumeration}/Pull`,
      `${enumeration}/Pull`,
      `${enumeration}/Pull`,
    ]);
    expect(seen.map(({ body }) => findPath(body, 'EnumerationContext')?.text)).toEqual([undefined, 'c1', 'c2', 'c2']);
    expect(seen[1]?.text).toContain(
      '<s:Body><n:Pull><n:EnumerationContext>c1</n:EnumerationContext><n:MaxElements>999</n:MaxElements>' +
        '<n:MaxCharacters>99999</n:MaxCharacters></n:Pull></s:Body>',
    );
  });

  test('recorded: the versions of firmware', async () => {
    const relate = (path: string, id: string): HttpAnswer => ({
      status: 200,
      body: new TextEncoder().encode(
        new TextDecoder().decode(recorded(path)).replace(/RelatesTo>\d+</, `RelatesTo>${id}<`),
      ),
    });
    const { exchange } = scriptedDevice(
      relate('wsman/cim/software/identity/enumerate.xml', '1'),
      relate('wsman/cim/software/identity/pull.xml', '2'),
    );
    const uri = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_SoftwareIdentity';
    const instances = await new WsmanClient(exchange).enumerate(uri, { signal });
    expect(instances.map((instance) => `${instance.text('InstanceID')} ${instance.text('VersionString')}`)).toEqual([
      'Flash 12.0.67',
      'Netstack 12.0.67',
      'AMTApps 12.0.67',
      'AMT 12.0.67',
      'Sku 16392',
      'VendorID 8086',
      'Build Number 1579',
      'Recovery Version 12.0.67',
      'Recovery Build Num 1579',
      'Legacy Mode False',
      'AMT FW Core Version 12.0.67',
    ]);
  });

  test('a filter goes with the enumeration', async () => {
    const { exchange, seen } = scriptedDevice(context('c'), pull('<n:Items/><n:EndOfSequence/>'));
    const filter = { dialect: 'urn:wql', text: "select * from X where A < '1'" };
    await new WsmanClient(exchange).enumerate(thing, { signal, filter });
    expect(seen[0]?.text).toContain(
      '<n:Enumerate><w:Filter Dialect="urn:wql">select * from X where A &lt; \'1\'</w:Filter></n:Enumerate>',
    );
  });

  test('beyond the limit it is given up, and the device is told', async () => {
    const device = scriptedDevice(context('c'), pull(things(1, 2, 3)), '');
    const enumerated = new WsmanClient(device.exchange).enumerate(thing, { signal, mostItems: 2 });
    await expect(enumerated).rejects.toThrow(failure({ code: 'protocol.invalid' }));
    expect(actions(device)).toEqual(['Enumerate', 'Pull', 'Release']);
    expect(device.seen[2]?.text).toContain('<n:Release><n:EnumerationContext>c</n:EnumerationContext></n:Release>');
  });

  test('a device that never comes to an end is left', async () => {
    const device = scriptedDevice(context('c'), ...Array.from({ length: 9 }, () => pull('<n:Items/>')), '');
    await expect(new WsmanClient(device.exchange).enumerate(thing, { signal })).rejects.toThrow('does not end');
    expect(actions(device).at(-1)).toBe('Release');
  });

  test('after a fault there is nothing to release', async () => {
    const device = scriptedDevice(context('c'), {
      status: 400,
      body: reply(fault('n:InvalidEnumerationContext'), '2'),
    });
    await expect(new WsmanClient(device.exchange).enumerate(thing, { signal })).rejects.toThrow(
      failure({ code: 'device.refused' }),
    );
    expect(actions(device)).toEqual(['Enumerate', 'Pull']);
  });

  test('when it is cancelled the device is told, and who comes next need not wait', async () => {
    const cancel = new AbortController();
    const answers = scriptedDevice(context('c'), new Error('not reached'));
    const told: string[] = [];
    const client = new WsmanClient(async (text, inner) => {
      const action = /enumeration\/(\w+)</.exec(text)?.[1] ?? 'Get';
      told.push(action);
      if (action === 'Enumerate') return answers.exchange(text, inner);
      if (action === 'Pull') {
        cancel.abort(new DOMException('stop', 'AbortError'));
        inner.throwIfAborted();
      }
      const id = /MessageID>(\d+)</.exec(text)?.[1] ?? '';
      return { status: 200, body: reply(action === 'Get' ? '<g:CIM_Thing/>' : '', id) };
    });
    await expect(client.enumerate(thing, { signal: cancel.signal })).rejects.toThrow('stop');
    await client.get(thing, { signal });
    expect(told).toEqual(['Enumerate', 'Pull', 'Release', 'Get']);
  });

  test('a lost answer to a pull is not asked for again: items would be missing', async () => {
    const device = scriptedDevice(context('c'), lost('unknown'), pull('<n:Items/><n:EndOfSequence/>'));
    await expect(new WsmanClient(device.exchange).enumerate(thing, { signal })).rejects.toThrow(
      failure({ code: 'connect.lost', effect: 'none' }),
    );
    expect(actions(device)).toEqual(['Enumerate', 'Pull']);
  });
});

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
      'an empty 400',
      { status: 400, body: '' },
      { code: 'device.refused', message: 'the device gave no reason (HTTP 400)' },
      'none',
    ],
    ['500 without a fault', { status: 500, body: '<html>' }, { code: 'device.refused' }, 'unknown'],
    ['503', { status: 503, body: 'busy' }, { code: 'device.busy' }, 'none'],
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

  test('what cannot be written is not sent', async () => {
    const { exchange, seen } = scriptedDevice('');
    await expect(new WsmanClient(exchange).put(thing, { A: '\0' }, { signal })).rejects.toThrow(
      failure({ code: 'usage.invalid', effect: 'none' }),
    );
    expect(seen).toHaveLength(0);
  });
});

describe('waiting', () => {
  test('one request at a time, in their order', async () => {
    const open: (() => void)[] = [];
    const begun: string[] = [];
    const client = new WsmanClient(async (text) => {
      begun.push(/CIM_\w/.exec(text)?.[0] ?? '');
      await new Promise<void>((resolve) => open.push(resolve));
      return { status: 200, body: reply('<g:CIM_Thing/>', /MessageID>(\d+)</.exec(text)?.[1] ?? '') };
    });
    const both = [client.get('urn:CIM_A', { signal }), client.get('urn:CIM_B', { signal })];
    await Promise.resolve();
    expect(begun).toEqual(['CIM_A']);
    open[0]?.();
    await both[0];
    await Promise.resolve();
    expect(begun).toEqual(['CIM_A', 'CIM_B']);
    open[1]?.();
    await Promise.all(both);
  });

  test('a cancelled request is not sent', async () => {
    const { exchange, seen } = scriptedDevice('<g:CIM_Thing/>');
    await expect(new WsmanClient(exchange).get(thing, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(seen).toHaveLength(0);
  });

  test('a device that never answers is given ten seconds more than it has for the request', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const silent = (_: string, inner: AbortSignal): Promise<HttpAnswer> =>
      new Promise((_resolve, reject) => {
        inner.addEventListener('abort', () => {
          reject(inner.reason as Error);
        });
      });
    let isSettled = false;
    const got = new WsmanClient(silent, { operationTimeoutMs: 5_000 }).get(thing, { signal }).finally(() => {
      isSettled = true;
    });
    const rejected = expect(got).rejects.toThrow(failure({ code: 'operation.timeout' }));
    await vi.advanceTimersByTimeAsync(14_999);
    expect(isSettled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await rejected;
  });
});
