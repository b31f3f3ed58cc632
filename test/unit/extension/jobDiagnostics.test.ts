import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Diagnostics } from '../../../src/extension/diagnostics';
import { builtInDefinitions } from '../../../src/fleet/definitions';
import { defaultLimits, Fleet } from '../../../src/fleet/fleet';
import { fakeComputer } from '../../fakes/technology';
import { temporaryFolder } from '../../fakes/temporaryFolder';
import { documentEvents, fake, resetFake, type TextDocument, textDocument } from '../../fakes/vscode';
import { mistakes } from '../jobs/file/mistakes';

let diagnostics: Diagnostics | undefined;
let fleet: Fleet | undefined;
beforeEach(() => {
  resetFake();
  fleet = undefined;
});
afterEach(() => {
  diagnostics?.dispose();
});

function open(...documents: readonly TextDocument[]): void {
  fake.documents = [...documents];
  diagnostics = new Diagnostics(() => ({ definitions: builtInDefinitions, fleet }));
}

/** What is underlined in a file, as compilers say it. */
function underlined(path: string): readonly string[] {
  const found = fake.diagnostics.get(path) ?? [];
  return found.map(({ range: { start }, message }) => `${start.line + 1}:${start.character + 1}: ${message}`);
}

/** Checks of jobs read files, so they take a while. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 2 });

const path = '/fleets/.sideband/jobs/job.yaml';
const head = "name: Job\ntargets: '*'\nsteps:\n";

test.each(mistakes)('the editor underlines the same places: %s', async (_, text, ...problems) => {
  open(textDocument(path, text));
  await soon(() => {
    expect(underlined(path)).toEqual(problems);
  });
});

test('what only the fleet knows is checked too, and again when the fleet has changed', async () => {
  open(textDocument(path, "name: Job\ntargets: '@bild'\nsteps:\n  - uses: power.on\n"));
  const computers = [fakeComputer('lab-01', ['ipmi'], {}, 'bmc')];
  const groups = new Map([['build', { tags: { role: 'build' } }]]);
  fleet = new Fleet({ computers, profiles: ['bmc'], groups, limits: defaultLimits });
  diagnostics?.checkJobs();
  await soon(() => {
    expect(underlined(path)).toEqual(['2:10: no group "@bild" is in the fleet. Did you mean "build"?']);
  });
});

test('what is in the past, as beside a comparison, is not checked', async () => {
  open(textDocument(path, 'name: 5\n', 'git'), textDocument('/fleets/.sideband/jobs/two.yaml', 'name: 5\n'));
  await soon(() => {
    expect(fake.diagnostics.size).toBe(1);
  });
  expect([...fake.diagnostics.keys()]).toEqual(['/fleets/.sideband/jobs/two.yaml']);
});

test('mistakes of called jobs are underlined in their own files, as these are in the editor', async () => {
  using folder = temporaryFolder();
  const place = (name: string): string => join(folder.path, '.sideband', 'jobs', name);
  await mkdir(dirname(place('job.yaml')), { recursive: true });
  await writeFile(place('saved.yaml'), `${head}  - uses: power.onn\n`);
  await writeFile(place('typed.yaml'), `${head}  - uses: power.on\n`);
  const call = (name: string): string => `  - uses: run.job\n    with: { job: ${name} }\n`;
  const job = textDocument(place('job.yaml'), head + call('saved.yaml') + call('typed.yaml'));
  open(job);
  await soon(() => {
    expect(underlined(place('saved.yaml'))).toEqual([
      '4:11: no operation is called "power.onn". Did you mean "power.on"?',
    ]);
  });
  expect([...fake.diagnostics.keys()]).toEqual([place('saved.yaml')]);

  const typed = textDocument(place('typed.yaml'), `${head}  - uses: power.off\n    with: { gracefull: true }\n`);
  fake.documents.push(typed);
  documentEvents.changed.fire({ document: typed });
  await soon(() => {
    expect(underlined(place('typed.yaml'))).toEqual(['5:13: "gracefull" is not known here. Did you mean "graceful"?']);
  });

  fake.documents = [typed];
  documentEvents.closed.fire(job);
  expect([...fake.diagnostics.keys()]).toEqual([place('typed.yaml')]);
});
