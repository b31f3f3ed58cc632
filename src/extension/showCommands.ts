import * as vscode from 'vscode';
import { checkComputers, type CheckResult } from '../discovery/check';
import type { Computer } from '../fleet/computer';
import { adviceFor } from './advice';
import { readFromComputers } from './readFromComputers';
import { withoutName } from './tree/computerItem';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;
const checkTimeoutMs = 30_000;

/** Checks computers and shows how far each technology came. */
export async function showCheck(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const title = t('Check');
  const texts = await readFromComputers(
    workbench,
    { title, chosen, suggested },
    async ({ session, computers }, { signal }) => {
      const { concurrency } = session.app.fleet.limits;
      const options = { concurrency, timeoutMs: checkTimeoutMs };
      const results = await checkComputers(computers, session.app.sessions, options, signal);
      return results.map(formatCheck).join('\n');
    },
  );
  if (texts) await workbench.documents.show(title, texts.join('\n'));
}

function formatCheck({ computer, ok, technologies }: CheckResult): string {
  const lines = technologies.flatMap(({ technology, stages, cause }) => [
    ...stages.map((stage) => `  ${stage.ok ? '✓' : '✗'} ${technology}: ${stage.title}: ${stage.detail}`),
    ...(cause ? [`  → ${withoutName(cause.message, computer)} (${cause.code})`, `    ${adviceFor(cause)}`] : []),
  ]);
  const verdict =
    technologies.length === 0 ? t('no technology reaches it') : ok ? t('answers') : t('does not answer as it should');
  return `${computer}: ${verdict}\n${lines.join('\n')}\n`;
}
