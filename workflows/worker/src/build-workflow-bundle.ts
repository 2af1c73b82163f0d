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

/** Bundles all workflow types into one script of the Temporal sandbox. */
export async function bundleWorkflows(): Promise<string> {
  const bundle = await bundleWorkflowCode({
    workflowsPath: workflowsPath(),
    failureConverterPath: failureConverterPath(),
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
