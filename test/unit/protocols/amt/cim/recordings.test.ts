import { describe, expect, test } from 'vitest';
import { readEnumerateResponse, readReply } from '../../../../../src/protocols/wsman/response';
import { recorded } from '../../wsman/device';
import { amtServiceRecordings } from './amtServiceRecordings';
import { amtSettingRecordings } from './amtSettingRecordings';
import { cimHardwareRecordings } from './cimHardwareRecordings';
import { cimServiceRecordings } from './cimServiceRecordings';
import { ipsRecordings } from './ipsRecordings';
import { methodRecordings } from './methodRecordings';
import { contexts, empty } from './otherRecordings';
import { allPaths, instancesIn, present } from './recordings';

const recordings = [
  ...amtServiceRecordings,
  ...amtSettingRecordings,
  ...cimHardwareRecordings,
  ...cimServiceRecordings,
  ...ipsRecordings,
];
const rows = recordings.flatMap(({ paths, ...rest }) => paths.map((path) => ({ path, ...rest })));

describe('every recorded instance is decoded to what a reader sees', () => {
  test.each(rows)('$path', ({ path, decode, values }) => {
    expect(instancesIn(path).map((instance) => present(decode(instance)))).toEqual(values);
  });
});

describe('every recorded output of a method', () => {
  test.each(methodRecordings)('$path', ({ path, output, decode, values }) => {
    const [instance, ...others] = instancesIn(path);
    expect(others).toEqual([]);
    expect(instance?.className).toBe(output);
    expect(instance && present(decode(instance))).toEqual(values);
  });
});

describe('every recorded enumeration', () => {
  test.each(Object.entries(contexts))('%s', (path, context) => {
    expect(readEnumerateResponse(readReply(recorded(`wsman/${path}.xml`)), path)).toEqual({ items: [], context });
  });
});

test.each(empty)('an empty answer: %s', (path) => {
  expect(readReply(recorded(`wsman/${path}.xml`))).toMatchObject({ content: undefined, fault: undefined });
});

test('an answer to a deletion that was written by hand', () => {
  const { content } = readReply(recorded('wsman/cim/wifi/endpointsettings/delete.xml'));
  expect(content).toMatchObject({ name: 'ReturnValue', text: '0' });
});

test('no recorded file is left out', () => {
  const covered = [
    ...rows.map(({ path }) => path),
    ...methodRecordings.map(({ path }) => path),
    ...Object.keys(contexts),
    ...empty,
    'cim/wifi/endpointsettings/delete',
    '../events/alertindication-iamt0005',
  ];
  expect(allPaths().filter((path) => !covered.includes(path))).toEqual([]);
  expect(allPaths()).toHaveLength(186);
});
