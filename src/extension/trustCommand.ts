import * as vscode from 'vscode';
import type { App } from '../app/app';
import { type CertificateResult, readCertificates } from '../discovery/certificates';
import type { Computer } from '../fleet/computer';
import { sentence } from './advice';
import { askTrust } from './questions';
import { readFromComputers } from './readFromComputers';
import { withoutName } from './tree/computerItem';
import type { Workbench } from './workbench';

const { t } = vscode.l10n;
const timeoutMs = 30_000;

/** A certificate that somebody may vouch for, and who keeps that. */
type Shown = Extract<CertificateResult, { readonly certificate: unknown }> & { readonly app: App };

/** Shows the certificates of computers that nobody has vouched for, one by one, and pins those that the user trusts. */
export async function trustCertificates(
  workbench: Workbench,
  chosen: readonly Computer[] | undefined,
  suggested: readonly Computer[],
): Promise<void> {
  const title = t('Trust Certificate');
  const read = await readFromComputers(
    workbench,
    { title, chosen, suggested, passwords: 'unneeded' },
    async ({ session: { app }, computers }, { signal }) => {
      const options = { concurrency: app.fleet.limits.concurrency, timeoutMs };
      const results = await readCertificates(computers, app, options, signal);
      return results.map((result) => ({ ...result, app }));
    },
  );
  if (!read) return;
  const results = read.flat();
  const shown = results.filter((result): result is Shown => 'certificate' in result);
  const pinned = await askAndPin(shown.filter(({ state }) => state === 'new' || state === 'changed'));
  const failed = results.flatMap(({ computer, ...rest }) => ('error' in rest ? [{ computer, error: rest.error }] : []));
  for (const { computer, error } of failed) {
    void vscode.window.showWarningMessage(`${title}: ${computer}: ${withoutName(sentence(error), computer)}`);
  }
  if (pinned > 0) workbench.refreshNow();
  else if (failed.length === 0 && shown.every(({ state }) => state === 'pinned' || state === 'profile')) {
    void vscode.window.showInformationMessage(t('The certificates are known already.'));
  }
}

type Answer = 'trust' | 'all' | 'stop';

/** Returns how many were pinned. What has changed is never among “all”. */
async function askAndPin(shown: readonly Shown[]): Promise<number> {
  let pinned = 0;
  let trustsAll = false;
  for (const [index, one] of shown.entries()) {
    const left = shown.slice(index).filter(({ state }) => state === 'new').length;
    const answer: Answer = one.state === 'new' && trustsAll ? 'trust' : await ask(one, left);
    if (answer === 'stop') break;
    trustsAll ||= answer === 'all';
    await one.app.pins.pin(one.host, one.port, one.certificate.fingerprint);
    pinned++;
  }
  return pinned;
}

async function ask({ computer, host, port, certificate, state }: Shown, left: number): Promise<Answer> {
  const question = { computer, host, port, ...certificate };
  if (state === 'changed') {
    const replace = t('Trust the New One');
    const warning = t(
      'The certificate of {0} ({1}:{2}) is another one than the one that was trusted. Unless you know who replaced it, somebody may stand in between.',
      computer,
      host,
      port,
    );
    return (await askTrust(question, [replace], warning)) === replace ? 'trust' : 'stop';
  }
  const [trust, all] = [t('Trust'), t('Trust All {0}', left)];
  const answer = await askTrust(question, left > 1 ? [trust, all] : [trust]);
  if (answer === all) return 'all';
  return answer === trust ? 'trust' : 'stop';
}
