import { relative } from 'node:path';
import type { App } from '../../app/app';
import { type Compared, compareWithNow } from '../../app/compareWithNow';
import { snapshotFile, writeSnapshot } from '../../app/snapshotFiles';
import { type ErrorReport, SidebandError } from '../../base/errors';
import { didYouMean } from '../../base/nearest';
import { compareSnapshots, type Difference } from '../../jobs/snapshots/compare';
import { nodes } from '../../nodes';
import type { Node } from '../../nodes/node';
import { isOn, text } from '../arguments';
import { cliAsks } from '../cliAsks';
import type { Command, Invocation } from '../command';
import { exitCodes } from '../../base/exitCodes';
import { cliLog, openApp } from '../openApp';
import { printable } from '../../base/printable';
import { nameSome } from '../../jobs/resultPrinter';
import { toJson } from '../runReport';

/** Sessions wait this long for the next node, in milliseconds. */
const idleMs = 10_000;

/** What became of one computer's snapshot. */
interface Outcome {
  readonly computer: string;
  readonly ok: boolean;
  readonly state: 'written' | 'unchanged' | 'same' | 'different' | 'missing' | 'failed';
  readonly differences?: readonly Difference[];
  readonly error?: ErrorReport;
}

export const snapshot: Command = {
  usage: 'snapshot TARGETS [--node NODE,…] [--check]',
  description: `Writes what computers consist of into .sideband/snapshots, a text file for each, to be kept in the repository.
With --check it writes nothing and says what is different now: parts that are gone, new or changed.`,
  examples: [
    "sideband snapshot '*'",
    'sideband snapshot @build --check',
    'sideband snapshot lab-01 --node motherboard,users',
  ],
  options: () => [
    {
      name: 'node',
      value: 'NODE,…',
      description: 'only these nodes; the rest of a snapshot stays (default: what does not change by itself)',
    },
    { name: 'check', description: 'compare with the snapshots instead of writing; ends with 1 when something differs' },
  ],
  async run(invocation) {
    const { args, settings, io } = invocation;
    const targets = args.positionals.join(' ');
    if (targets === '') throw new SidebandError('usage.invalid', 'targets are expected: * is all computers');
    const chosen = readNodes(text(args, 'node'));
    await using app = await openApp(invocation, { idleMs });
    const options = { ...settings, log: cliLog(io, settings.verbose), asks: cliAsks(io) };
    const compared = await compareWithNow(
      app,
      { computers: app.select(targets), nodes: chosen },
      options,
      io.interrupted,
    );
    if (io.interrupted.aborted) return exitCodes.cancelled;
    const outcomes: Outcome[] = [];
    for (const one of compared) outcomes.push(isOn(args, 'check') ? checkOne(one) : await writeOne(one, app));
    if (settings.json) io.out(toJson({ results: outcomes }));
    else print(outcomes, app, invocation);
    return outcomes.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed;
  },
};

function readNodes(names: string | undefined): readonly Node[] | undefined {
  return names?.split(',').map((name) => {
    const node = nodes.find(({ id }) => id === name.trim());
    if (node) return node;
    const ids = nodes.map(({ id }) => id);
    throw new SidebandError('usage.invalid', `no node "${name}".${didYouMean(name, ids)}`);
  });
}

async function writeOne({ computer: { name: computer }, now, error }: Compared, { folder }: App): Promise<Outcome> {
  if (error) return { computer, ok: false, state: 'failed', error };
  return { computer, ok: true, state: await writeSnapshot(folder, now) };
}

function checkOne({ computer: { name: computer }, before, now, error }: Compared): Outcome {
  if (error) return { computer, ok: false, state: 'failed', error };
  if (!before) return { computer, ok: false, state: 'missing' };
  const differences = compareSnapshots(before, now, nodes);
  return differences.length === 0
    ? { computer, ok: true, state: 'same' }
    : { computer, ok: false, state: 'different', differences };
}

function print(outcomes: readonly Outcome[], { folder }: App, { io }: Invocation): void {
  const byState = new Map<Outcome['state'], string[]>();
  for (const { computer, state, differences = [], error } of outcomes) {
    byState.set(state, [...(byState.get(state) ?? []), computer]);
    for (const { text: words } of differences) io.out(`${printable(`${computer}: ${words}`)}\n`);
    if (error) io.err(`${printable(`${computer}: ${error.code}: ${error.message}`)}\n`);
    if (state === 'written') io.out(`${relative(io.cwd, snapshotFile(folder, computer))}\n`);
  }
  for (const computer of byState.get('missing') ?? []) io.err(`${printable(computer)}: no snapshot was taken yet\n`);
  const counts = [...byState].map(([state, names]) => `${names.length} ${state}`);
  const different = byState.get('different') ?? [];
  io.err(`${counts.join(', ')}${different.length > 0 ? `: ${printable(nameSome(different))}` : ''}\n`);
}
