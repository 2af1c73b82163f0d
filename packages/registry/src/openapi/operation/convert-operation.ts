import type { ImportedOperation } from '@patchbay/api-contract';
import {
  OperationDefinitionSchema,
  httpMethods,
  type OperationDefinition,
  type ParameterDefinition,
} from '@patchbay/manifest';
import { textsOf } from '../schema/schema-keywords.ts';
import { childOf, childrenOf, objectOf, textAt } from '../source/located.ts';
import { UnsupportedOperation, type OperationSource } from './operation-source.ts';
import { titleOf } from './operation-names.ts';
import { readAnswerSchema } from './read-answer-schema.ts';
import { readBody } from './read-body.ts';
import { readParameters } from './read-parameters.ts';
import { serverPath } from './read-servers.ts';

const maxWarnings = 20;

/** What an operation is called, and where the connector calls. */
export interface OperationNaming {
  readonly key: string;
  readonly name: string;
  readonly baseUrl: string;
}

/** Converts one operation. One that cannot be used says why; nothing that it holds makes the others fail. */
export function convertOperation(source: Omit<OperationSource, 'warn'>, naming: OperationNaming): ImportedOperation {
  const warnings = new Set<string>();
  const full: OperationSource = { ...source, warn: (message) => warnings.add(message) };
  const facts = {
    key: naming.key,
    tags: textsOf(objectOf(source.operation.value)['tags'])
      .slice(0, 20)
      .map((tag) => tag.slice(0, 80)),
    deprecated: objectOf(source.operation.value)['deprecated'] === true,
  };
  try {
    const operation = toDefinition(full, naming);
    return { ...facts, operation, warnings: [...warnings].slice(0, maxWarnings) };
  } catch (failure) {
    if (!(failure instanceof UnsupportedOperation)) throw failure;
    return { ...facts, warnings: [], unsupported: failure.message };
  }
}

function toDefinition(source: OperationSource, { name, baseUrl }: OperationNaming): OperationDefinition {
  const method = httpMethods.find((candidate) => candidate === source.method);
  if (method === undefined) throw new UnsupportedOperation(`The method ${source.method} is not supported.`);
  const [template = '', fixedQuery = ''] = serverPath(source, baseUrl).split('?', 2);
  assertTemplate(template);
  warnOfCallbacks(source);
  const body = readBody(source);
  const parameters = [...readParameters(source), ...fixedParameters(fixedQuery)];
  if (parameters.length > 200) throw new UnsupportedOperation('It has more than 200 parameters.');
  const answer = readAnswerSchema(source);
  const result = OperationDefinitionSchema.safeParse({
    name,
    display_name: titleOf(proseOf(source, 'summary'), name),
    description: (proseOf(source, 'description') ?? '').slice(0, 4_000),
    method,
    path: template,
    parameters,
    ...(body === undefined ? {} : { body }),
    ...(answer === undefined ? {} : { response_schema: answer }),
  });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new UnsupportedOperation(problems.join(' ').slice(0, 300));
}

/** Words of the operation, else those of its path. */
function proseOf({ operation, item }: OperationSource, key: string): string | undefined {
  return textAt(operation, key) ?? textAt(item, key);
}

function assertTemplate(path: string): void {
  if (!path.startsWith('/')) throw new UnsupportedOperation('Its path does not start with a slash.');
  if (path.includes('#')) throw new UnsupportedOperation('Its path holds a #, which is never sent.');
  if (path.length > 2_000) throw new UnsupportedOperation('Its path is too long.');
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const odd = names.find((name) => name.trim() !== name || name === '' || /^[+*?&#./;]|[*]$/.test(name));
  if (odd !== undefined)
    throw new UnsupportedOperation(`Its path holds {${odd.slice(0, 60)}}, which cannot be filled.`);
  if (/[{}]/.test(path.replaceAll(/\{[^{}]*\}/g, '')))
    throw new UnsupportedOperation('Its path has a bracket without its other half.');
}

/** A query that stands in the path itself is sent as it is. */
function fixedParameters(query: string): ParameterDefinition[] {
  return [...new URLSearchParams(query)].map(([name, value]) => ({
    name,
    location: 'query',
    type: 'string',
    required: false,
    default: value,
    schema: { type: 'string', enum: [value] },
  }));
}

function warnOfCallbacks(source: OperationSource): void {
  const callbacks = childrenOf(childOf(source.operation, 'callbacks')).map(([name]) => name);
  if (callbacks.length > 0) source.warn(`Callbacks are not received: ${callbacks.join(', ').slice(0, 200)}.`);
}
