import { SidebandError } from '../../base/errors';
import { formatFingerprint } from '../../base/fingerprint';
import { type CertificateResult, readCertificates } from '../../discovery/certificates';
import { isOn } from '../arguments';
import type { Command, Invocation } from '../command';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { openApp } from '../openApp';
import { printable } from '../../base/printable';
import { nameSome } from '../../jobs/resultPrinter';
import { toJson } from '../runReport';
import { formatTable } from '../../base/textTable';

const defaultTimeoutMs = 30_000;

type Seen = Extract<CertificateResult, { readonly certificate: unknown }>;

const states: Readonly<Record<Seen['state'], string>> = {
  pinned: 'pinned',
  new: 'new',
  changed: 'CHANGED',
  profile: 'by profile',
};

export const trust: Command = {
  usage: 'trust TARGETS [--replace]',
  description: `Shows the certificates of computers that speak TLS, asks once, and pins them: from then on no other is believed.
Compare the fingerprints with what the devices themselves show. What has changed is pinned with --replace alone.`,
  examples: ['sideband trust lab-01', "sideband trust '*' --yes", 'sideband trust lab-01 --replace'],
  options: () => [{ name: 'replace', description: 'pin what has changed, too' }],
  async run(invocation) {
    const { args, settings, io } = invocation;
    const targets = args.positionals.join(' ');
    if (targets === '') throw new SidebandError('usage.invalid', 'targets are expected: * is all computers');
    await using app = await openApp(invocation);
    const options = {
      concurrency: settings.concurrency ?? app.fleet.limits.concurrency,
      timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
      technology: settings.technology,
    };
    const results = await readCertificates(app.select(targets), app, options, io.interrupted);
    if (io.interrupted.aborted) return exitCodes.cancelled;
    if (!settings.json) io.out(formatResults(results));
    const wanted = results.filter(isSeen).filter(({ state }) => {
      return state === 'new' || (state === 'changed' && isOn(args, 'replace'));
    });
    if (wanted.length > 0) {
      await confirm(wanted, invocation);
      await Promise.all(wanted.map(({ host, port, certificate }) => app.pins.pin(host, port, certificate.fingerprint)));
      io.err(`pinned ${count(wanted)}\n`);
    }
    if (settings.json) io.out(toJson({ results: results.map((result) => resultToJson(result, wanted)) }));
    return report(results, wanted, invocation);
  },
};

async function confirm(wanted: readonly Seen[], { settings, io }: Invocation): Promise<void> {
  if (settings.yes) return;
  const names = nameSome([...new Set(wanted.map(({ computer }) => computer))], 10);
  if (!io.canAsk) throw new SidebandError('confirm.missing', `pinning ${count(wanted)} (${names}) needs --yes`);
  const question = `Believe ${count(wanted)} from now on, of ${printable(names)}? [y/N] `;
  const answer = await io.ask(question, { hidden: false, signal: io.interrupted });
  if (!/^y(es)?$/i.test(answer.trim())) throw new SidebandError('run.cancelled', 'nothing was pinned');
}

function report(results: readonly CertificateResult[], wanted: readonly Seen[], { io }: Invocation): ExitCode {
  const left = results.filter(isSeen).filter((result) => result.state === 'changed' && !wanted.includes(result));
  if (left.length > 0) {
    const names = printable(nameSome(left.map(({ computer }) => computer)));
    io.err(`${names}: another certificate than the one that was pinned: find out why, then use --replace\n`);
  }
  return left.length > 0 || results.some((result) => !isSeen(result)) ? exitCodes.failed : exitCodes.done;
}

function formatResults(results: readonly CertificateResult[]): string {
  const seen = results.filter(isSeen);
  const rows = seen.map(({ computer, host, port, state, certificate: { fingerprint, subject, validTo } }) => [
    computer,
    `${host.includes(':') ? `[${host}]` : host}:${port}`,
    states[state],
    validTo.slice(0, 10),
    subject,
    formatFingerprint(fingerprint),
  ]);
  const head = ['COMPUTER', 'ADDRESS', 'STATE', 'VALID TO', 'SUBJECT', 'SHA-256'];
  const failures = results.flatMap((result) =>
    isSeen(result) ? [] : `${printable(`${result.computer}: ${result.error.code}: ${result.error.message}`)}\n`,
  );
  return (rows.length > 0 ? formatTable(rows, head) : '') + failures.join('');
}

function resultToJson(result: CertificateResult, wanted: readonly Seen[]): object {
  const { computer, technology } = result;
  const whose = { computer, ...(technology !== undefined && { technology }) };
  if (!isSeen(result)) return { ...whose, ok: false, error: result.error };
  const { host, port, state, certificate } = result;
  const pinned = state === 'pinned' || wanted.includes(result);
  return { ...whose, ok: pinned || state === 'profile', host, port, state, pinned, ...certificate };
}

function isSeen(result: CertificateResult): result is Seen {
  return 'certificate' in result;
}

function count({ length }: readonly unknown[]): string {
  return `${length} certificate${length === 1 ? '' : 's'}`;
}
