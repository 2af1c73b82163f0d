/** Bundles the workflow code, so that a start needs no webpack. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type BundleOptions } from '@temporalio/worker';

/** The module whose exports are the workflow types. */
export function workflowsPath(): string {
  return fileURLToPath(import.meta.resolve('@patchbay/interpreter/workflows'));
}

/** The module that encrypts failures; workflow bundle and worker must use the same. */
export function failureConverterPath(): string {
  return fileURLToPath(import.meta.resolve('@patchbay/interpreter/failure-converter'));
}

/**
 * Bundles all workflow types into one script of the Temporal sandbox. `path`: another module whose exports are the types,
 * for a bench that compares them with others.
 */
export async function bundleWorkflows(path = workflowsPath()): Promise<string> {
  const bundle = await bundleWorkflowCode({
    workflowsPath: path,
    failureConverterPath: failureConverterPath(),
    // Run once per worker instead of once per run: with the parser of formulas, a third of what a short run costs. They may
    // keep nothing of a run in variables of a module; what they keep are memos of pure functions.
    preloadModules: [
      fileURLToPath(import.meta.resolve('@patchbay/interpreter/sandbox')),
      fileURLToPath(import.meta.resolve('@patchbay/interpreter')),
      path,
      failureConverterPath(),
    ],
    webpackConfigHook: keepModernSyntax,
    logger: new DefaultLogger('WARN'),
  });
  return bundle.code;
}

type WebpackConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/** Temporal's bundler rewrites spreads and private members for engines of 2017; the one that runs them has them built in. */
function keepModernSyntax(config: WebpackConfig): WebpackConfig {
  for (const rule of config.module?.rules ?? []) {
    const use = typeof rule === 'object' && rule?.use;
    const options = typeof use === 'object' && 'options' in use ? use.options : undefined;
    if (typeof options === 'object' && 'jsc' in options)
      options['jsc'] = { ...(options['jsc'] as object), target: 'es2022' };
  }
  return config;
}

/** Writes the bundle to a file, all at once, so that a reader never sees half of it. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const code = await bundleWorkflows();
  await mkdir(dirname(outFile), { recursive: true });
  const draft = `${outFile}.${String(process.pid)}.tmp`;
  await writeFile(draft, code);
  await rename(draft, outFile);
}
