import { readdirSync } from 'node:fs';
import type { CimClass, Fields } from '../../../../../src/protocols/wsman/cimClass';
import { Instance } from '../../../../../src/protocols/wsman/instance';
import { readPullResponse, readReply } from '../../../../../src/protocols/wsman/response';
import type { EndpointReference, Selectors } from '../../../../../src/protocols/wsman/values';
import { recorded } from '../../wsman/device';

/** What a reader sees in recorded files: those of one row hold the same instances. Absent properties are left out. */
export interface Recording {
  readonly paths: readonly string[];
  readonly decode: (instance: Instance) => object;
  readonly className: string;
  readonly values: readonly object[];
}

/** Paths are without `wsman/` and `.xml`. `values` hold every property, `other` too where it is not empty. */
export function recording<F extends Fields>(
  cimClass: CimClass<F>,
  paths: readonly string[],
  ...values: readonly object[]
): Recording {
  return { paths, decode: (instance) => cimClass.decode(instance), className: cimClass.name, values };
}

export function instancesIn(path: string): readonly Instance[] {
  const reply = readReply(recorded(`wsman/${path}.xml`));
  if (!reply.content) return [];
  if (reply.content.name !== 'PullResponse') return [Instance.read(reply.content)];
  return readPullResponse(reply, '', path).items.map((item) => Instance.read(item));
}

/** Without what is undefined or an empty array, and without an `other` that is empty. */
export function present(decoded: object): object {
  const entries = Object.entries(decoded as Record<string, unknown>);
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return Object.getPrototypeOf(value) === Object.prototype && Object.keys(value as object).length === 0;
}

export function allPaths(): readonly string[] {
  const folder = new URL('../../../../fixtures/amt/wsman/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.xml'))
    .map((file) => file.slice(0, -'.xml'.length).replaceAll('\\', '/'));
}

/** A reference as AMT writes it. */
export function reference(resourceUri: string, selectors: Selectors): EndpointReference {
  return { address: 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous', resourceUri, selectors };
}

/** The keys of a service of the device itself, and of the computer around it. */
export const onDevice = { SystemCreationClassName: 'CIM_ComputerSystem', SystemName: 'Intel(r) AMT' };
export const onComputer = { SystemCreationClassName: 'CIM_ComputerSystem', SystemName: 'ManagedSystem' };
