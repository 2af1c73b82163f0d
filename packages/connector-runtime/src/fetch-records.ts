import { AppError } from '@patchbay/errors';
import { findProcessor, inputOfPage, readPage, type PageCursor, type RecordPage } from '@patchbay/manifest';
import type { ConnectorRuntime, OperationCall } from './operation-call.ts';

/** Fetches the data of a connector through one of its processors. */
export interface FetchCall extends Omit<OperationCall, 'operation'> {
  readonly processor: string;
  /** Where an earlier fetch stopped: the cursor of the page it did not read any more. */
  readonly cursor?: PageCursor;
  /** Pages read at most; default 10,000. */
  readonly maxPages?: number;
}

const defaultMaxPages = 10_000;

/**
 * The pages of a data processor, each fetched when it is asked for; `timeoutMs` of the call holds for one page. The cursor of a page is
 * that of the next one: keep it after the records, and a later call goes on there. Throws what `invoke` throws (`operation_cancelled` when
 * the signal fires), `processor_unknown` for a processor that is not there, `operation_input_invalid` for a cursor that a processor of one
 * page cannot take, `operation_output_invalid` for an output without a list of records and for a cursor that comes again, and
 * `response_too_large` with `details.cursor` after `maxPages`.
 */
export async function* fetchRecords(
  runtime: Pick<ConnectorRuntime, 'invoke'>,
  call: FetchCall,
): AsyncGenerator<RecordPage, void, undefined> {
  const { processor: name, cursor: start, maxPages = defaultMaxPages, ...rest } = call;
  const processor = findProcessor(call.manifest, name);
  if (processor === undefined) throw noSuchProcessor(call);
  const seen = new Set<PageCursor>();
  let cursor = start;
  for (let pages = 0; pages < maxPages; pages += 1) {
    if (cursor !== undefined) seen.add(cursor);
    const input = inputOfPage(processor, call.input, cursor);
    const { output } = await runtime.invoke({ ...rest, operation: processor.operation, input });
    const page = readPage(processor, output);
    if (page.cursor !== undefined && seen.has(page.cursor)) throw goesInCircles(name, page.cursor);
    yield page;
    cursor = page.cursor;
    if (cursor === undefined) return;
  }
  throw new AppError('response_too_large', {
    message: `The processor "${name}" gave more than ${String(maxPages)} pages.`,
    details: { cursor },
  });
}

function noSuchProcessor({ manifest, processor }: FetchCall): AppError {
  const names = (manifest.processors ?? []).map(({ name }) => name);
  return new AppError('processor_unknown', {
    message: `${manifest.name} ${manifest.version} has no data processor "${processor}".`,
    details: { processors: names, wasSent: false },
  });
}

/** Otherwise the same pages would come for ever. */
function goesInCircles(name: string, cursor: PageCursor): AppError {
  return new AppError('operation_output_invalid', {
    message: `The processor "${name}" gave the cursor of a page that was read already.`,
    hint: 'Report it to the author of the connector.',
    details: { cursor },
  });
}
