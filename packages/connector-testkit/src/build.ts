/** The part of the kit that builds packages; free of vitest, so that the command line can use it. */
export { bundleConnector } from './bundle-connector.ts';
export { buildManifest, readAssets, readPackageJson, type ConnectorPackageJson } from './connector-package.ts';
