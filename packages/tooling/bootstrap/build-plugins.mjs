import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { root } from './places.mjs';

/** One self-contained file per plugin: the whole dependency tree, nothing to install and nothing to run at install time. */
function bundlePlugin(id) {
  const folder = join(root, 'plugins', id);
  return build({
    absWorkingDir: folder,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.mjs',
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'eof',
    logLevel: 'warning',
    // CommonJS drivers inside an ES module still call require for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}

await Promise.all(process.argv.slice(2).map(bundlePlugin));
