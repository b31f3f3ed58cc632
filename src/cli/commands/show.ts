import { SidebandError } from '../../base/errors';
import { parseDuration } from '../../base/duration';
import { didYouMean } from '../../base/nearest';
import { sleep } from '../../base/sleep';
import type { App } from '../../app/app';
import { formats } from '../../jobs/formats';
import { noteOf, toNodeReport } from '../../jobs/nodeReport';
import { showNode, type ShowReport, type Table } from '../../jobs/show';
import { nodes } from '../../nodes';
import type { Node } from '../../nodes/node';
import { text } from '../arguments';
import { cliAsks } from '../cliAsks';
import type { Command, Invocation } from '../command';
import { type ExitCode, exitCodes } from '../../base/exitCodes';
import { cliLog, openApp } from '../openApp';
import { printable } from '../../base/printable';
import { formatResult } from '../../jobs/resultPrinter';
import { toJson } from '../runReport';
import { formatList, formatTable } from '../../base/textTable';

const formatNames = formats.map(({ name }) => name);

export const show: Command = {
  usage: 'show NODE TARGETS [--format csv|json|md] [--watch[=DURATION]]',
  description: 'Reads one node of many computers.',
  examples: [
    'sideband show computer-system lab-01',
    "sideband show computer-system '*' --json",
    "sideband show motherboard '*' --format csv > boards.csv",
    'sideband show computer-system @build --watch=10s',
  ],
  options: () => [
    { name: 'format', value: 'NAME', description: `write a file’s text instead of a table: ${formatNames.join(', ')}` },
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
    const print = choosePrinter(node, invocation);
    await using app = await openApp(invocation);
    for (;;) {
      const code = await showOnce({ node, targets: words.join(' '), print }, app, invocation);
      const isStopped = (): boolean => io.unread.aborted;
      if (pauseMs === undefined || isStopped()) return code;
      await sleep(pauseMs, io.unread).catch(() => undefined);
      if (isStopped()) return exitCodes.done;
      if (io.isTerminal) io.out('\u001b[2J\u001b[H');
    }
  },
};

interface Showing {
  readonly node: Node;
  readonly targets: string;
  readonly print: (report: ShowReport) => string;
}

async function showOnce({ node, targets, print }: Showing, app: App, { settings, io }: Invocation): Promise<ExitCode> {
  const options = { ...settings, log: cliLog(io, settings.verbose), asks: cliAsks(io) };
  const report = await showNode(node, app.select(targets), app.engine, options, io.unread);
  io.out(print(report));
  if (io.interrupted.aborted) return exitCodes.cancelled;
  return report.results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
}

/** Throws `usage.invalid` for a format that is none. */
function choosePrinter(node: Node, { args, settings }: Invocation): Showing['print'] {
  const name = text(args, 'format');
  if (name === undefined) return settings.json ? toJson : formatReport;
  const format = formats.find((one) => one.name === name);
  if (format && !settings.json) return (report) => format.format(toNodeReport(node, report));
  const expected = format ? 'either --format or --json' : `${formatNames.join(', ')}.${didYouMean(name, formatNames)}`;
  throw new SidebandError('usage.invalid', `--format: ${expected} is expected`);
}

/** One computer with one row is a list of facts; everything else is a table. */
function formatReport({ results }: ShowReport): string {
  const tables = results.flatMap(({ computer, value }) =>
    value === undefined ? [] : [{ computer, table: value as Table }],
  );
  const failures = results.filter(({ error }) => error).map((result) => `${formatResult(result, 8)}\n`);
  const notes = results.flatMap(noteOf).map(
    ({ computer, note }) => `${printable(`${computer}: ${note}`)}
`,
  );
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
  const table = rows.length === 0 && notes.length > 0 ? '' : formatTable(rows, head);
  return table + notes.join('') + failures.join('');
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
