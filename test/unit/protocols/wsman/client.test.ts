import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findPath } from '../../../../src/base/xml/element';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import type { HttpAnswer } from '../../../../src/protocols/wsman/exchanger';
import { reply, scriptedDevice } from './device';

const thing = 'urn:schema/CIM_Thing';
const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const signal = AbortSignal.timeout(10_000);
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
