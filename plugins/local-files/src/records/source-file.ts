import { operationError } from '@patchbay/connector-sdk';

/** Which file, how it is read and from where on. */
export interface RecordsRequest {
  readonly path: string;
  readonly format: 'auto' | 'csv' | 'json' | 'ndjson';
  readonly hasHeader: boolean;
  readonly delimiter: string;
  readonly recordsPointer: string;
  readonly pageSize: number;
  readonly cursor?: string | undefined;
}

/** Records, and where the next page begins if there is one. */
export interface RecordsPage {
  readonly records: unknown[];
  readonly cursor?: string;
}

/** A file that was found. */
export interface SourceFile {
  /** Real path. */
  readonly real: string;
  readonly size: number;
  readonly signal: AbortSignal;
}

/** One record with the place in the file where the next one begins. */
export interface PlacedRecord {
  readonly record: unknown;
  readonly end: number;
}

/** Longest row or line. */
export const maxRecordBytes = 1024 * 1024;

/** The error of a file whose content is not what its format says. */
export function unreadable(message: string): Error {
  return operationError('remote_bad_request', { message, hint: 'Check the file and the format.' });
}
