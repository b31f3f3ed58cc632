import { SidebandError } from '../../base/errors';
import { parseDuration } from '../../base/duration';
import { didYouMean } from '../../base/nearest';
import { sleep } from '../../base/sleep';
import type { App } from '../../app/app';
import { showNode, type ShowReport, type Table } from '../../jobs/show';
import { nodes } from '../../nodes';
import type { Node } from '../../nodes/node';
import { text } from '../arguments';
import { cliAsks } from '../cliAsks';
import type { Command, Invocation } from '../command';
import { type ExitCode, exitCodes } from '../exitCodes';
import { cliLog, openApp } from '../openApp';
import { formatResult } from '../results';
import { toJson } from '../runReport';
import { formatList, formatTable } from '../table';

export const show: Command = {
  usage: 'show NODE TARGETS [--watch[=DURATION]]',
  description: 'Reads one node of many computers.',
  examples: [
    'sideband show computer-system lab-01',
    "sideband show computer-system '*' --json",
    'sideband show computer-system @build --watch=10s',
  ],
  options: () => [
    {
      name: 'watch',
      value: 'DURATION',
      valueIfBare: '5s',
      description: 'read it again and again, with this pause (default: 5s)',
    },
  ],
  async run(invocation) {
    const { args, io } = invocation;
    const [id, ...words] = args.positionals;
    const node = findNode(id);
    if (words.length === 0) throw new SidebandError('usage.invalid', 'targets are expected: * is all computers');
    const pauseMs = readPause(text(args, 'watch'));
    await using app = await openApp(invocation);
    for (;;) {
      const code = await showOnce(node, words.join(' '), app, invocation);
      const isStopped = (): boolean => io.unread.aborted;
      if (pauseMs === undefined || isStopped()) return code;
      await sleep(pauseMs, io.unread).catch(() => undefined);
      if (isStopped()) return exitCodes.done;
      if (io.isTerminal) io.out('\u001b[2J\u001b[H');
    }
  },
};

async function showOnce(node: Node, targets: string, app: App, { settings, io }: Invocation): Promise<ExitCode> {
  const options = { ...settings, log: cliLog(io, settings.verbose), asks: cliAsks(io) };
  const report = await showNode(node, app.select(targets), app.engine, options, io.unread);
  io.out(settings.json ? toJson(report) : formatReport(report));
  if (io.interrupted.aborted) return exitCodes.cancelled;
  return report.results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
}

/** One computer with one row is a list of facts; everything else is a table. */
function formatReport({ results }: ShowReport): string {
  const tables = results.flatMap(({ computer, value }) =>
    value === undefined ? [] : [{ computer, table: value as Table }],
  );
  const failures = results.filter(({ error }) => error).map((result) => `${formatResult(result, 8)}\n`);
  const [only] = tables;
  if (!only) return failures.join('');
  const { columns } = only.table;
  const [row] = only.table.rows;
  if (results.length === 1 && row && only.table.rows.length === 1) {
    return formatList(columns.map((column, index) => [column, String(row[index] ?? '')]));
  }
  const isAlone = results.length === 1;
  const rows = tables.flatMap(({ computer, table }) =>
    table.rows.map((cells) => [...(isAlone ? [] : [computer]), ...cells.map((cell) => String(cell ?? ''))]),
  );
  const head = [...(isAlone ? [] : ['COMPUTER']), ...columns.map((column) => column.toUpperCase())];
  return formatTable(rows, head) + failures.join('');
}

function findNode(id: string | undefined): Node {
  const node = nodes.find((one) => one.id === id);
  if (node) return node;
  const ids = nodes.map((one) => one.id);
  if (id === undefined) throw new SidebandError('usage.invalid', `a node is expected: ${ids.join(', ')}`);
  throw new SidebandError('usage.invalid', `no node "${id}".${didYouMean(id, ids)}`);
}

function readPause(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const pauseMs = parseDuration(value);
  if (pauseMs !== undefined && pauseMs >= 1000) return pauseMs;
  throw new SidebandError('usage.invalid', `--watch: a duration of at least 1s is expected, not "${value}"`);
}
