import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { AppError } from '@patchbay/errors';
import { createRunAttributes, type RunAttributes } from './run-attributes.ts';

/** Where Temporal is. What is absent comes from `environment` (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, TLS, API key, profile). */
export interface TemporalOptions {
  readonly address?: string;
  readonly namespace?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly codec: PayloadCodec;
}

/** A client and how to close it. */
export interface TemporalConnection {
  readonly client: Client;
  /** What runs are found by in Temporal itself. */
  readonly attributes: RunAttributes;
  /** @throws AppError `service_unavailable` if Temporal does not answer within 3 s. */
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

const healthTimeoutMs = 3_000;

/** Connects lazily: a server can start before Temporal does. */
export function connectTemporal(options: TemporalOptions): TemporalConnection {
  const configured = loadClientConnectConfig({ overrideEnvVars: definedOnly(options.environment ?? {}) });
  const connection = Connection.lazy({
    // Profiles describe a native connection; address, tls, apiKey and metadata mean the same here.
    ...(configured.connectionOptions as ConnectionOptions),
    ...(options.address !== undefined && { address: options.address }),
  });
  const client = new Client({
    connection,
    namespace: options.namespace ?? configured.namespace ?? 'default',
    dataConverter: { payloadCodecs: [options.codec] },
  });
  return {
    client,
    attributes: createRunAttributes(connection, client.options.namespace),
    async checkHealth() {
      try {
        await connection.withDeadline(Date.now() + healthTimeoutMs, () => connection.workflowService.getSystemInfo({}));
      } catch (cause) {
        throw new AppError('service_unavailable', { message: 'Temporal does not answer right now.', cause });
      }
    },
    close: () => connection.close(),
  };
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
