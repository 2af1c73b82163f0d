import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiClient, type ApiClient } from '@patchbay/api-contract';

/** Where to find the server and who is asking; each may come from an option, the environment or the data folder. */
export interface ConnectOptions {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly dataDir: string;
}

/** File in the data folder with url and token of this machine's own installation; written by `patchbay dev`, mode 0600. */
export const localAccessFile = (dataDir: string): string => join(dataDir, 'cli.json');

/** A connected client and the base URL it talks to. */
export interface Connected {
  readonly client: ApiClient;
  readonly url: string;
  readonly token: string | undefined;
}

/** Makes a client from options first, then the data folder of a local installation, then the default address. */
export function connect(options: ConnectOptions): Connected {
  const local = readLocalAccess(options.dataDir);
  const url = (options.url ?? local?.url ?? 'http://127.0.0.1:9000').replace(/\/$/, '');
  const token = options.token ?? (local?.url === url ? local.token : undefined);
  return { url, token, client: createApiClient({ baseUrl: url, ...(token === undefined ? {} : { token }) }) };
}

function readLocalAccess(dataDir: string): { url: string; token: string } | undefined {
  const file = localAccessFile(dataDir);
  if (!existsSync(file)) return undefined;
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isLocalAccess(content) ? content : undefined;
}

function isLocalAccess(value: unknown): value is { url: string; token: string } {
  const access = value as { url?: unknown; token?: unknown } | null;
  return typeof access?.url === 'string' && typeof access.token === 'string';
}
