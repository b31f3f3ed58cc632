import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A `require` that finds the peers, in a process that was told where they are. */
export function peerRequire(): NodeJS.Require {
  return createRequire(join(process.env.BENCH_PEERS ?? '', 'package.json'));
}
