import { fileURLToPath } from 'node:url';
import { egressKeys, FlagSchema, PortSchema, PositiveIntSchema, SecretSchema } from '@patchbay/config';
import { z } from 'zod';

const fromRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Configuration of the server process, by environment variable. */
export const serverConfigSchema = z.object({
  PORT: PortSchema.default(9000).describe('Port of the server.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
  PATCHBAY_PUBLIC_URL: z
    .url()
    .optional()
    .describe('Where people and webhooks reach the server. Default: the address it listens on.'),
  DATABASE_URL: SecretSchema.describe('PostgreSQL of the installation.'),
  DATABASE_POOL_MAX: PositiveIntSchema.default(20).describe('Most connections to PostgreSQL.'),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233').describe('Host and port of Temporal.'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('patchbay').describe('Temporal namespace.'),
  PATCHBAY_TASK_QUEUE: z.string().min(1).default('patchbay').describe('Task queue that the workers poll.'),
  PATCHBAY_MASTER_KEY: SecretSchema.describe(
    '32 bytes in base64; wraps the keys that encrypt credentials and payloads.',
  ),
  PATCHBAY_PREVIOUS_MASTER_KEY: SecretSchema.optional().describe(
    'The master key before, while keys are being wrapped anew.',
  ),
  PATCHBAY_DEVELOPMENT: FlagSchema.default(false).describe(
    'Seeds the demo tenant and serves its small stock system; connectors may call this machine, and on a loopback HOST programs of this machine use the connector API without a token.',
  ),
  ...egressKeys,
  PATCHBAY_DEMO_MAIL_PORT: PortSchema.optional().describe('SMTP port that the demo flows send to.'),
  PATCHBAY_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severity that is logged.'),
  PATCHBAY_BODY_LIMIT: PositiveIntSchema.default(2_097_152).describe(
    'Largest body of an API request in bytes; webhooks have their own.',
  ),
  PATCHBAY_PLUGINS_DIR: z.string().default(fromRepository('plugins')).describe('Folder of the built-in connectors.'),
  PATCHBAY_WEB_DIR: z.string().default(fromRepository('web/app/dist')).describe('Folder of the built web app.'),
});

/** Configuration of the server. */
export type ServerConfig = Readonly<z.output<typeof serverConfigSchema>>;
