import { vi } from 'vitest';
import type { Workbench } from '../../../../src/extension/workbench';
import type { Policy } from '../../../../src/jobs/policy';
import { recallComputers } from '../../../../src/fleet/targets/recall';
import { fake } from '../../../fakes/vscode';
import type { JobStage } from './stage';

export interface JobWorkbench {
  readonly workbench: Workbench;
  /** What it was asked beside running. */
  readonly calls: readonly string[];
  /** The Markdown that was shown. */
  readonly documents: readonly string[];
}

/** A workbench with the one folder of a stage. Runs that are opened are told by `openRun` of the test. */
export function jobWorkbench({ session, liveRuns, log }: JobStage, policy?: Policy): JobWorkbench {
  const { app } = session;
  const calls: string[] = [];
  const documents: string[] = [];
  Object.assign(app.engine, { policy });
  Object.assign(app, {
    recall: (names: readonly string[], targets: string) => recallComputers({ names, targets }, app.fleet, []),
  });
  const workbench = {
    sessions: [session],
    liveRuns,
    logs: { ...log, show: vi.fn() },
    passwords: {
      ensure: (all: readonly unknown[], technologies: ReadonlySet<string>) =>
        Promise.resolve(void calls.push(`passwords of ${all.length} for ${[...technologies].join(' ')}`)),
      ensureOf: (profiles: readonly string[]) =>
        Promise.resolve(void calls.push(...profiles.map((profile) => `password of profile ${profile}`))),
    },
    runs: { progress: () => calls.push('progress'), refresh: () => calls.push('refresh') },
    documents: { showMarkdown: (_: string, text: string) => Promise.resolve(void documents.push(text)) },
    assertTrusted: () => fake.trusted,
  } as unknown as Workbench;
  return { workbench, calls, documents };
}
