import { AppError } from '@patchbay/errors';
import type {
  ConnectorManifest,
  JsonObject,
  JsonValue,
  Operation,
  Parameter,
  RequestTemplate,
} from '@patchbay/manifest';
import { hasHeader } from '../http/authorizer.ts';

/** A request without credentials. */
export interface BuiltRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body?: Uint8Array;
}

/** What a request is built from. */
export interface RequestSource {
  readonly manifest: ConnectorManifest;
  readonly operation: Operation;
  readonly request: RequestTemplate;
  /** Checked input with defaults. */
  readonly input: JsonObject;
  /** Values of the connection, for `{{field}}` in the base URL. */
  readonly values: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
}

interface PlacedValue {
  readonly location: Parameter['location'];
  readonly name: string;
  readonly value: JsonValue;
}

/**
 * Fills a request template: base URL and path (DI-39), parameters in their places (DI-41). Throws
 * `operation_input_invalid` for a value that would change the shape of the address or the header.
 */
export function buildRequest(source: RequestSource): BuiltRequest {
  const { request, input } = source;
  const placed = request.parameters.flatMap(({ name, location, wireName }): PlacedValue[] => {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    return value === undefined ? [] : [{ location, name: wireName ?? name, value }];
  });
  const key = placeKey(source);
  const isGiven = placed.some(({ location, name }) => location === key?.location && name.toLowerCase() === key.name);
  if (key !== undefined && !isGiven) placed.push(key);
  const at = (location: Parameter['location']): PlacedValue[] => placed.filter((value) => value.location === location);
  const url = joinUrl(fillBaseUrl(source), fillPath(request.path, at('path')));
  appendQuery(url, request.query, at('query'));
  const headers = buildHeaders(source, at('header'));
  const body = buildBody(at('body'));
  if (body !== undefined && !hasHeader(headers, 'content-type')) headers['content-type'] = 'application/json';
  return { method: request.method, url, headers, ...(body === undefined ? {} : { body }) };
}

/** The idempotency key at the place the template names; else in the usual header where repeating would do harm. */
function placeKey({ request, operation, idempotencyKey }: RequestSource): PlacedValue | undefined {
  if (request.idempotencyKey !== undefined) return { ...request.idempotencyKey, value: idempotencyKey };
  const isHarmless = operation.effect === 'read' || (request.method !== 'POST' && request.method !== 'PATCH');
  return isHarmless ? undefined : { location: 'header', name: 'idempotency-key', value: idempotencyKey };
}

function fillBaseUrl({ manifest, values }: RequestSource): URL {
  const filled = (manifest.baseUrl ?? '').replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (_whole, field: string) =>
    Object.hasOwn(values, field) ? (values[field] ?? '') : '',
  );
  const url = URL.parse(filled);
  if (url === null) throw invalid('The base URL of the connection is not a valid address.');
  return url;
}

function joinUrl(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = base.pathname.replace(/\/$/, '') + path;
  return url;
}

function fillPath(template: string, placed: readonly PlacedValue[]): string {
  const values = new Map(placed.map(({ name, value }) => [name, toText(value)]));
  const path = template.replaceAll(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = values.get(name);
    if (value === undefined || value === '') throw invalid(`"${name}" stands in the path and may not be empty.`);
    return encodeURIComponent(value.toWellFormed());
  });
  // `.` and `..` survive encoding and would move the request to another path.
  if (path.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw invalid('A path parameter may not be "." or "..".');
  }
  return path;
}

function appendQuery(url: URL, fixed: Readonly<Record<string, string>>, placed: readonly PlacedValue[]): void {
  for (const [name, value] of Object.entries(fixed)) url.searchParams.append(name, value);
  for (const { name, value } of placed) {
    const values = Array.isArray(value) ? value : [value];
    for (const item of values) if (item !== null) url.searchParams.append(name, toText(item));
  }
}

function buildHeaders(source: RequestSource, placed: readonly PlacedValue[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, value } of placed) {
    if (value !== null) headers[name] = headerText(name, toText(value));
  }
  for (const [name, value] of Object.entries(source.request.headers)) {
    if (!hasHeader(headers, name)) headers[name] = value;
  }
  if (!hasHeader(headers, 'accept')) headers['accept'] = 'application/json';
  return headers;
}

function buildBody(placed: readonly PlacedValue[]): Uint8Array | undefined {
  if (placed.length === 0) return undefined;
  return Buffer.from(JSON.stringify(Object.fromEntries(placed.map(({ name, value }) => [name, value]))));
}

/** Header values are bytes without control characters; anything else is refused before undici sees it. */
function headerText(name: string, text: string): string {
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(text)) throw invalid(`"${name}" holds characters a header cannot carry.`);
  return text;
}

function toText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function invalid(message: string): AppError {
  return new AppError('operation_input_invalid', { message, details: { wasSent: false } });
}
