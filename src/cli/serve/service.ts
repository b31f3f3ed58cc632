import type { App } from '../../app/app';
import type { Log } from '../../base/log';
import type { Ledger } from '../../jobs/ledger';
import type { Stops } from '../../jobs/running/jobReport';
import type { Invocation } from '../command';
import type { ServeLines } from './serveLines';

/** What a part of `sideband serve` works with. */
export interface ServeContext {
  readonly app: App;
  /** Where runs are recorded and due times are claimed. */
  readonly ledger: Ledger;
  readonly stops: Stops;
  readonly lines: ServeLines;
  readonly log: Log;
  readonly settings: Invocation['settings'];
}

/** A part of `sideband serve`. Its disposal begins nothing else, and waits for what is under way. */
export interface Service extends AsyncDisposable {
  /** The folder’s files have changed, and the app has read them. Must not reject. */
  reload(): Promise<void>;
  /** What is waited for at the end: `1 run`; nothing when that is nothing. */
  underWay(): string | undefined;
}
