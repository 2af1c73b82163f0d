import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '@patchbay/errors';
import { toManifest, type Connector } from '@patchbay/connector-sdk';

/** A connector package on disk. */
export interface ConnectorFolder {
  readonly path: string;
  readonly entry: string;
}

/** Finds the connector in a folder; throws `validation_error` when there is none. */
export function findConnectorFolder(cwd: string, folder: string): ConnectorFolder {
  const path = resolve(cwd, folder);
  const entry = join(path, 'src', 'index.ts');
  if (!existsSync(entry)) {
    throw new AppError('validation_error', {
      message: `${path} holds no connector: src/index.ts is missing.`,
      hint: 'Run it in the folder of a connector, or make one: patchbay connector new <slug>.',
    });
  }
  return { path, entry };
}

/** Computes the manifest from the source of the connector. Runs the author's code: only ever on the author's machine. */
export async function deriveManifest(folder: ConnectorFolder): Promise<unknown> {
  const module = (await import(pathToFileURL(folder.entry).href)) as { connector?: Connector };
  if (module.connector === undefined) {
    throw new AppError('manifest_invalid', { message: `${folder.entry} does not export "connector".` });
  }
  return toManifest(module.connector);
}

/** The committed connector.json, or undefined when there is none. */
export async function readCommittedManifest(folder: ConnectorFolder): Promise<unknown> {
  const file = join(folder.path, 'connector.json');
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
}
