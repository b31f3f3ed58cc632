import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CimClass, Fields } from '../../../../../src/protocols/wsman/cimClass';
import { Instance } from '../../../../../src/protocols/wsman/instance';

const folder = new URL('../../../../../src/protocols/amt/cim/', import.meta.url);
const files = readdirSync(folder).map((file) => file.slice(0, -'.ts'.length));

/** The class names whose files are not simply called after them: two namespaces have the same, or a name begins with a number. */
const special: Readonly<Record<string, string>> = {
  IPS_PowerManagementService: 'ipsPowerManagementService',
  AMT_8021XProfile: 'ieee8021xProfile',
  AMT_8021xCredentialContext: 'ieee8021xCredentialContext',
};

/** The class of a file. */
async function classIn(file: string): Promise<CimClass<Fields>> {
  const exports = (await import(new URL(`${file}.ts`, folder).href)) as Record<string, CimClass<Fields> | undefined>;
  const found = exports[file];
  if (!found) throw new Error(`${file}.ts does not export ${file}`);
  return found;
}

test.each(files)('%s', async (file) => {
  const cimClass = await classIn(file);
  const { name, resourceUri } = cimClass;
  const schemas: Readonly<Record<string, string>> = {
    AMT: 'http://intel.com/wbem/wscim/1/amt-schema/1/',
    CIM: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/',
    IPS: 'http://intel.com/wbem/wscim/1/ips-schema/1/',
  };
  expect(resourceUri).toBe(`${schemas[name.slice(0, 3)] ?? ''}${name}`);
  const expected = special[name] ?? name.slice('AMT_'.length);
  expect(file.toLowerCase()).toBe(expected.toLowerCase());
  expect(file).toMatch(/^[a-z][a-zA-Z0-9]*$/);
  // What a class decodes from an instance without properties: nothing, and no error.
  expect(cimClass.decode(Instance.of(resourceUri, {})).other).toEqual({});
});

test('no class is defined twice', async () => {
  const names = await Promise.all(files.map(async (file) => (await classIn(file)).name));
  expect(new Set(names).size).toBe(files.length);
});
