import { open, stat } from 'node:fs/promises';
import { fieldError, type OperationContext } from '@patchbay/connector-sdk';
import { filesOf } from '../files/file-page.ts';
import { extensionOf } from '../files/walk.ts';
import { csvRecords } from './csv-records.ts';
import { readJsonPage } from './json-page.ts';
import { lineRecords } from './line-records.ts';
import type { PlacedRecord, RecordsPage, RecordsRequest, SourceFile } from './source-file.ts';

/** A page is full with this much JSON, however few its records are. */
const maxPageJson = 4 * 1024 * 1024;

/** A page of the records of a file. The cursor is a place in the file; for JSON the number of the record. */
export async function readRecordPage(context: OperationContext, request: RecordsRequest): Promise<RecordsPage> {
  const real = await filesOf(context).resolve(request.path, '/path');
  const found = await stat(real);
  if (!found.isFile()) throw fieldError('/path', `"${request.path}" is no file.`);
  const file = { real, size: found.size, signal: context.signal };
  const start = parseCursor(request.cursor);
  const format = formatOf(request);
  if (format === 'json') return readJsonPage(file, request, start);
  if (start > 0) await assertRowBegins(file, start);
  const records = format === 'csv' ? csvRecords(file, request, start) : lineRecords(file, start);
  return collect(records, request.pageSize, file);
}

function formatOf({ format, path }: RecordsRequest): 'csv' | 'json' | 'ndjson' {
  if (format !== 'auto') return format;
  const extension = extensionOf(path);
  if (extension === 'csv') return 'csv';
  if (extension === 'json') return 'json';
  if (extension === 'ndjson' || extension === 'jsonl') return 'ndjson';
  throw fieldError('/format', 'The extension of the file does not say its format; choose it.');
}

function parseCursor(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  if (!/^\d{1,15}$/.test(cursor)) throw fieldError('/cursor', 'It is no cursor of this operation.');
  return Number(cursor);
}

/** A file that was replaced meanwhile would give half rows. */
async function assertRowBegins({ real, size }: SourceFile, start: number): Promise<void> {
  const handle = await open(real);
  try {
    const before = Buffer.alloc(1);
    if (start <= size) await handle.read(before, 0, 1, start - 1);
    if (before[0] === 0x0a || before[0] === 0x0d) return;
  } finally {
    await handle.close();
  }
  throw fieldError('/cursor', 'No row begins there: the file was changed. Begin again without a cursor.');
}

async function collect(source: AsyncIterable<PlacedRecord>, pageSize: number, file: SourceFile): Promise<RecordsPage> {
  const records: unknown[] = [];
  let json = 0;
  for await (const { record, end } of source) {
    file.signal.throwIfAborted();
    records.push(record);
    json += JSON.stringify(record).length;
    const isFull = records.length >= pageSize || json >= maxPageJson;
    if (isFull) return end < file.size ? { records, cursor: String(end) } : { records };
  }
  return { records };
}
