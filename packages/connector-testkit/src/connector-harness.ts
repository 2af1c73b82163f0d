import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnectorRuntime, type OperationResult, type RuntimeLog } from '@patchbay/connector-runtime';
import type { Connector, DeclarativeConnector } from '@patchbay/connector-sdk';
import type { AuthScheme, ConnectorManifest, JsonObject } from '@patchbay/manifest';
import { bundleConnector } from './bundle-connector.ts';
import { buildManifest } from './connector-package.ts';

/** A connection as a worker would hand it over. */
export interface TestConnection {
  readonly authType?: AuthScheme['type'];
  /** Secret values. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Values that are no secrets. */
  readonly config?: Readonly<Record<string, string>>;
}

/** One call in a test. */
export interface TestCall {
  readonly connection?: TestConnection;
  /** Default 10 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
  /** Replaces the address of a fixed base URL by this one. */
  readonly baseUrl?: string;
}

/** A connector in the real runtime: bundled, in a plugin host, behind the egress guard. */
export interface ConnectorHarness {
  readonly manifest: ConnectorManifest;
  /** Folder of the files that a connector with the permission may read; put there what a test needs. */
  readonly filesRoot: string;
  /** Lines the connector logged, after redaction. */
  readonly logLines: readonly string[];
  /** Runs one operation; fails with the AppError a flow would see. */
  invoke(operation: string, input: JsonObject, call?: TestCall): Promise<OperationResult>;
  close(): Promise<void>;
}

const tenantId = 'testkit';

/** The folder of a connector package from the `import.meta.url` of a file in its `test` or `src` folder. */
export function packageDirOf(fileUrl: string): string {
  return dirname(dirname(fileURLToPath(fileUrl)));
}

/** Starts a connector as it would run in an installation that allows calls to 127.0.0.1. */
export async function startConnector(
  connector: Connector | DeclarativeConnector,
  packageDir: string,
): Promise<ConnectorHarness> {
  const manifest = await buildManifest(connector, packageDir);
  const bundleDir = await mkdtemp(join(tmpdir(), 'patchbay-bundle-'));
  const entry = connector.kind === 'code' ? await bundleConnector(packageDir, bundleDir) : bundleDir;
  const filesDir = await mkdtemp(join(tmpdir(), 'patchbay-files-'));
  const filesRoot = join(filesDir, tenantId);
  await mkdir(filesRoot);
  const logLines: string[] = [];
  const runtime = createConnectorRuntime({
    pluginStore: { load: () => Promise.resolve({ entryUrl: pathToFileURL(entry).href }), rootDir: bundleDir },
    egress: { allow: ['127.0.0.1'] },
    limits: { maxResponseBytes: 4 * 1024 * 1024 },
    filesDir,
    log: lineLog(logLines),
  });
  return {
    manifest,
    filesRoot,
    logLines,
    invoke: (operation, input, call = {}) =>
      runtime.invoke({
        tenantId,
        manifest: withBaseUrl(manifest, call.baseUrl),
        integrity: 'sha512-testkit',
        operation,
        input,
        credentials: call.connection?.credentials ?? {},
        connection: { id: 'testkit', config: call.connection?.config ?? {}, authType: call.connection?.authType },
        timeoutMs: call.timeoutMs ?? 10_000,
        signal: call.signal ?? new AbortController().signal,
        idempotencyKey: call.idempotencyKey ?? 'testkit-key',
      }),
    close: async () => {
      await runtime.close();
      await rm(bundleDir, { recursive: true, force: true });
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

function withBaseUrl(manifest: ConnectorManifest, baseUrl: string | undefined): ConnectorManifest {
  if (baseUrl === undefined || manifest.baseUrl === undefined || manifest.baseUrl.includes('{{')) return manifest;
  const { pathname } = new URL(manifest.baseUrl);
  return {
    ...manifest,
    baseUrl: new URL(pathname, baseUrl).href,
    egress: { ...manifest.egress, hosts: ['127.0.0.1'] },
  };
}

function lineLog(lines: string[]): RuntimeLog {
  const write = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { debug: write, info: write, warn: write, error: write };
}
