import { createReadStream } from 'node:fs';
import { CsvError, parse, type InfoRecord } from 'csv-parse';
import { maxRecordBytes, unreadable, type PlacedRecord, type RecordsRequest, type SourceFile } from './source-file.ts';

interface CsvRow {
  readonly record: readonly string[];
  readonly info: InfoRecord;
}

/** The rows of a CSV file from a place on, as objects by the names of its first row, or as lists. */
export async function* csvRecords(
  file: SourceFile,
  { delimiter, hasHeader }: Pick<RecordsRequest, 'delimiter' | 'hasHeader'>,
  start: number,
): AsyncGenerator<PlacedRecord> {
  let names = hasHeader && start > 0 ? await firstRow(file, delimiter) : undefined;
  for await (const { record, info } of rowsFrom(file, delimiter, start)) {
    if (hasHeader && names === undefined) names = toNames(record);
    else yield { record: names === undefined ? record : toObject(names, record), end: start + info.bytes };
  }
}

async function firstRow(file: SourceFile, delimiter: string): Promise<string[]> {
  for await (const { record } of rowsFrom(file, delimiter, 0)) return toNames(record);
  return [];
}

async function* rowsFrom({ real }: SourceFile, delimiter: string, start: number): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordBytes,
  });
  const input = createReadStream(real, { start });
  input.once('error', (error) => parser.destroy(error));
  try {
    for await (const row of input.pipe(parser) as AsyncIterable<CsvRow>) yield row;
  } catch (failure) {
    throw failure instanceof CsvError ? unreadable(`The file is no CSV: ${failure.message}`) : failure;
  } finally {
    input.destroy();
  }
}

/** A column without a name is called by its number, a name that comes again too. */
function toNames(row: readonly string[]): string[] {
  return row.map((name, index) => {
    const trimmed = name.trim();
    return trimmed === '' || row.findIndex((other) => other.trim() === trimmed) < index ? numbered(index) : trimmed;
  });
}

function toObject(names: readonly string[], row: readonly string[]): Record<string, string> {
  return Object.fromEntries(row.map((value, index) => [names[index] ?? numbered(index), value]));
}

const numbered = (index: number): string => `column_${String(index + 1)}`;
