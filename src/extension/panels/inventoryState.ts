import * as z from 'zod';
import { applyView, type TableView } from '../../../webviews/shared/tableView';
import type { InventorySnapshot, NodeEntry } from '../../../webviews/inventory/contract';
import { SidebandError } from '../../base/errors';
import type { Computer } from '../../fleet/computer';
import { type NodeReport, noteOf, rowsOf } from '../../jobs/nodeReport';
import { offeredNodes } from '../../jobs/offeredNodes';
import type { ComputerResult } from '../../jobs/result';
import { nodes } from '../../nodes';
import type { Node } from '../../nodes/node';
import { adviceFor } from '../advice';
import { withoutName } from '../tree/computerItem';

const longestQuery = 1000;

/** What the inventory page shows: a node of some computers, as far as they have answered. */
export class InventoryState {
  readonly computers: readonly Computer[];
  readonly nodes: readonly Node[];
  readonly #entries: readonly NodeEntry[];
  readonly #names: readonly string[];
  #node: Node;
  #live: 'on' | 'off';
  #results = new Map<Computer, ComputerResult>();
  #pending = new Set<Computer>();
  #startedAt = new Date();
  #at: number | undefined;

  /** `node`: the one to begin with, or the first one that the computers offer. Throws `operation.impossible` when they offer none. */
  constructor(computers: readonly Computer[], node?: Node) {
    const offered = new Set(computers.flatMap(offeredNodes));
    if (node) offered.add(node);
    const technologies = new Set(computers.flatMap(({ accesses }) => accesses.map(({ technology }) => technology)));
    this.computers = computers;
    this.#names = computers.map(({ name }) => name);
    this.nodes = nodes.filter((one) => offered.has(one));
    this.#entries = this.nodes.map((one) => toEntry(one, technologies));
    const first = node ?? this.nodes[0];
    if (!first) throw new SidebandError('operation.impossible', 'no technology of these computers offers a node');
    this.#node = first;
    this.#live = computers.length === 1 ? 'on' : 'off';
  }

  get node(): Node {
    return this.#node;
  }

  get isLive(): boolean {
    return this.#node.kind === 'audit' && this.#live === 'on';
  }

  setLive(live: unknown): void {
    this.#live = live === 'on' ? 'on' : 'off';
  }

  /** Shows another node, of which nothing is known yet. Throws `usage.invalid` for what is none. */
  choose(id: unknown): void {
    const node = this.nodes.find((one) => one.id === id);
    if (!node) throw new SidebandError('usage.invalid', `no node "${String(id)}"`);
    this.#node = node;
    this.#results = new Map();
    this.#at = undefined;
  }

  /** The computers that may be asked without anybody's word: who has refused a login or a certificate is left alone. */
  get askedAgain(): readonly Computer[] {
    return this.computers.filter((computer) => {
      const code = this.#results.get(computer)?.error?.code ?? '';
      return !/^(auth|tls|consent)\./.test(code);
    });
  }

  /** All computers are being asked, and somebody waits for that. */
  begin(): void {
    this.#pending = new Set(this.computers);
    this.#startedAt = new Date();
  }

  /** Until it comes, what the computer answered before stays. */
  add(computer: Computer, result: ComputerResult): void {
    this.#pending.delete(computer);
    this.#results.set(computer, result);
    this.#at = Date.now();
  }

  end(): void {
    this.#pending.clear();
  }

  get snapshot(): InventorySnapshot {
    const results = this.#inOrder();
    return {
      computers: this.#names,
      nodes: this.#entries,
      node: this.#node.id,
      columns: this.#node.columns,
      lines: results.flatMap(rowsOf),
      problems: results.flatMap(({ computer, error }) =>
        error ? [{ computer, message: withoutName(error.message, computer), advice: adviceFor(error) }] : [],
      ),
      notes: results.flatMap(noteOf),
      pending: this.#pending.size,
      ...(this.#at !== undefined && { at: this.#at }),
      live: this.#node.kind === 'information' ? 'never' : this.#live,
    };
  }

  /** What a view of the page shows, for a file. Throws `usage.invalid` for what is no view. */
  report(view: unknown): NodeReport {
    const checked = viewSchema.safeParse(view);
    if (!checked.success) throw new SidebandError('usage.invalid', 'this is no view of a table');
    const { query, sorting } = checked.data;
    const results = this.#inOrder();
    const problems = results.flatMap(({ computer, error }) =>
      error ? [{ computer, cells: [error.message], error }] : [],
    );
    const notes = results.flatMap(noteOf).map((one) => ({ ...one, cells: [one.note] }));
    return {
      node: this.#node.id,
      title: this.#node.title,
      startedAt: this.#startedAt.toISOString(),
      columns: this.#node.columns,
      rows: applyView(results.flatMap(rowsOf), {
        query: this.#isUpright(results) ? '' : query,
        ...(sorting && { sorting }),
      }),
      problems: applyView(problems, { query }).map(({ computer, error }) => ({ computer, error })),
      notes: applyView(notes, { query }).map(({ computer, note }) => ({ computer, note })),
    };
  }

  #inOrder(): readonly ComputerResult[] {
    return this.computers.flatMap((computer) => this.#results.get(computer) ?? []);
  }

  /** Whether the page shows a single row, whose query looks for columns. */
  #isUpright(results: readonly ComputerResult[]): boolean {
    return this.computers.length === 1 && results.flatMap(rowsOf).length === 1;
  }
}

const viewSchema: z.ZodType<TableView> = z.strictObject({
  query: z.string().max(longestQuery),
  sorting: z.strictObject({ column: z.int().min(0), direction: z.enum(['ascending', 'descending']) }).exactOptional(),
});

function toEntry({ id, title, description, path, kind, sources }: Node, technologies: ReadonlySet<string>): NodeEntry {
  const from = sources.filter(({ technology }) => technologies.has(technology));
  return { id, title, description, path, kind, from: from.map(({ technologyTitle }) => technologyTitle).join(', ') };
}
