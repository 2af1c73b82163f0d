import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '@patchbay/errors';

/** Text of a flow file and how it is written, told by the ending. */
export interface FlowFile {
  readonly text: string;
  readonly format: 'json' | 'yaml';
  readonly path: string;
}

/** Reads a flow file; throws `validation_error` when it is not there or has another ending. */
export async function readFlowFile(cwd: string, name: string): Promise<FlowFile> {
  const path = resolve(cwd, name);
  const format = formatOf(path);
  try {
    return { text: await readFile(path, 'utf8'), format, path };
  } catch (cause) {
    throw new AppError('validation_error', { message: `The file ${path} cannot be read.`, cause });
  }
}

function formatOf(path: string): 'json' | 'yaml' {
  if (path.endsWith('.json')) return 'json';
  if (path.endsWith('.yaml') || path.endsWith('.yml')) return 'yaml';
  throw new AppError('validation_error', {
    message: `${path} is neither .json nor .yaml.`,
    hint: 'Give a flow document ending in .json, .yaml or .yml.',
  });
}
