import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../../../src/base/secret';
import { parseXml } from '../../../../src/base/xml/parseXml';
import { Instance } from '../../../../src/protocols/wsman/instance';

const received = Instance.read(
  parseXml(`<g:CIM_Thing xmlns:g="urn:schema/CIM_Thing" xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:other">
    <g:Array>1</g:Array>
    <g:Array>2</g:Array>
    <g:Date><h:Datetime>2020-08-10T00:00:00Z</h:Datetime></g:Date>
    <g:Empty></g:Empty>
    <g:Nil xsi:nil="true"/>
    <x:Strange> 007 </x:Strange>
    <g:localSetting>3</g:localSetting>
  </g:CIM_Thing>`),
);
const names = ['Array', 'Date', 'Empty', 'Nil', 'Strange', 'localSetting'];

test('properties are read by local name, in the device’s order', () => {
  expect(received.className).toBe('CIM_Thing');
  expect(received.resourceUri).toBe('urn:schema/CIM_Thing');
  expect(received.names).toEqual(names);
  expect(received.all('Array').map(({ text }) => text)).toEqual(['1', '2']);
  expect(received.all('Absent')).toEqual([]);
  expect(received.text('Array')).toBe('1');
  expect(received.text('Date')).toBe('2020-08-10T00:00:00Z');
  expect(received.text('Empty')).toBe('');
  expect(received.text('Nil')).toBeUndefined();
  expect(received.text('Strange')).toBe(' 007 ');
  expect(received.text('Absent')).toBeUndefined();
  expect(received.text('__proto__')).toBeUndefined();
});

test('changes replace in place, add in the alphabet with capitals first, and remove', () => {
  const changed = received.with({
    Strange: 8,
    Array: ['3'],
    New: true,
    absent: 'a',
    zoom: 1,
    Empty: undefined,
    Gone: undefined,
  });
  expect(changed.names).toEqual(['Array', 'Date', 'New', 'Nil', 'Strange', 'absent', 'localSetting', 'zoom']);
  expect(changed.text('Strange')).toBe('8');
  expect(changed.all('Array').map(({ text }) => text)).toEqual(['3']);
  expect(changed.text('New')).toBe('true');
  expect(changed.text('Empty')).toBeUndefined();
  expect(received.names).toEqual(names);
  expect(received.text('Strange')).toBe(' 007 ');
});

test('properties can be left out and picked', () => {
  expect(received.without('Date', 'Nil', 'Absent').names).toEqual(['Array', 'Empty', 'Strange', 'localSetting']);
  expect(received.only('Nil', 'Date', 'Absent').names).toEqual(['Date', 'Nil']);
});

test('one to send takes its class name from the resource', () => {
  const made = Instance.of('urn:schema/CIM_Thing', { B: 1, A: 'x', Left: undefined });
  expect(made.className).toBe('CIM_Thing');
  expect(made.toElement()).toMatchObject({
    namespace: 'urn:schema/CIM_Thing',
    name: 'CIM_Thing',
    children: [
      { name: 'B', text: '1' },
      { name: 'A', text: 'x' },
    ],
  });
});

test('a secret that will be sent is not shown', () => {
  const changed = received.with({ Password: new Secret('xyzzy') });
  expect(inspect(changed, { depth: 10 })).not.toContain('xyzzy');
  expect(JSON.stringify(changed)).not.toContain('xyzzy');
});
