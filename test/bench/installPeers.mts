// Other projects' packages, for measurements only.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../tools/paths.mts';
import { run } from '../tools/run.mts';

/** Installs the packages under out/ when a measurement first needs them; the folder that they can be required from. */
export async function installPeers(
  name: string,
  versions: Readonly<Record<string, string>>,
  size: string,
): Promise<string> {
  const folder = inOut('bench', name);
  const complete = join(folder, 'complete.json');
  const wanted = JSON.stringify(versions);
  if (existsSync(complete) && readFileSync(complete, 'utf8') === wanted) return folder;
  console.log(`installing the peers (once; about ${size}) …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const packages = Object.entries(versions).map(([peer, version]) => `${peer}@${version}`);
  const { ok } = await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    output: 'inherit',
    timeoutMs: 300_000,
  });
  if (!ok) throw new Error('the peers could not be installed');
  writeFileSync(complete, wanted);
  return folder;
}
