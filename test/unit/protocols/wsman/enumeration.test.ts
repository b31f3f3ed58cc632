import { expect, test } from 'vitest';
import { SidebandError } from '../../../../src/base/errors';
import { findPath } from '../../../../src/base/xml/element';
import { WsmanClient } from '../../../../src/protocols/wsman/client';
import type { HttpAnswer } from '../../../../src/protocols/wsman/exchanger';
import { fault, recorded, reply, scriptedDevice } from './device';

const thing = 'urn:schema/CIM_Thing';
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const signal = AbortSignal.timeout(10_000);
const lost = (effect?: 'none' | 'unknown'): SidebandError =>
  new SidebandError('connect.lost', 'the connection was lost', effect ? { effect } : {});
const failure = (fields: object): Error => expect.objectContaining(fields) as Error;

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

test('a device that sends the same again and again is left', async () => {
  const device = scriptedDevice(context('c'), ...Array.from({ length: 10 }, () => pull(things(1, 2))), '');
  await expect(new WsmanClient(device.exchange).enumerate(thing, { signal })).rejects.toThrow('does not end');
  expect(actions(device).filter((action) => action === 'Pull')).toHaveLength(10);
  expect(actions(device).at(-1)).toBe('Release');
});

test('items that differ in one property alone are not the same', async () => {
  const pulls = Array.from({ length: 20 }, (_, at) => pull(`${things(at)}${at === 19 ? '<n:EndOfSequence/>' : ''}`));
  const { exchange } = scriptedDevice(context('c'), ...pulls);
  expect(await new WsmanClient(exchange).enumerate(thing, { signal })).toHaveLength(20);
});

test('items that come with the answer to Enumerate are not lost', async () => {
  const optimized = (end: string): string =>
    `<n:EnumerateResponse>${end}<c:Items><g:CIM_Thing><g:A>1</g:A></g:CIM_Thing></c:Items></n:EnumerateResponse>`;
  const whole = scriptedDevice(optimized('<n:EnumerationContext/><c:EndOfSequence/>'));
  const all = await new WsmanClient(whole.exchange).enumerate(thing, { signal });
  expect(all.map((instance) => instance.text('A'))).toEqual(['1']);
  expect(actions(whole)).toEqual(['Enumerate']);

  const begun = scriptedDevice(
    optimized('<n:EnumerationContext>c</n:EnumerationContext>'),
    pull(`${things(2)}<n:EndOfSequence/>`),
  );
  const both = await new WsmanClient(begun.exchange).enumerate(thing, { signal });
  expect(both.map((instance) => instance.text('A'))).toEqual(['1', '2']);
});

test('a class that the device answers with an empty 400 is one that it lacks', async () => {
  const { exchange } = scriptedDevice({ status: 400, body: '' });
  await expect(new WsmanClient(exchange).enumerate(thing, { signal })).rejects.toThrow(
    failure({ code: 'device.unsupported', message: 'Enumerate CIM_Thing: the device does not know it (HTTP 400)' }),
  );
});

test('an empty 400 to a pull loses nothing silently', async () => {
  const { exchange } = scriptedDevice(context('c'), { status: 400, body: '' });
  await expect(new WsmanClient(exchange).enumerate(thing, { signal })).rejects.toThrow(
    failure({ code: 'device.refused' }),
  );
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

test('a lost answer to a pull is not asked for again, for items would be missing: it begins anew', async () => {
  const device = scriptedDevice(
    context('c1'),
    pull(things(1)),
    lost('unknown'),
    context('c2'),
    pull(`${things(1, 2)}<n:EndOfSequence/>`),
  );
  const instances = await new WsmanClient(device.exchange).enumerate(thing, { signal });
  expect(instances.map((instance) => instance.text('A'))).toEqual(['1', '2']);
  expect(actions(device)).toEqual(['Enumerate', 'Pull', 'Pull', 'Enumerate', 'Pull']);
});

test('and once only', async () => {
  const device = scriptedDevice(context('c1'), lost('unknown'), context('c2'), lost('unknown'), context('c3'));
  await expect(new WsmanClient(device.exchange).enumerate(thing, { signal })).rejects.toThrow(
    failure({ code: 'connect.lost', effect: 'none' }),
  );
  expect(actions(device)).toEqual(['Enumerate', 'Pull', 'Enumerate', 'Pull']);
});
