import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Diagnostics } from '../../../src/extension/diagnostics';
import { builtInDefinitions } from '../../../src/fleet/definitions';
import { documentEvents, fake, resetFake, textDocument } from '../../fakes/vscode';

let diagnostics: Diagnostics | undefined;
beforeEach(() => {
  resetFake();
  vi.useFakeTimers();
});
afterEach(() => {
  diagnostics?.dispose();
  vi.useRealTimers();
});

const path = '/fleets/.sideband/fleet.yaml';
const wrong =
  'version: 1\nprofiles:\n  bmc:\n    ipmi: { user: admin }\ncomputers:\n  lab: { host: h, profile: bcm }\n';

test('a mistake in an open file is underlined at its place', () => {
  fake.documents = [textDocument(path, wrong)];
  diagnostics = new Diagnostics(() => ({ definitions: builtInDefinitions }));
  const found = fake.diagnostics.get(path);
  expect(found).toMatchObject([
    { range: { start: { line: 5, character: 27 }, end: { line: 5, character: 30 } }, source: 'Sideband' },
  ]);
  expect(found?.[0]?.message).toContain('Did you mean "bmc"?');
});

test('while typing the file is checked after 200 ms of rest, and mended files are clean', () => {
  diagnostics = new Diagnostics(() => ({ definitions: builtInDefinitions }));
  documentEvents.changed.fire({ document: textDocument(path, wrong) });
  vi.advanceTimersByTime(199);
  expect(fake.diagnostics.size).toBe(0);
  vi.advanceTimersByTime(1);
  expect(fake.diagnostics.get(path)).toHaveLength(1);
  documentEvents.changed.fire({ document: textDocument(path, wrong.replace('bcm', 'bmc')) });
  vi.advanceTimersByTime(200);
  expect(fake.diagnostics.size).toBe(0);
});

test('a closed file has no diagnostics, and other files are not ours', () => {
  fake.documents = [textDocument(path, wrong), textDocument('/fleets/fleet.yaml', wrong)];
  diagnostics = new Diagnostics(() => ({ definitions: builtInDefinitions }));
  expect([...fake.diagnostics.keys()]).toEqual([path]);
  documentEvents.closed.fire(fake.documents[0]!);
  expect(fake.diagnostics.size).toBe(0);
});

test('a mistake in the policy is underlined too', () => {
  const policy = '/fleets/.sideband/policy.yaml';
  fake.documents = [textDocument(policy, 'version: 1\nmaxShare: lots\n')];
  diagnostics = new Diagnostics(() => ({ definitions: builtInDefinitions }));
  expect(fake.diagnostics.get(policy)).toMatchObject([{ range: { start: { line: 1, character: 10 } } }]);
});

test('a mistake in a filter set is underlined, and other folders are not ours', () => {
  const filters = '/fleets/.sideband/filters/strict.yaml';
  const other = '/fleets/.sideband/snapshots/strict.yaml';
  const text = 'version: 1\nname: strict\nantiSpoofing: onn\n';
  fake.documents = [textDocument(filters, text), textDocument(other, text)];
  diagnostics = new Diagnostics(() => ({ definitions: builtInDefinitions }));
  expect([...fake.diagnostics.keys()]).toEqual([filters]);
  expect(fake.diagnostics.get(filters)).toMatchObject([{ range: { start: { line: 2, character: 14 } } }]);
});
