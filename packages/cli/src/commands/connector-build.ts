import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderManifest } from '@patchbay/connector-sdk';
import { bundleConnector } from '@patchbay/connector-testkit/build';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { deriveManifest, findConnectorFolder } from './connector-folder.ts';

/** `patchbay connector build`: connector.json from the source, and one bundle that holds the whole dependency tree. */
export async function buildConnector(context: CommandContext, name: string): CommandResult {
  const folder = findConnectorFolder(context.cwd, name);
  const manifest = await deriveManifest(folder);
  const files = [join(folder.path, 'connector.json')];
  await writeFile(join(folder.path, 'connector.json'), renderManifest(manifest));
  if (manifest.runtime !== 'declarative') files.push(await bundleConnector(folder.path));
  const sizes = await Promise.all(files.map(async (file) => ({ file, sizeBytes: (await stat(file)).size })));
  context.output.result({ id: manifest.id, version: manifest.version, files: sizes }, () =>
    sizes.map(({ file, sizeBytes }) => `${file} ${Math.ceil(sizeBytes / 1024)} KiB`).join('\n'),
  );
  return exitCodes.done;
}
