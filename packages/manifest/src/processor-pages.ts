import { AppError } from '@patchbay/errors';
import type { ConnectorManifest, Processor } from './connector-manifest.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { readPointer } from './json-pointer.ts';

/** Where the next page begins; only the connector knows what it means. */
export type PageCursor = string | number;

/** One page of records. */
export interface RecordPage {
  readonly records: readonly JsonValue[];
  /** Of the next page; absent: this was the last one. */
  readonly cursor?: PageCursor;
}

/** The data processor of that name, or undefined. */
export function findProcessor(manifest: ConnectorManifest, name: string): Processor | undefined {
  return manifest.processors?.find((processor) => processor.name === name);
}

/** The name that is meant when none is said (requirements.md 5.32): the slug of the connector. */
export function defaultProcessor({ slug }: Pick<ConnectorManifest, 'slug'>, name?: string): string {
  return name === undefined || name === '' ? slug : name;
}

/**
 * The input that asks for the page at `cursor`; without one, for the first page. Throws `operation_input_invalid` for a cursor that a
 * processor without pages cannot take.
 */
export function inputOfPage(processor: Processor, input: JsonObject, cursor?: PageCursor): JsonObject {
  if (cursor === undefined) return input;
  if (processor.page !== undefined) return { ...input, [processor.page.cursorField]: cursor };
  const message = `The processor "${processor.name}" has one page only, so it takes no cursor.`;
  throw new AppError('operation_input_invalid', {
    message,
    details: { problems: [{ path: '/cursor', message }], wasSent: false },
  });
}

/** Reads the output of the operation as a page. Throws `operation_output_invalid` that names the pointer if it is none. */
export function readPage(processor: Processor, output: JsonValue): RecordPage {
  const { recordsPointer, page } = processor;
  const records = readPointer(output, recordsPointer);
  if (!Array.isArray(records)) throw notAPage(processor, recordsPointer, `no list of records but ${kindOf(records)}`);
  const cursor = page === undefined ? undefined : readPointer(output, page.cursorPointer);
  if (cursor === undefined || cursor === null || cursor === '') return { records };
  if (typeof cursor === 'string' || typeof cursor === 'number') return { records, cursor };
  throw notAPage(processor, page?.cursorPointer ?? '', `no cursor but ${kindOf(cursor)}`);
}

function notAPage({ name, operation }: Processor, pointer: string, what: string): AppError {
  const message = `The processor "${name}" found ${what} at "${pointer}" in the output of ${operation}.`;
  return new AppError('operation_output_invalid', { message, details: { problems: [{ path: pointer, message }] } });
}

function kindOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
