import * as vscode from 'vscode';
import { formatFingerprint } from '../base/fingerprint';
import type { Asks, ConsentQuestion, TrustQuestion } from '../base/frontend';
import { Turns } from '../base/turns';
import { toToken } from './signal';

const { t } = vscode.l10n;

/**
 * What people are asked in the middle of one run over so many computers, one question at a time. Whoever waits shares an answer
 * that is for all.
 */
export function editorAsks(computers: number): Required<Asks> {
  const turns = new Turns();
  let forAll: boolean | undefined;
  const inTurn = async <Answer>(signal: AbortSignal, ask: () => PromiseLike<Answer> | Answer): Promise<Answer> => {
    await turns.enter(signal);
    try {
      return await ask();
    } finally {
      turns.leave();
    }
  };
  return {
    trust: (question, signal) =>
      inTurn(signal, async () => {
        if (forAll !== undefined) return forAll;
        signal.throwIfAborted();
        const [one, all, none] = [t('Trust'), t('Trust All in This Run'), t('Trust None')];
        const answer = await askTrust(question, computers > 1 ? [one, all, none] : [one]);
        if (answer === all || answer === none) forAll = answer === all;
        return answer === one || answer === all;
      }),
    consentCode: (question, signal) => inTurn(signal, () => askConsentCode(question, signal)),
  };
}

/** Shows a certificate, and returns which of the answers was given; nothing when it was dismissed. */
export async function askTrust(
  question: TrustQuestion,
  answers: readonly string[],
  warning?: string,
): Promise<string | undefined> {
  const { computer, host, port } = question;
  const title = t('The certificate of {0} ({1}:{2}) is not known.', computer, host, port);
  const detail = describeCertificate(question);
  return vscode.window.showWarningMessage(warning ?? title, { modal: true, detail }, ...answers);
}

/** What to compare with what the device itself shows. */
export function describeCertificate({
  fingerprint,
  subject,
  issuer,
  validTo,
}: Omit<TrustQuestion, 'computer'>): string {
  const half = fingerprint.length / 2;
  return [
    t('SHA-256 fingerprint:'),
    formatFingerprint(fingerprint.slice(0, half)),
    formatFingerprint(fingerprint.slice(half)),
    '',
    t('Subject: {0}', oneLine(subject)),
    t('Issuer: {0}', subject === issuer ? t('itself (self-signed)') : oneLine(issuer)),
    t('Valid to: {0}', oneLine(validTo.slice(0, 10))),
    '',
    t('Compare the fingerprint with what the device shows. From then on no other certificate is believed.'),
  ].join('\n');
}

async function askConsentCode(
  { computer, waitsSeconds, wasWrong }: ConsentQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  const wait = waitsSeconds < 120 ? t('{0} seconds', waitsSeconds) : t('{0} minutes', Math.floor(waitsSeconds / 60));
  const again = wasWrong ? `${t('That was not the code.')} ` : '';
  const code = await vscode.window.showInputBox(
    {
      title: t('Code shown on {0}’s screen', computer),
      prompt: again + t('Six digits, which the person in front of it reads out. It shows them for {0}.', wait),
      placeHolder: '123456',
      ignoreFocusOut: true,
      validateInput: (value) => (isCode(value) || value === '' ? undefined : t('Six digits are expected.')),
    },
    toToken(signal),
  );
  return code !== undefined && isCode(code) ? code.trim() : undefined;
}

function isCode(value: string): boolean {
  return /^\s*\d{6}\s*$/.test(value);
}

/** A device can write into its certificate what it likes. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, 200);
}
