// How long the command line takes to say its version, beside Node that does nothing.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tools/paths.mts';
import { measure, median, ratio } from './measure.mts';

export async function startup(pairs: number): Promise<object> {
  const ours: number[] = [];
  const floor: number[] = [];
  for (let pair = 0; pair < 3 * pairs; pair++) {
    ours.push((await measure([process.execPath, join(root, 'dist', 'cli.js'), '--version'])).wallMs);
    floor.push((await measure([process.execPath, '-e', '0'])).wallMs);
  }
  const kib = (file: string): number => Math.round(statSync(join(root, 'dist', file)).size / 1024);
  const row = {
    'version ms': median(ours).toFixed(1),
    'node -e 0 ms': median(floor).toFixed(1),
    ratio: ratio(ours, floor).toFixed(2),
    'cli.js KiB': kib('cli.js'),
    'extension.js KiB': kib('extension.js'),
  };
  console.table([row]);
  return row;
}
