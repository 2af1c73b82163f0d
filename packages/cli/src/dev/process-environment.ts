import { join } from 'node:path';
import { readEnvironment } from '@patchbay/config';
import type { CliConfig } from '../config.ts';
import type { LocalServices } from './local-services.ts';
import { ensureMasterKey } from './master-key.ts';

/** Variables of the server and worker processes of a local installation. */
export function processEnvironment(
  config: CliConfig,
  local: { dataDir: string; services: LocalServices },
): Record<string, string | undefined> {
  const environment = readEnvironment();
  return {
    ...environment,
    TZ: 'UTC',
    PORT: String(config.PORT),
    DATABASE_URL: local.services.databaseUrl,
    TEMPORAL_ADDRESS: local.services.temporalAddress,
    TEMPORAL_NAMESPACE: environment.TEMPORAL_NAMESPACE ?? 'patchbay',
    PATCHBAY_MASTER_KEY: environment.PATCHBAY_MASTER_KEY ?? ensureMasterKey(join(local.dataDir, 'master.key')),
    PATCHBAY_STORE_DIR: join(local.dataDir, 'store'),
    PATCHBAY_FILES_DIR: environment.PATCHBAY_FILES_DIR ?? join(local.dataDir, 'files'),
    PATCHBAY_DEVELOPMENT: 'true',
    PATCHBAY_DEMO_MAIL_PORT: String(local.services.mailPort),
  };
}
