import './vitest/provided-context.ts';

export { launchChromium, type LaunchChromiumOptions } from './browser/launch-chromium.ts';
export { resolveChromium, type ChromiumBinary } from './browser/resolve-chromium.ts';
export { createTestDatabase, type TestDatabase } from './databases/test-database.ts';
export { cacheFolder } from './services/cache-folder.ts';
export { acquireDataLock, type DataLock } from './services/data-lock.ts';
export { findFreePort } from './services/free-port.ts';
export { startPostgres, type PostgresOptions, type PostgresService } from './services/postgres.ts';
export type { LineLog } from './services/service-process.ts';
export { resolveTemporalBinary, type TemporalBinaryOptions } from './services/temporal-binary.ts';
export { startTemporal, waitForTemporal, type TemporalOptions, type TemporalService } from './services/temporal.ts';
export { waitFor, type WaitOptions } from './services/wait-for.ts';
