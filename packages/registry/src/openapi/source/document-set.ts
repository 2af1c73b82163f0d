import { AppError } from '@patchbay/errors';
import { isJsonObject, readPointer, type JsonValue } from '@patchbay/manifest';
import { objectOf, type Located } from './located.ts';
import { parseDescription } from './parse-description.ts';
import { tooComplex } from './text-guard.ts';
import { upgradeSwagger } from './upgrade-swagger.ts';

/** Gives the text at an address; the server fetches it under the egress guard. */
export type FetchText = (url: string, maxBytes: number) => Promise<string>;

/** A description with everything it refers to. */
export interface DocumentSet {
  readonly root: Located;
  readonly format: 'swagger-2.0' | 'openapi-3.0' | 'openapi-3.1';
  /** The part itself, or what its `$ref` leads to at last; undefined if it leads nowhere. */
  resolve(part: Located): Located | undefined;
}

const maxDocuments = 20;
const maxRemoteBytes = 10_000_000;
const maxHops = 50;
/** Values that are data, not description: a `$ref` in them is no reference. */
const dataKeys = new Set(['example', 'examples', 'default', 'enum', 'const']);
/** Objects whose keys are names that somebody chose. */
const nameMaps = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'schemas', 'responses']);

/**
 * Reads a description and fetches what it refers to elsewhere.
 *
 * @throws AppError `import_unreadable`, `import_too_complex`, `egress_forbidden`.
 */
export async function loadDocuments(
  source: { readonly text: string; readonly url: string },
  fetchText: FetchText,
): Promise<DocumentSet> {
  const parsed = parseDescription(source.text);
  const format = formatOf(parsed);
  const root = format === 'swagger-2.0' ? upgradeSwagger(parsed) : parsed;
  const documents = new Map<string, Record<string, unknown>>([[source.url, root]]);
  const queue: [string, Record<string, unknown>][] = [[source.url, root]];
  let bytes = 0;
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    for (const reference of foreignReferences(entry[1])) {
      const address = addressOf(reference, entry[0]);
      if (documents.has(address)) continue;
      if (documents.size > maxDocuments) throw tooComplex(`It refers to more than ${String(maxDocuments)} documents.`);
      const text = await fetchReference(fetchText, { reference, address, maxBytes: maxRemoteBytes - bytes });
      bytes += text.length;
      const document = parseDescription(text);
      documents.set(address, document);
      queue.push([address, document]);
    }
  }
  return toDocumentSet({ url: source.url, root, format, documents });
}

interface Loaded {
  readonly url: string;
  readonly root: Record<string, unknown>;
  readonly format: DocumentSet['format'];
  readonly documents: ReadonlyMap<string, Record<string, unknown>>;
}

function toDocumentSet({ url, root, format, documents }: Loaded): DocumentSet {
  const followed = new Map<string, Located | undefined>();
  const follow = (reference: string, base: string): Located | undefined => {
    const key = `${base} ${reference}`;
    if (!followed.has(key)) followed.set(key, lookUp(reference, base));
    return followed.get(key);
  };
  const lookUp = (reference: string, base: string): Located | undefined => {
    const [address, fragment] = splitReference(reference);
    const document = address === '' ? base : resolveAddress(address, base);
    const content = document === undefined ? undefined : documents.get(document);
    if (content === undefined || document === undefined) return undefined;
    const pointer = decodeFragment(fragment);
    const value = pointer === undefined ? undefined : readPointer(content as JsonValue, pointer);
    return value === undefined || pointer === undefined ? undefined : { value, base: document, pointer };
  };
  return {
    root: { value: root, base: url },
    format,
    resolve: (part) => {
      let current: Located | undefined = part;
      for (let hop = 0; current !== undefined && hop < maxHops; hop += 1) {
        const reference: unknown = objectOf(current.value)['$ref'];
        if (typeof reference !== 'string') return current;
        current = follow(reference, current.base);
      }
      return undefined;
    },
  };
}

function formatOf(document: Record<string, unknown>): DocumentSet['format'] {
  const { swagger, openapi } = document;
  if (String(swagger).startsWith('2')) return 'swagger-2.0';
  if (typeof openapi === 'string' && openapi.startsWith('3.0')) return 'openapi-3.0';
  if (typeof openapi === 'string' && openapi.startsWith('3.')) return 'openapi-3.1';
  throw new AppError('import_unreadable', {
    message: 'This is no description we can read: it must say swagger: "2.0", or openapi: 3.0 or 3.1.',
  });
}

/** References to other documents, without those in data. */
function foreignReferences(root: unknown): Set<string> {
  const found = new Set<string>();
  const open: [unknown, boolean][] = [[root, false]];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const [value, isNameMap] = entry;
    if (Array.isArray(value)) for (const item of value) open.push([item, false]);
    if (!isJsonObject(value)) continue;
    const reference = value['$ref'];
    if (typeof reference === 'string' && !isNameMap && !reference.startsWith('#')) found.add(reference);
    for (const [key, child] of Object.entries(value)) {
      if (isNameMap || (!dataKeys.has(key) && !key.startsWith('x-'))) open.push([child, nameMaps.has(key)]);
    }
  }
  return found;
}

function addressOf(reference: string, base: string): string {
  const address = resolveAddress(splitReference(reference)[0], base);
  if (address !== undefined) return address;
  throw new AppError('import_unreadable', {
    message: `The reference "${reference.slice(0, 300)}" leads to another file. Give the address of the description, or put everything in one document.`,
  });
}

function resolveAddress(address: string, base: string): string | undefined {
  const url = URL.parse(address, base === '' ? undefined : base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

async function fetchReference(
  fetchText: FetchText,
  { reference, address, maxBytes }: { reference: string; address: string; maxBytes: number },
): Promise<string> {
  try {
    return await fetchText(address, maxBytes);
  } catch (failure) {
    const { code = 'network_error', message = '' } = failure as Partial<AppError>;
    throw new AppError(code, {
      message: `The reference "${reference.slice(0, 300)}" cannot be followed. ${message}`,
      cause: failure,
    });
  }
}

function splitReference(reference: string): [string, string] {
  const at = reference.indexOf('#');
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at + 1)];
}

/** A fragment as JSON pointer; undefined for an anchor, which we do not follow. */
function decodeFragment(fragment: string): string | undefined {
  if (fragment !== '' && !fragment.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
