import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type * as vscode from 'vscode';
import { JobLenses } from '../../../../src/extension/jobs/jobLenses';
import { Diagnostic, documentEvents, fake, Range, resetFake, textDocument } from '../../../fakes/vscode';
import { type JobStage, jobStage } from './stage';

let lenses: JobLenses | undefined;
let changes = 0;
beforeEach(() => {
  resetFake();
  changes = 0;
});
afterEach(() => {
  lenses?.dispose();
});

const text = "# Patches\nname: Patch\ntargets: '*'\nsteps:\n  - uses: power.status\n";
const file = '.sideband/jobs/patch.yaml';

function lensesOf(stage: JobStage) {
  const document = textDocument(join(stage.folder, file), text);
  const made = new JobLenses(() => stage.session.app);
  lenses = made;
  made.onDidChangeCodeLenses(() => changes++);
  const look = async () => made.provideCodeLenses(document as unknown as vscode.TextDocument);
  const titles = async () => (await look()).map(({ command }) => command?.title);
  return { made, document, look, titles };
}

async function run({ ledger, folder }: JobStage): Promise<void> {
  const header = { subject: file, title: 'Patch', danger: 'safe', parameters: {}, targets: '*', folder } as const;
  await (await ledger.begin({ ...header, planHash: '', computers: [] })).end('finished');
}

test('over the name of a job stands what can be done with it', async () => {
  using stage = jobStage({});
  const { document, look } = lensesOf(stage);
  const found = await look();
  expect(found.map(({ range }) => range.start)).toEqual(Array(4).fill({ line: 1, character: 0 }));
  expect(found.map(({ command }) => [command?.title, command?.command])).toEqual([
    ['Plan', 'sideband.planJob'],
    ['Run', 'sideband.runJob'],
    ['Run on one…', 'sideband.runJobOn'],
    ['History (0)', 'sideband.jobHistory'],
  ]);
  expect(new Set(found.map(({ command }) => command?.arguments?.[0] as unknown))).toEqual(new Set([document.uri]));
});

test('a job without a name has it over its first line', async () => {
  using stage = jobStage({});
  const { made } = lensesOf(stage);
  const document = textDocument(join(stage.folder, file), 'nmae: x\n') as unknown as vscode.TextDocument;
  expect((await made.provideCodeLenses(document))[0]?.range.start).toEqual({ line: 0, character: 0 });
});

test('runs are counted when there are new ones, and asked for again only then', async () => {
  using stage = jobStage({});
  const { made, titles } = lensesOf(stage);
  expect((await titles())[3]).toBe('History (0)');
  await made.refresh();
  expect(changes).toBe(0);
  await run(stage);
  await run(stage);
  await made.refresh();
  expect(changes).toBe(1);
  expect((await titles())[3]).toBe('History (2)');
});

test('a long history is not counted to its end', async () => {
  using stage = jobStage({});
  for (let count = 0; count < 101; count++) await run(stage);
  expect((await lensesOf(stage).titles())[3]).toBe('History (99+)');
});

test('mistakes are counted as they are found', async () => {
  using stage = jobStage({});
  const { document, titles } = lensesOf(stage);
  const mistake = new Diagnostic(new Range(0, 0, 0, 1), 'wrong');
  const other = new Diagnostic(new Range(0, 0, 0, 1), 'of somebody else');
  mistake.source = 'Sideband';
  fake.diagnostics.set(document.uri.path, [mistake, other]);
  documentEvents.diagnosed.fire({ uris: [document.uri] });
  expect(changes).toBe(1);
  expect((await titles())[4]).toBe('1 mistake');
  documentEvents.diagnosed.fire({ uris: [textDocument('/fleets/other.yaml', '').uri] });
  expect(changes).toBe(1);
});
