export { serverConfigSchema, type ServerConfig } from './config.ts';
export { rewrapKeys } from './keys/rewrap-keys.ts';
export { buildApp, type AppDeps } from './build-app.ts';
export { compose, type ComposeInput, type Composition } from './compose.ts';
export { startServer, type RunningServer, type ServerDependencies } from './start-server.ts';
export { type FirstSteps } from './demo/seed-demo.ts';
export { createLog } from './app/request-log.ts';
