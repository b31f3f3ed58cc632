import { run } from '../../src/cli/run';
import { testIo } from './io';

export type ShownRow = readonly (string | number | boolean | null)[];

/** What `sideband show` shows of one node of one computer. Its state lies in the folder, too. */
export async function showRows(
  node: string,
  url: string,
  { folder, password }: { readonly folder: string; readonly password: string },
): Promise<readonly ShownRow[]> {
  const io = testIo({ cwd: folder, env: { SIDEBAND_PASSWORD: password, SIDEBAND_STATE: folder } });
  const code = await run(['show', node, url, '--json'], io);
  if (code !== 0) throw new Error(`show ${node} ended with ${code}: ${io.stdout}${io.stderr}`);
  const { results } = JSON.parse(io.stdout) as { results: readonly [{ value: { rows: readonly ShownRow[] } }] };
  return results[0].value.rows;
}
