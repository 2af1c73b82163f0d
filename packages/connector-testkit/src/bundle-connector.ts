import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a connector with code into one self-contained ES module, as it ships: the whole dependency tree inside, nothing
 * to install and nothing to run at install time. Returns the path of the file.
 */
export async function bundleConnector(packageDir: string, outDir = join(packageDir, 'dist')): Promise<string> {
  const outfile = join(outDir, 'index.mjs');
  await build({
    absWorkingDir: packageDir,
    entryPoints: ['src/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'eof',
    logLevel: 'error',
    // CommonJS drivers inside an ES module still call require for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}
