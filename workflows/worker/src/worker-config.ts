import { fileURLToPath } from 'node:url';
import { egressKeys, FlagSchema, PositiveIntSchema, SecretSchema } from '@patchbay/config';
import { z } from 'zod';

/** Configuration of the worker process, by environment variable. */
export const workerConfigSchema = z.object({
  DATABASE_URL: SecretSchema.describe('PostgreSQL of the installation.'),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233').describe('Host and port of Temporal.'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('patchbay').describe('Temporal namespace.'),
  PATCHBAY_TASK_QUEUE: z.string().min(1).default('patchbay').describe('Task queue; the same as that of the server.'),
  PATCHBAY_MASTER_KEY: SecretSchema.describe('Master key of the vault: 32 bytes as base64.'),
  PATCHBAY_PREVIOUS_MASTER_KEY: SecretSchema.optional().describe(
    'The master key before, while keys are being wrapped anew.',
  ),
  PATCHBAY_STORE_DIR: z.string().min(1).default('.patchbay/store').describe('Folder for unpacked connector packages.'),
  PATCHBAY_FILES_DIR: z
    .string()
    .min(1)
    .default('.patchbay/files')
    .describe('Folder of the files that connectors may read: one subfolder per tenant, named by its id.'),
  PATCHBAY_WORKFLOW_BUNDLE: z
    .string()
    .min(1)
    .default(fileURLToPath(new URL('../../../.cache/build/workflow-bundle.js', import.meta.url)))
    .describe('Prebuilt workflow bundle; without the file it is bundled at start.'),
  ...egressKeys,
  PATCHBAY_DEVELOPMENT: FlagSchema.default(false).describe('Development: connectors may call this machine.'),
  PATCHBAY_MAX_ACTIVITIES: PositiveIntSchema.default(50).describe('Operations one worker runs at once.'),
  PATCHBAY_MAX_WORKFLOW_TASKS: PositiveIntSchema.default(40).describe('Workflow tasks one worker runs at once.'),
  PATCHBAY_MAX_CACHED_RUNS: PositiveIntSchema.default(1_000).describe('Runs one worker keeps in memory.'),
  PATCHBAY_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe log line that is written.'),
});

/** What one worker process does: workflow tasks (`flows`), operations (`ops`) or both. */
export type WorkerRole = 'all' | 'flows' | 'ops';

/** Configuration of a worker. */
export type WorkerConfig = z.infer<typeof workerConfigSchema> & { readonly role: WorkerRole };
