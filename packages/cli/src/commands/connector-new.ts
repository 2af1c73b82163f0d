import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '@patchbay/errors';
import { SlugSchema } from '@patchbay/manifest';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { connectorTemplate } from './connector-template.ts';

/** `patchbay connector new <slug>`: a folder with a connector that passes its conformance suite. */
export async function newConnector(
  context: CommandContext,
  slug: string,
  options: { directory?: string; runtime: 'declarative' | 'node' },
): CommandResult {
  if (!SlugSchema.safeParse(slug).success) {
    throw new AppError('validation_error', {
      message: `"${slug}" is not a slug: small letters, digits and single hyphens.`,
      details: { fields: [{ path: '/slug', message: 'small letters, digits and single hyphens' }] },
    });
  }
  const folder = resolve(context.cwd, options.directory ?? slug);
  if (await exists(folder)) throw new AppError('already_exists', { message: `${folder} exists already.` });
  const files = connectorTemplate(slug, options.runtime);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  context.output.result({ folder, files: Object.keys(files) }, () =>
    [`Made ${folder}`, 'Next: patchbay connector validate, then test, then build.'].join('\n'),
  );
  return exitCodes.done;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
