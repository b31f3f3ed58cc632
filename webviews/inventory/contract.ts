import type { Line, TableView } from '../shared/tableView';

/** A node that the side list offers. */
export interface NodeEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The folders above it. */
  readonly path: readonly string[];
  readonly kind: 'information' | 'audit';
  /** The technologies that it comes from, in words. */
  readonly from: string;
}

/** What stands against a computer's rows. */
export interface Problem {
  readonly computer: string;
  readonly message: string;
  readonly advice: string;
}

/** Why a computer can have no rows. */
export interface Note {
  readonly computer: string;
  readonly note: string;
}

/** Everything that the page shows of one node. */
export interface InventorySnapshot {
  /** The names of all the computers. */
  readonly computers: readonly string[];
  readonly nodes: readonly NodeEntry[];
  /** The id of the node that is shown. */
  readonly node: string;
  /** Those of the node; the computer is not among them. */
  readonly columns: readonly string[];
  readonly lines: readonly Line[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** How many computers have yet to answer. */
  readonly pending: number;
  /** When the last answer came, in milliseconds since 1970. Absent: none yet. */
  readonly at?: number;
  /** Whether the node is read again and again; `never`: it is constant. */
  readonly live: 'on' | 'off' | 'never';
}

/** What the page may ask of the extension, which checks every name. */
export interface InventoryExtension {
  /** The page's first call, also after it was hidden. The answer holds everything needed to draw. */
  ready(): InventorySnapshot;
  choose(node: string): Promise<void>;
  refresh(): Promise<void>;
  setLive(live: 'on' | 'off'): void;
  /** Writes the rows of a view into a file, whose format and place the user is asked for. */
  exportRows(view: TableView): Promise<void>;
  copy(text: string): Promise<void>;
}

/** What the extension may tell the page. */
export interface InventoryPage {
  /** A whole snapshot: a hidden page misses messages and needs only the last. */
  show(snapshot: InventorySnapshot): void;
}
