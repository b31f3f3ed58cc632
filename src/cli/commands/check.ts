import { checkComputers, type CheckResult } from '../../discovery/check';
import { formatDuration } from '../../base/duration';
import { SidebandError } from '../../base/errors';
import type { Command } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { openApp } from '../openApp';
import { printable } from '../../base/printable';
import { toJson } from '../runReport';

const defaultTimeoutMs = 30_000;

export const check: Command = {
  usage: 'check TARGETS',
  description: 'Tries every technology of each computer’s profile, and says how far it came and which cause applies.',
  examples: ['sideband check lab-01', "sideband check '*' --json", 'sideband check ipmi://admin@10.0.4.11'],
  async run(invocation) {
    const { args, settings, io } = invocation;
    const targets = args.positionals.join(' ');
    if (targets === '') throw new SidebandError('usage.invalid', 'targets are expected: * is all computers');
    await using app = await openApp(invocation);
    const options = {
      concurrency: settings.concurrency ?? app.fleet.limits.concurrency,
      timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
      technology: settings.technology,
      onResult: (result: CheckResult) => {
        if (!settings.json) io.out(formatCheck(result));
      },
    };
    const results = await checkComputers(app.select(targets), app.sessions, options, io.unread);
    if (settings.json) io.out(toJson({ results }));
    if (io.interrupted.aborted) return exitCodes.cancelled;
    return results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
  },
};

function formatCheck({ computer, ok, durationMs, technologies }: CheckResult): string {
  const lines = [`${printable(computer)}: ${ok ? 'answers' : 'does not answer'} (${formatDuration(durationMs)})`];
  if (technologies.length === 0) lines.push('  no technology of its profile is in this version');
  for (const { technology, stages, cause } of technologies) {
    for (const stage of stages) {
      lines.push(`  ${technology}  ${stage.ok ? 'ok  ' : 'FAIL'}  ${stage.title}: ${printable(stage.detail)}`);
    }
    if (cause) lines.push(`  ${technology}  ${cause.code}: ${printable(cause.hint)}`);
  }
  return `${lines.join('\n')}\n`;
}
