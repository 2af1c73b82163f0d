/** Bundles the workflow code, so that a start needs no webpack. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

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
    preloadModules: [fileURLToPath(import.meta.resolve('@patchbay/interpreter')), path, failureConverterPath()],
    logger: new DefaultLogger('WARN'),
  });
  return bundle.code;
}

/** Writes the bundle to a file, all at once, so that a reader never sees half of it. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const code = await bundleWorkflows();
  await mkdir(dirname(outFile), { recursive: true });
  const draft = `${outFile}.${String(process.pid)}.tmp`;
  await writeFile(draft, code);
  await rename(draft, outFile);
}
