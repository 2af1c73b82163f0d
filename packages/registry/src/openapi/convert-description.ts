import type { OpenApiPreview } from '@patchbay/api-contract';
import { convertOperation } from './operation/convert-operation.ts';
import { nameOperations, type NameSource } from './operation/operation-names.ts';
import { readServers } from './operation/read-servers.ts';
import { readSecurity } from './read-security.ts';
import { loadDocuments, type DocumentSet, type FetchText } from './source/document-set.ts';
import { childOf, childrenOf, objectOf, textAt, type Located } from './source/located.ts';
import { tooComplex } from './source/text-guard.ts';

/** Most operations of one description. */
const maxOperations = 5_000;
/** All schemas together stay about this large, so that a preview can be sent and a connector stored. */
const schemaBudget = 10_000_000;
const leastSchemaBytes = 8_000;
const mostSchemaBytes = 60_000;
/** Everything a path item may hold that is a method; those that we cannot call are named. */
const methods = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace', 'query'];

/** A text and where it came from; `url` is empty if it came without an address. */
export interface DescriptionSource {
  readonly text: string;
  readonly url: string;
}

/**
 * What an OpenAPI 3.0 or 3.1 or Swagger 2.0 description would give. Nothing is dropped in silence: what cannot be used
 * says why.
 *
 * @throws AppError `import_unreadable`, `import_too_complex`, and what `fetchText` throws.
 */
export async function convertDescription(source: DescriptionSource, fetchText: FetchText): Promise<OpenApiPreview> {
  const documents = await loadDocuments(source, fetchText);
  const warnings = new Set<string>();
  const found = findOperations(documents, (message) => warnings.add(message));
  if (found.length > maxOperations) throw tooComplex(`It has more than ${String(maxOperations)} operations.`);
  const servers = readServers(documents.root);
  const [baseUrl = ''] = servers;
  if (baseUrl === '') warnings.add('The description names no server with a whole address; enter the base URL.');
  warnOfRest(documents, (message) => warnings.add(message));
  const names = nameOperations(found);
  const schemaBytes = Math.min(
    mostSchemaBytes,
    Math.max(leastSchemaBytes, Math.floor(schemaBudget / (found.length + 1))),
  );
  const operations = found.map((operation) =>
    convertOperation(
      { ...operation, documents, schemaBytes },
      { key: operation.key, name: names.get(operation.key) ?? operation.key, baseUrl },
    ),
  );
  const { auth, alternatives } = readSecurity(documents);
  return {
    format: documents.format,
    ...describe(documents),
    base_url: baseUrl,
    servers,
    ...(auth === undefined ? {} : { auth_scheme: auth }),
    auth_alternatives: alternatives,
    operations,
    removed: [],
    warnings: [...warnings],
  };
}

function describe(
  documents: DocumentSet,
): Pick<OpenApiPreview, 'name' | 'description' | 'version' | 'documentation_url'> {
  const info = childOf(documents.root, 'info');
  const documentation = URL.parse(textAt(childOf(documents.root, 'externalDocs'), 'url') ?? '');
  const isWeb = documentation !== null && /^https?:$/.test(documentation.protocol);
  return {
    name: (textAt(info, 'title') ?? '').trim().slice(0, 120) || 'Untitled API',
    description: (textAt(info, 'description') ?? textAt(info, 'summary') ?? '').slice(0, 4_000),
    version: versionOf(objectOf(info.value)['version']).slice(0, 60),
    ...(isWeb ? { documentation_url: documentation.href.slice(0, 2_000) } : {}),
  };
}

/** YAML makes a number of `1.0`. */
function versionOf(version: unknown): string {
  return typeof version === 'string' || typeof version === 'number' ? String(version) : '';
}

interface FoundOperation extends NameSource {
  readonly item: Located;
  readonly operation: Located;
}

function findOperations(documents: DocumentSet, warn: (message: string) => void): FoundOperation[] {
  return childrenOf(childOf(documents.root, 'paths'))
    .filter(([path]) => !path.startsWith('x-'))
    .flatMap(([path, part]): FoundOperation[] => {
      const item = documents.resolve(part);
      if (item === undefined) {
        warn(`The path ${path.slice(0, 200)} leads nowhere.`);
        return [];
      }
      return methods
        .map((method) => ({ method: method.toUpperCase(), operation: childOf(item, method) }))
        .filter(({ operation }) => Object.keys(objectOf(operation.value)).length > 0)
        .map(({ method, operation }) => ({
          key: `${method} ${path}`.slice(0, 2_200),
          method,
          path,
          item,
          operation,
          operationId: textAt(operation, 'operationId'),
        }));
    });
}

function warnOfRest(documents: DocumentSet, warn: (message: string) => void): void {
  const webhooks = [...Object.keys(objectOf(childOf(documents.root, 'webhooks').value))];
  if (webhooks.length > 0) {
    warn(
      `Webhooks are not received: ${webhooks.slice(0, 20).join(', ').slice(0, 400)}${webhooks.length > 20 ? ', …' : ''}.`,
    );
  }
  const { jsonSchemaDialect } = objectOf(documents.root.value);
  if (
    typeof jsonSchemaDialect === 'string' &&
    !/2020-12|oas\.openapis\.org|spec\.openapis\.org/.test(jsonSchemaDialect)
  ) {
    warn(`Schemas are read as JSON Schema 2020-12, not as ${jsonSchemaDialect.slice(0, 200)}.`);
  }
}
