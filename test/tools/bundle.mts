// TypeScript of the project as one file that Node can run or import.
import { build } from 'esbuild';
import { root } from './paths.mts';

/** Bundles a module that may import from the project's root. An `.mjs` becomes an ES module, anything else CommonJS. */
export async function bundle(contents: string, outfile: string): Promise<string> {
  const isModule = outfile.endsWith('.mjs');
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: isModule ? 'esm' : 'cjs',
    target: 'node22',
    external: ['@napi-rs/keyring'],
    outfile,
    logLevel: 'error',
    // What is bundled may call require().
    ...(isModule && {
      banner: {
        js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
      },
    }),
  });
  return outfile;
}
