import {
  fieldError,
  isPointer,
  operationError,
  readPointer,
  type JsonValue,
  type OperationContext,
} from '@patchbay/connector-sdk';
import { send } from './client.ts';
import { nextLink } from './next-link.ts';
import type { HttpAnswer } from './request-schema.ts';

/** Where the records are and how the next page is found. */
export interface RecordsRequest {
  readonly url: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly recordsPointer: string;
  readonly paging: 'none' | 'link_header' | 'next_url' | 'page_number';
  readonly nextPointer?: string | undefined;
  readonly pageParameter: string;
  readonly firstPage: number;
  readonly pageSize?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Records, and where the next page is if there is one. */
export interface RecordsPage {
  readonly status: number;
  readonly records: unknown[];
  readonly cursor?: string;
}

/** One page of records. The cursor is the number of the next page, or its address, which must be of the same origin. */
export async function readRecords(context: OperationContext, request: RecordsRequest): Promise<RecordsPage> {
  checkPointers(request);
  const target = targetOf(context, request);
  const answer = await send({ ...target, method: 'GET', headers: request.headers, acceptStatuses: [] }, context);
  if (answer.bodyEncoding !== 'json') throw unreadable('The answer is no JSON.');
  const records = readPointer(answer.body as JsonValue, request.recordsPointer);
  if (!Array.isArray(records)) throw unreadable(`The answer has no list at "${request.recordsPointer}".`);
  const cursor = cursorAfter(context, request, { answer, records, url: target.url });
  return { status: answer.status, records, ...(cursor !== undefined && { cursor }) };
}

function checkPointers({ recordsPointer, nextPointer, paging }: RecordsRequest): void {
  const problem = 'It must be a JSON pointer such as /data/items.';
  if (!isPointer(recordsPointer)) throw fieldError('/recordsPointer', problem);
  if (nextPointer !== undefined && !isPointer(nextPointer)) throw fieldError('/nextPointer', problem);
  if (paging === 'next_url' && nextPointer === undefined) {
    throw fieldError('/nextPointer', 'It says where the address of the next page is.');
  }
}

type Target = Pick<RecordsRequest, 'url' | 'query'>;

function targetOf(context: OperationContext, request: RecordsRequest): Target {
  const { url, query, paging, pageParameter, firstPage } = request;
  const cursor = request.cursor === '' ? undefined : request.cursor;
  if (paging === 'page_number') {
    const page = cursor ?? String(firstPage);
    if (!/^\d{1,15}$/.test(page)) throw fieldError('/cursor', 'It is the number of a page.');
    return { url, query: { ...query, [pageParameter]: page } };
  }
  if (cursor === undefined) return { url, query };
  if (paging === 'none') throw fieldError('/cursor', 'Without paging there is one page only.');
  if (!isSameOrigin(context, url, cursor)) throw fieldError('/cursor', 'It is no address of the same host as the URL.');
  return { url: cursor, query: {} };
}

interface ReadPage {
  readonly answer: HttpAnswer;
  readonly records: readonly unknown[];
  /** What was asked. */
  readonly url: string;
}

function cursorAfter(context: OperationContext, request: RecordsRequest, page: ReadPage): string | undefined {
  switch (request.paging) {
    case 'none':
      return undefined;
    case 'page_number':
      return numberAfter(request, page.records.length);
    case 'link_header':
      return addressAfter(context, page, nextLink(page.answer.headers['link'] ?? ''));
    case 'next_url':
      return addressAfter(context, page, readPointer(page.answer.body as JsonValue, request.nextPointer ?? ''));
  }
}

function numberAfter({ cursor, firstPage, pageSize }: RecordsRequest, count: number): string | undefined {
  const page = cursor === undefined || cursor === '' ? firstPage : Number(cursor);
  return count === 0 || (pageSize !== undefined && count < pageSize) ? undefined : String(page + 1);
}

/** Credentials go with every page, so an answer must not send them to another host. */
function addressAfter(context: OperationContext, { url }: ReadPage, next: JsonValue | undefined): string | undefined {
  if (next === undefined || next === null || next === '') return undefined;
  const found = typeof next === 'string' ? URL.parse(next, absolute(context, url)?.href) : null;
  if (found === null) throw unreadable('The address of the next page is no address.');
  if (isSameOrigin(context, url, found.href)) return found.href;
  throw unreadable(`The next page is said to be on another host, ${found.host}. It is not called.`);
}

function isSameOrigin(context: OperationContext, url: string, other: string): boolean {
  const found = URL.parse(other);
  return found !== null && found.username === '' && found.origin === absolute(context, url)?.origin;
}

/** The address as `fetch` of the context resolves it: a path stands after the base URL of the connection. */
function absolute({ credentials }: OperationContext, url: string): URL | null {
  const base = URL.parse(credentials['base_url'] ?? '');
  if (base === null) return URL.parse(url);
  const isPath = url.startsWith('/') && !url.startsWith('//');
  return URL.parse(isPath ? base.href.replace(/\/$/, '') + url : url, base.href);
}

function unreadable(message: string): Error {
  return operationError('remote_bad_request', { message });
}
