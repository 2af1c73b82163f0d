import { createReadStream } from 'node:fs';
import { maxRecordBytes, unreadable, type PlacedRecord, type SourceFile } from './source-file.ts';

/** The values of the lines of an NDJSON file from a place on; empty lines are no records. */
export async function* lineRecords({ real }: SourceFile, start: number): AsyncGenerator<PlacedRecord> {
  let rest = Buffer.alloc(0);
  let place = start;
  for await (const chunk of createReadStream(real, { start }) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    let newline = rest.indexOf(0x0a);
    while (newline !== -1) {
      const line = rest.subarray(0, newline);
      const value = parseLine(line, place);
      place += newline + 1;
      rest = rest.subarray(newline + 1);
      if (value !== undefined) yield { record: value, end: place };
      newline = rest.indexOf(0x0a);
    }
    if (rest.length > maxRecordBytes) throw unreadable(`The line at byte ${String(place)} is longer than 1 MiB.`);
  }
  const value = parseLine(rest, place);
  if (value !== undefined) yield { record: value, end: place + rest.length };
}

function parseLine(line: Buffer, place: number): unknown {
  const text = line
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(`The line at byte ${String(place)} is no JSON.`);
  }
}
