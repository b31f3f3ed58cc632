// Packs the built extension into out/sideband.vsix.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { vsixFile } from './paths.mts';
import { runTool } from './run.mts';

mkdirSync(dirname(vsixFile), { recursive: true });
const { ok, output } = await runTool(
  '@vscode/vsce/vsce',
  [
    ...['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsixFile],
    // The demo's simulated devices show a certificate whose key is public: src/simulators/amt/certificate.ts.
    ...['--allow-package-secrets', 'privatekey'],
  ],
  {
    timeoutMs: 120_000,
  },
);
if (!ok) {
  console.error(output);
  process.exit(1);
}
console.log(`out/sideband.vsix  ${(statSync(vsixFile).size / 1024).toFixed(1)} KiB`);
