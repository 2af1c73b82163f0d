import { readFile } from 'node:fs/promises';
import { fieldError, isPointer, operationError, readPointer, type JsonValue } from '@patchbay/connector-sdk';
import { unreadable, type RecordsPage, type RecordsRequest, type SourceFile } from './source-file.ts';

/** A JSON document can only be read as a whole. */
const maxFileBytes = 8 * 1024 * 1024;

/** Records of a list in a JSON document, from a number on. */
export async function readJsonPage(
  { real, size }: SourceFile,
  { recordsPointer, pageSize }: RecordsRequest,
  start: number,
): Promise<RecordsPage> {
  if (!isPointer(recordsPointer)) throw fieldError('/recordsPointer', 'It must be a JSON pointer such as /data/items.');
  if (size > maxFileBytes) {
    throw operationError('response_too_large', {
      message: 'A JSON file may have 8 MiB at most.',
      hint: 'Write it as NDJSON, one value per line; then it may have any size.',
    });
  }
  const records = readPointer(parse(await readFile(real, 'utf8')), recordsPointer);
  if (!Array.isArray(records)) throw unreadable(`The document has no list at "${recordsPointer}".`);
  const end = start + pageSize;
  return { records: records.slice(start, end), ...(end < records.length && { cursor: String(end) }) };
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as JsonValue;
  } catch {
    throw unreadable('The file is no JSON.');
  }
}
