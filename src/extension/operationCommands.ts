import * as vscode from 'vscode';
import * as z from 'zod';
import { toSidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';
import { planOperation } from '../jobs/plan';
import { type RunReport, runPlan } from '../jobs/run';
import { operations } from '../operations';
import type { Operation } from '../operations/operation';
import { editorFrontend } from './editorFrontend';
import { pickComputers } from './pickComputers';
import { toSignal } from './signal';
import type { Workbench } from './workbench';

interface BooleanParameter {
  readonly type?: string;
  readonly description?: string;
}

/** Runs an operation from the tree or the palette: gather, plan, ask once, run, show. */
export async function runOperation(workbench: Workbench, id: string, chosen: readonly Computer[] | undefined): Promise<void> {
  const operation = operations.find((one) => one.id === id);
  if (!operation || !workbench.assertTrusted()) return;
  const computers = chosen ?? (await pickComputers(workbench.app, operation.title));
  if (!computers || computers.length === 0) return;
  const parameters = await askParameters(operation);
  if (!parameters) return;
  await runOn(workbench, operation, computers, parameters);
}

/** Does an operation with everything given; what stands against it is shown, not thrown. */
export async function runOn(
  workbench: Workbench,
  operation: Operation,
  computers: readonly Computer[],
  parameters: Readonly<Record<string, unknown>>,
  rerunOf?: string,
): Promise<void> {
  const targets = computers.length > 3 ? `${computers.length} computers` : computers.map(({ name }) => name).join(' ');
  const options = { location: vscode.ProgressLocation.Notification, title: operation.title, cancellable: true };
  try {
    const plan = planOperation({ operation, computers, parameters, targets }, workbench.app.engine);
    const report = await workbench.passwords.whileAsking(async () =>
      vscode.window.withProgress(options, (progress, token) => {
        const frontend = editorFrontend(workbench.logs, progress);
        const runOptions = {
          ...(rerunOf !== undefined && { rerunOf }),
          onResult: () => {
            workbench.runs.refresh();
          },
        };
        return runPlan(plan, workbench.app.engine, frontend, runOptions, toSignal(token));
      }),
    );
    workbench.runs.refresh();
    void showReport(workbench, operation, report);
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (error.code === 'run.cancelled') return;
    workbench.logs.warn(`${operation.id}: ${error.message}`);
    void vscode.window.showErrorMessage(`${operation.title}: ${error.message}. ${error.hint}`);
  }
}

/** Asks only for what is a choice; what waits or counts has a default. Nothing when the question is dismissed. */
async function askParameters(operation: Operation): Promise<Readonly<Record<string, unknown>> | undefined> {
  const schema = z.toJSONSchema(operation.parameters, { io: 'input' });
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, BooleanParameter>>);
  const choices = properties.filter(([, { type }]) => type === 'boolean');
  if (choices.length === 0) return {};
  const items = choices.map(([name, { description = '' }]) => ({ label: name, detail: description }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `${operation.title}: options`,
    placeHolder: 'Tick what applies, and press Enter',
    canPickMany: true,
  });
  return picked && Object.fromEntries(picked.map(({ label }) => [label, true]));
}

async function showReport(workbench: Workbench, operation: Operation, report: RunReport): Promise<void> {
  const { results, runId } = report;
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const summary = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const failed = results.filter(({ ok }) => !ok);
  workbench.logs.info(`${operation.id}: ${summary}${runId === undefined ? '' : ` (run ${runId})`}`);
  for (const { computer, outcome, error } of failed) {
    workbench.logs.warn(`${operation.id} ${computer}: ${outcome}${error ? `: ${error.message}` : ''}`);
  }
  const [only] = results;
  const message = results.length === 1 && only ? describe(only, operation) : `${operation.title}: ${summary}`;
  if (failed.length === 0) {
    void vscode.window.showInformationMessage(message);
    return;
  }
  const actions = runId === undefined ? ['Show Log'] : ['Show Run', 'Run Failed Again'];
  const action = await vscode.window.showWarningMessage(message, ...actions);
  if (action === 'Show Log') workbench.logs.show();
  if (action === 'Show Run') await vscode.commands.executeCommand('sideband.runs.focus');
  if (action === 'Run Failed Again' && runId !== undefined) await workbench.rerunFailed(runId);
}

function describe({ computer, outcome, value, note, error }: RunReport['results'][number], { title }: Operation): string {
  if (error) return `${title}: ${error.message}. ${error.hint}`;
  const power = (value as { readonly power?: string } | undefined)?.power;
  return [`${title}: ${computer} is ${power ?? outcome}`, note].filter(Boolean).join('. ');
}
