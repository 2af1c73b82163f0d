import { z } from 'zod';

/** Environment of the command line itself; `server` and `worker` read their own keys on top. */
export const CliConfigSchema = z.object({
  PATCHBAY_URL: z
    .url()
    .optional()
    .describe('Server that the commands talk to. Default: the local installation, else http://127.0.0.1:9000.'),
  PATCHBAY_TOKEN: z.string().min(1).optional().describe('API token. Default: that of the local installation.'),
  PATCHBAY_DATA_DIR: z.string().min(1).default('.patchbay').describe('Data folder of a local installation.'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(9000).describe('Port of the server.'),
  DATABASE_URL: z.string().min(1).optional().describe('PostgreSQL to use instead of the embedded one.'),
  TEMPORAL_ADDRESS: z.string().min(1).optional().describe('Temporal to use instead of the local dev server.'),
});

/** Configuration of the command line. */
export type CliConfig = z.infer<typeof CliConfigSchema>;
