import type { Log } from '../../base/log';
import type { Stops } from '../../jobs/running/jobReport';
import type { Invocation } from '../command';
import type { JobHost } from '../jobs/jobHost';
import type { ServeLines } from './serveLines';

/** What a part of `sideband serve` works with. */
export interface ServeContext {
  readonly host: JobHost;
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
