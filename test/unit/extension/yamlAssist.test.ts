import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type * as vscode from 'vscode';
import { registerYamlAssist } from '../../../src/extension/yamlAssist';
import { fake, Position, providers, resetFake, textDocument } from '../../fakes/vscode';
import { type JobStage, jobStage } from './jobs/stage';

let registration: vscode.Disposable | undefined;
beforeEach(resetFake);
afterEach(() => {
  registration?.dispose();
});

interface Offered {
  readonly label: string;
  readonly insertText: string;
  readonly documentation?: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

/** What is offered at the `|` of a text. */
async function offers(stage: JobStage, marked: string, file = 'jobs/a.yaml'): Promise<readonly Offered[]> {
  registration = registerYamlAssist(() => stage.session.app.engine);
  const offset = marked.indexOf('|');
  const document = textDocument(join(stage.folder, '.sideband', file), marked.replace('|', ''));
  const before = marked.slice(0, offset).split('\n');
  const position = new Position(before.length - 1, before.at(-1)?.length ?? 0);
  const provider = providers.get('completion') as vscode.CompletionItemProvider;
  const asked = Object.assign(document, { offsetAt: () => offset }) as unknown as vscode.TextDocument;
  const given = provider.provideCompletionItems(asked, position as unknown as vscode.Position, never, never);
  return (await given) as unknown as readonly Offered[];
}
const never = undefined as never;

const head = "name: Job\ntargets: '*'\nsteps:\n";
const labels = async (stage: JobStage, marked: string, file?: string): Promise<readonly string[]> =>
  (await offers(stage, marked, file)).map(({ label }) => label);

test('operations are completed with what they do, in place of what is typed', async () => {
  using stage = jobStage({});
  const [offered] = await offers(stage, `${head}  - uses: power.cy|`);
  expect(offered).toMatchObject({
    label: 'power.cycle',
    insertText: 'power.cycle',
    documentation: 'Turns a running computer off and on again.',
    range: { start: { line: 3, character: 10 }, end: { line: 3, character: 18 } },
  });
});

test('parameters are those of the operation, and earlier steps are known', async () => {
  using stage = jobStage({});
  const waits = await labels(stage, `${head}  - uses: wait.for\n    with: { po|`);
  expect(waits).toEqual(['power', 'port']);
  const marked = `${head}  - id: wake\n    uses: power.on\nfinally:\n  - uses: power.restore\n    with: { from: |`;
  expect(await labels(stage, marked)).toEqual(['wake']);
});

test('the fleet’s groups and the folder’s jobs are known', async () => {
  using stage = jobStage({ 'a.yaml': '', 'b.yaml': '', 'below/c.yaml': '' });
  expect(await labels(stage, "name: Job\ntargets: '@b|")).toEqual(['@build']);
  const call = `${head}  - uses: run.job\n    with: { job: |`;
  expect(await labels(stage, call)).toEqual(['b.yaml', 'below/c.yaml']);
  expect(await labels(stage, call, 'jobs/below/d.yaml')).toEqual(['c.yaml']);
});

test('where the Red Hat extension completes by the schema, only what no schema knows is added', async () => {
  using stage = jobStage({});
  fake.extensions.add('redhat.vscode-yaml');
  expect(await labels(stage, `${head}  - uses: power.|`)).toEqual([]);
  expect(await labels(stage, "name: Job\ntargets: '@b|")).toEqual(['@build']);
});

test('the profiles of a fleet are those in its text, also in one that is being typed', async () => {
  using stage = jobStage({});
  const marked = 'profiles:\n  typed:\n    ipmi: { user: admin }\ncomputers:\n  lab: { host: h, profile: |';
  expect(await labels(stage, marked, 'fleet.yaml')).toEqual(['typed']);
});

test('a key is explained where it stands', () => {
  using stage = jobStage({});
  registration = registerYamlAssist(() => stage.session.app.engine);
  const text = `${head}  - uses: power.on\n    retries: 2\n`;
  const document = textDocument(join(stage.folder, '.sideband/jobs/a.yaml'), text);
  const asked = Object.assign(document, { offsetAt: () => text.indexOf('retries') + 2 }) as unknown;
  const provider = providers.get('hover') as vscode.HoverProvider;
  const hover = provider.provideHover(asked as vscode.TextDocument, new Position(4, 6) as never, never);
  expect(hover).toEqual({ contents: expect.stringMatching(/again/i) as string });
});
