import { remoteError, type OperationContext } from '@patchbay/connector-sdk';
import type { HttpAnswer, HttpInput } from './request-schema.ts';

/** Sends one request. Throws a `remote_*` error for a status of 400 and above that the input does not accept. */
export async function send(input: HttpInput, context: OperationContext): Promise<HttpAnswer> {
  const headers = new Headers({ ...input.headers });
  const body = encodeBody(input.body, headers);
  const response = await context.fetch(withQuery(input), {
    method: input.method,
    headers,
    signal: context.signal,
    ...(body === undefined ? {} : { body }),
  });
  const answer = await readAnswer(response);
  if (response.status < 400 || input.acceptStatuses.includes(response.status)) return answer;
  throw remoteError({
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    message: remoteWords(answer),
  });
}

/** The address with the query added, whether it is absolute or a path. */
function withQuery({ url, query }: HttpInput): string {
  const texts = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const added = new URLSearchParams(texts).toString();
  if (added === '') return url;
  const [address = '', fragment] = url.split('#', 2);
  const joined = `${address}${address.includes('?') ? '&' : '?'}${added}`;
  return fragment === undefined ? joined : `${joined}#${fragment}`;
}

function encodeBody(body: HttpInput['body'], headers: Headers): string | undefined {
  if (body === undefined) return undefined;
  if (typeof body === 'string' && headers.has('content-type')) return body;
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return JSON.stringify(body);
}

async function readAnswer(response: Response): Promise<HttpAnswer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const base = { status: response.status, headers: Object.fromEntries(response.headers) };
  if (bytes.length === 0) return { ...base, body: null, bodyEncoding: 'empty' };
  if (/[/+]json\b/i.test(type)) {
    const parsed = parseJson(bytes.toString('utf8'));
    if (parsed !== undefined) return { ...base, body: parsed, bodyEncoding: 'json' };
  }
  const isText = type === '' || /^text\/|[/+](json|xml|javascript|x-www-form-urlencoded)\b|charset=/i.test(type);
  return isText
    ? { ...base, body: bytes.toString('utf8'), bodyEncoding: 'text' }
    : { ...base, body: bytes.toString('base64'), bodyEncoding: 'base64' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The beginning of what the remote said, for the error message. */
function remoteWords({ body, bodyEncoding }: HttpAnswer): string {
  if (bodyEncoding === 'base64' || bodyEncoding === 'empty') return '';
  return (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 300);
}
