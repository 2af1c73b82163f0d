import { AppError } from '@patchbay/errors';
import {
  isJsonObject,
  type ConnectorManifest,
  type JsonObject,
  type JsonValue,
  type Operation,
  type Parameter,
  type RequestTemplate,
} from '@patchbay/manifest';
import { hasHeader } from '../http/authorizer.ts';
import { writeBody, type WrittenBody } from './write-body.ts';
import { encodeText, writePath, writeQuery, writeSimple, type StyledValue } from './write-parameter.ts';

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

interface PlacedValue extends StyledValue {
  readonly location: Parameter['location'];
}

/**
 * Fills a request template: base URL and path (DI-39), parameters in their places (DI-41) and styles, the body in its
 * content type. Throws `operation_input_invalid` for a value that would change the shape of the address or the header.
 */
export async function buildRequest(source: RequestSource): Promise<BuiltRequest> {
  const { request } = source;
  const placed = placeValues(source);
  const at = (location: Parameter['location']): PlacedValue[] => placed.filter((value) => value.location === location);
  const url = joinUrl(fillBaseUrl(source), fillPath(request.path, at('path')));
  appendQuery(url, request.query, at('query'));
  const headers = buildHeaders(source, at('header'));
  const body = await buildBody(source, at('body'));
  if (body !== undefined && !hasHeader(headers, 'content-type')) headers['content-type'] = body.contentType;
  return { method: request.method, url, headers, ...(body === undefined ? {} : { body: body.bytes }) };
}

function placeValues(source: RequestSource): PlacedValue[] {
  const { request, input } = source;
  const placed = request.parameters.flatMap((parameter): PlacedValue[] => {
    const value = Object.hasOwn(input, parameter.name) ? input[parameter.name] : undefined;
    return value === undefined ? [] : [toPlaced(parameter, value)];
  });
  const key = placeKey(source);
  const isGiven = placed.some(({ location, name }) => location === key?.location && name.toLowerCase() === key.name);
  return key === undefined || isGiven ? placed : [...placed, key];
}

/** Without a style: `form` in the query and exploded, `simple` elsewhere, as OpenAPI 3 has it. */
function toPlaced({ location, name, wireName, style, explode }: Parameter, value: JsonValue): PlacedValue {
  const effective = style ?? (location === 'query' ? 'form' : 'simple');
  return { location, name: wireName ?? name, value, style: effective, explode: explode ?? effective === 'form' };
}

/** The idempotency key at the place the template names; else in the usual header where repeating would do harm. */
function placeKey({ request, operation, idempotencyKey }: RequestSource): PlacedValue | undefined {
  const { idempotencyKey: place } = request;
  if (place !== undefined) return toPlaced({ location: place.location, name: place.name }, idempotencyKey);
  const isHarmless = operation.effect === 'read' || (request.method !== 'POST' && request.method !== 'PATCH');
  return isHarmless ? undefined : toPlaced({ location: 'header', name: 'idempotency-key' }, idempotencyKey);
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
  const values = new Map(placed.map((value) => [value.name, value]));
  const path = template.replaceAll(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = values.get(name);
    const text = value === undefined || value.value === '' ? '' : writePath(value);
    if (text === '') throw invalid(`"${name}" stands in the path and may not be empty.`);
    return text;
  });
  // `.` and `..` survive encoding and would move the request to another path.
  if (path.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw invalid('A path parameter may not be "." or "..".');
  }
  return path;
}

/** Written by hand: URLSearchParams would encode the delimiters of a list like the items themselves. */
function appendQuery(url: URL, fixed: Readonly<Record<string, string>>, placed: readonly PlacedValue[]): void {
  const parts = [
    url.search.slice(1),
    ...Object.entries(fixed).map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`),
    ...placed.flatMap(writeQuery),
  ];
  url.search = parts.filter((part) => part !== '').join('&');
}

function buildHeaders(source: RequestSource, placed: readonly PlacedValue[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, value, explode } of placed) {
    if (value === null) continue;
    headers[name] = headerText(name, writeSimple(value, { explode, encode: (text) => text }));
  }
  for (const [name, value] of Object.entries(source.request.headers)) {
    if (!hasHeader(headers, name)) headers[name] = value;
  }
  if (!hasHeader(headers, 'accept')) headers['accept'] = 'application/json, */*;q=0.8';
  return headers;
}

async function buildBody(source: RequestSource, placed: readonly PlacedValue[]): Promise<WrittenBody | undefined> {
  const { request, input, operation } = source;
  const fields = Object.fromEntries(placed.map(({ name, value }) => [name, value]));
  const { body } = request;
  if (body === undefined) {
    if (placed.length === 0) return undefined;
    return { bytes: Buffer.from(JSON.stringify(fields)), contentType: 'application/json' };
  }
  const value = Object.hasOwn(input, body.field) ? input[body.field] : undefined;
  if (value === undefined) return undefined;
  // The idempotency key may belong into the body.
  const whole = placed.length > 0 && isJsonObject(value) ? { ...value, ...fields } : value;
  return writeBody({ value: whole, contentType: body.contentType, field: body.field, input: operation.input });
}

/** Header values are bytes without control characters; anything else is refused before undici sees it. */
function headerText(name: string, text: string): string {
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(text)) throw invalid(`"${name}" holds characters a header cannot carry.`);
  return text;
}

function invalid(message: string): AppError {
  return new AppError('operation_input_invalid', { message, details: { wasSent: false } });
}
