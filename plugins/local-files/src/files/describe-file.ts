import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileAccess } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { extensionOf } from './walk.ts';

/** A file as a record. */
export const FileSchema = z.strictObject({
  path: z.string().meta({ title: 'Path', description: 'Relative to the folder of the tenant.' }),
  name: z.string().meta({ title: 'Name' }),
  extension: z.string().meta({ title: 'Extension', description: 'In lower case, without the dot.' }),
  size: z.int().meta({ title: 'Size in bytes' }),
  modified: z.string().meta({ title: 'Changed', description: 'ISO 8601.' }),
  text: z.string().optional().meta({ title: 'Text', description: 'Of a text file in UTF-8.' }),
  isTruncated: z.boolean().optional().meta({ title: 'There is more text' }),
});

export type FileRecord = z.infer<typeof FileSchema>;

/** The record of a file; undefined if it vanished meanwhile. Its text is read up to `maxTextBytes`; 0: not at all. */
export async function describeFile(
  files: FileAccess,
  path: string,
  maxTextBytes: number,
): Promise<FileRecord | undefined> {
  try {
    const real = await files.resolve(path, '/paths');
    const { size, mtime } = await stat(real);
    return {
      path,
      name: basename(path),
      extension: extensionOf(path),
      size,
      modified: mtime.toISOString(),
      ...(maxTextBytes > 0 && (await readText(real, size, maxTextBytes))),
    };
  } catch {
    return undefined;
  }
}

async function readText(
  real: string,
  size: number,
  maxBytes: number,
): Promise<{ text?: string; isTruncated?: boolean }> {
  const isTruncated = size > maxBytes;
  const bytes = Buffer.alloc(Math.min(size, maxBytes));
  const handle = await open(real);
  try {
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    const text = decode(bytes.subarray(0, bytesRead), isTruncated);
    return text === undefined ? {} : { text, ...(isTruncated && { isTruncated }) };
  } finally {
    await handle.close();
  }
}

/** Undefined for what is no text. A character that was cut at the end is left out. */
function decode(bytes: Buffer, isCut: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
