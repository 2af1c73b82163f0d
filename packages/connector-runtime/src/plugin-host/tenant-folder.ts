import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '@patchbay/errors';

/** Ids of tenants become folders, so nothing that means something to a file system may stand in them. */
const folderName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/**
 * Real path of the folder with the files of a tenant; made when it is not there, so that an administrator sees where files go. Throws
 * `plugin_invalid` if the installation gives connectors no files or the folder cannot be opened.
 */
export async function openTenantFolder(filesDir: string | undefined, tenantId: string): Promise<string> {
  if (filesDir === undefined) throw unusable('This installation gives connectors no files.');
  if (!folderName.test(tenantId)) throw unusable('The id of the tenant cannot name a folder.');
  const folder = join(resolve(filesDir), tenantId);
  try {
    return await realpath(folder).catch(() => makeFolder(folder));
  } catch (cause) {
    throw unusable('The folder with the files of the tenant cannot be opened.', cause);
  }
}

async function makeFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

function unusable(message: string, cause?: unknown): AppError {
  return new AppError('plugin_invalid', {
    message,
    hint: 'Ask the administrator.',
    details: { wasSent: false },
    cause,
  });
}
