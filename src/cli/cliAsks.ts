import { formatFingerprint } from '../base/fingerprint';
import type { Asks, TrustQuestion } from '../base/frontend';
import { Turns } from '../base/turns';
import type { Io } from './io';
import { printable } from '../base/printable';

/** What can be asked on the terminal in the middle of the work, one question at a time. Nothing where nobody can be asked. */
export function cliAsks(io: Pick<Io, 'ask' | 'canAsk' | 'isTerminal'>): Asks | undefined {
  if (!io.canAsk) return undefined;
  const turns = new Turns();
  // A bar may stand in the line.
  const lineStart = io.isTerminal ? '\r\u001b[K' : '';
  let trustsAll = false;
  const ask = (question: string, signal: AbortSignal): Promise<string> =>
    io.ask(`${lineStart}${question}`, { hidden: false, signal });
  return {
    async trust(question, signal) {
      await turns.enter(signal);
      try {
        if (trustsAll) return true;
        const answer = (await ask(formatTrustQuestion(question), signal)).trim();
        trustsAll = /^a(ll)?$/i.test(answer);
        return trustsAll || /^y(es)?$/i.test(answer);
      } finally {
        turns.leave();
      }
    },
    async consentCode({ computer, waitsSeconds, wasWrong }, signal) {
      const again = wasWrong ? 'That was not the code. ' : '';
      const what = `Code shown on ${printable(computer)}’s screen (waits ${waitsSeconds} s): `;
      const answer = await ask(`${again}${what}`, signal);
      // A code is written in groups, too. What is none is judged by whoever asked.
      const code = answer.replace(/[\s-]/g, '');
      return code === '' ? undefined : code;
    },
  };
}

function formatTrustQuestion({ computer, host, port, fingerprint, subject, issuer, validTo }: TrustQuestion): string {
  const facts = [
    ['SHA-256', formatFingerprint(fingerprint.slice(0, 32))],
    ['', formatFingerprint(fingerprint.slice(32))],
    ['subject', subject],
    ['issuer', issuer],
    ['valid to', validTo],
  ] as const;
  return [
    `${printable(computer)} (${printable(host)} port ${port}) shows a certificate that nobody has vouched for:`,
    ...facts.map(([name, value]) => `  ${name.padEnd(9)} ${printable(value)}`),
    'Believe it from now on? [y]es, [N]o, [a]ll the rest of this run: ',
  ].join('\n');
}
