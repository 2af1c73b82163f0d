import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '@patchbay/errors';
import { toManifest, type Connector, type ConnectorAssets, type DeclarativeConnector } from '@patchbay/connector-sdk';
import type { ConnectorManifest } from '@patchbay/manifest';

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
export async function deriveManifest(folder: ConnectorFolder): Promise<ConnectorManifest> {
  const module = (await import(pathToFileURL(folder.entry).href)) as { connector?: Connector | DeclarativeConnector };
  if (module.connector === undefined) {
    throw new AppError('manifest_invalid', { message: `${folder.entry} does not export "connector".` });
  }
  return toManifest(module.connector, await readAssets(folder));
}

/** What the files of the package add to the manifest; throws `manifest_invalid` naming the file that is missing. */
async function readAssets(folder: ConnectorFolder): Promise<ConnectorAssets> {
  const [packageJson, iconSvg, docs] = await Promise.all(
    ['package.json', 'icon.svg', 'README.md'].map((name) => readPackageFile(folder, name)),
  );
  const { name, version, license } = JSON.parse(packageJson ?? '{}') as {
    name: string;
    version: string;
    license: string;
  };
  return { id: name, version, license, iconSvg: iconSvg ?? '', docs: docs ?? '' };
}

async function readPackageFile(folder: ConnectorFolder, name: string): Promise<string> {
  try {
    return await readFile(join(folder.path, name), 'utf8');
  } catch (cause) {
    throw new AppError('manifest_invalid', {
      message: `${join(folder.path, name)} is missing.`,
      hint: 'A connector package holds package.json, README.md, icon.svg and src/index.ts.',
      cause,
    });
  }
}
