export { bundleConnector } from './bundle-connector.ts';
export {
  packageDirOf,
  startConnector,
  type ConnectorHarness,
  type TestCall,
  type TestConnection,
} from './connector-harness.ts';
export { buildManifest, readAssets, readPackageJson, type ConnectorPackageJson } from './connector-package.ts';
export type { HttpProbe } from './http-suite.ts';
export { failureOf, type SilenceProbe } from './silence-suite.ts';
export { startHttpStub, startSilentStub, type StubRemote, type StubRequest } from './stub-remote.ts';
export { testConnector, type ConformanceOptions } from './test-connector.ts';
