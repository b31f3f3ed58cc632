// Other projects' clients, for measurements only: installed under out/ when a measurement first needs them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inOut } from '../../tools/paths.mts';
import { run } from '../../tools/run.mts';

const versions = {
  meshcentral: '1.1.55',
  '@device-management-toolkit/wsman-messages': '5.14.1',
  'fast-xml-parser': '5.12.1',
  undici: '7.30.2',
};

/** The folder that the peers can be required from. */
export async function ensurePeers(): Promise<string> {
  const folder = inOut('bench', 'peers');
  const complete = join(folder, 'complete.json');
  const wanted = JSON.stringify(versions);
  if (existsSync(complete) && readFileSync(complete, 'utf8') === wanted) return folder;
  console.log('installing the peers (once; about 450 MB) …');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const { ok } = await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    output: 'inherit',
    timeoutMs: 300_000,
  });
  if (!ok) throw new Error('the peers could not be installed');
  writeFileSync(complete, wanted);
  return folder;
}
