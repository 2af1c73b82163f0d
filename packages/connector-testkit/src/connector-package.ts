import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toManifest, type Connector, type ConnectorAssets, type DeclarativeConnector } from '@patchbay/connector-sdk';
import { AppError } from '@patchbay/errors';
import type { ConnectorManifest } from '@patchbay/manifest';

/** The fields of a package.json that matter for a connector. */
export interface ConnectorPackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly keywords?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly patchbayConnector?: { readonly manifest?: string; readonly schema?: number };
}

/** Reads package.json of a connector package. */
export async function readPackageJson(packageDir: string): Promise<ConnectorPackageJson> {
  return JSON.parse(await readText(packageDir, 'package.json')) as ConnectorPackageJson;
}

/** Reads the files of a package that belong into its manifest. Throws `plugin_invalid` when one is missing. */
export async function readAssets(packageDir: string): Promise<ConnectorAssets> {
  const [packageJson, iconSvg, docs] = await Promise.all([
    readPackageJson(packageDir),
    readText(packageDir, 'icon.svg'),
    readText(packageDir, 'README.md'),
  ]);
  const { name, version, license = 'UNLICENSED' } = packageJson;
  return { id: name, version, license, iconSvg: iconSvg.trim(), docs };
}

/** The manifest of a connector, computed from its code and the files of its package. */
export async function buildManifest(
  connector: Connector | DeclarativeConnector,
  packageDir: string,
): Promise<ConnectorManifest> {
  return toManifest(connector, await readAssets(packageDir));
}

/** Text of a file of the package. Throws `plugin_invalid` when it is missing. */
export async function readText(packageDir: string, name: string): Promise<string> {
  try {
    return await readFile(join(packageDir, name), 'utf8');
  } catch (cause) {
    throw new AppError('plugin_invalid', { message: `The connector package has no ${name}.`, cause });
  }
}
