import type { DeclarativeConnector } from '@patchbay/connector-sdk';
import { createSchemaBundle, type Schema } from './schema-bundle.ts';
import type { SelectedRoute } from './selection.ts';

type Operation = DeclarativeConnector['operations'][number];
type Parameter = NonNullable<NonNullable<Operation['request']>['parameters']>[number];

/** The parts of an OpenAPI 3.1 document that are read. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface OpenApiOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content?: JsonContent };
  readonly responses?: Readonly<Record<string, { readonly content?: JsonContent }>>;
}

type JsonContent = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Field {
  readonly parameter: Parameter;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;

/** Turns the selected routes of an OpenAPI document into declarative operations. Throws when one is missing. */
export function operationsFromOpenApi(document: OpenApiDocument, selection: readonly SelectedRoute[]): Operation[] {
  return selection.map((selected) => {
    const [path, method, route] = findRoute(document, selected.operationId);
    return toOperation({ document, selected, path, method, route });
  });
}

function findRoute(
  document: OpenApiDocument,
  operationId: string,
): [string, (typeof methods)[number], OpenApiOperation] {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const route = item[method.toLowerCase()];
      if (route?.operationId === operationId) return [path, method, route];
    }
  }
  throw new Error(`the OpenAPI document has no operation ${operationId}`);
}

interface Source {
  readonly document: OpenApiDocument;
  readonly selected: SelectedRoute;
  readonly path: string;
  readonly method: (typeof methods)[number];
  readonly route: OpenApiOperation;
}

function toOperation({ document, selected, path, method, route }: Source): Operation {
  const { idempotencyKey, outputPointer, name, title, effect, sample } = selected;
  const fields = [...parameterFields(route), ...bodyFields(document, route)].filter(
    ({ parameter }) => parameter.name !== idempotencyKey?.name,
  );
  return {
    name,
    title,
    description: route.summary ?? title,
    effect,
    input: toInput(document, fields),
    output: toOutput(document, route, outputPointer),
    request: {
      method,
      path,
      parameters: fields.map(({ parameter }) => parameter),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      ...(outputPointer === undefined ? {} : { outputPointer }),
    },
    samples: [{ ...sample }],
  };
}

function parameterFields(route: OpenApiOperation): Field[] {
  return (route.parameters ?? []).flatMap((parameter): Field[] => {
    const location = parameter.in;
    if (location !== 'path' && location !== 'query' && location !== 'header') return [];
    const described = parameter.description === undefined ? {} : { description: parameter.description };
    return [
      {
        parameter: { name: parameter.name, location },
        schema: { ...described, ...parameter.schema },
        isRequired: parameter.required === true,
      },
    ];
  });
}

function bodyFields(document: OpenApiDocument, route: OpenApiOperation): Field[] {
  const schema = route.requestBody?.content?.['application/json']?.schema;
  if (schema === undefined) return [];
  const body = createSchemaBundle(document.components?.schemas ?? {}).resolve(schema);
  const required = Array.isArray(body['required']) ? body['required'] : [];
  const properties = (body['properties'] ?? {}) as Record<string, Schema>;
  return Object.entries(properties).map(([name, property]) => ({
    parameter: { name, location: 'body' },
    schema: property,
    isRequired: required.includes(name),
  }));
}

function toInput(document: OpenApiDocument, fields: readonly Field[]): Record<string, unknown> {
  const bundle = createSchemaBundle(document.components?.schemas ?? {});
  const properties = fields.map(({ parameter: { name }, schema }) => [
    name,
    { title: toTitle(name), ...(bundle.inline(schema) as Schema) },
  ]);
  return withDefinitions(bundle.definitions(), {
    type: 'object',
    properties: Object.fromEntries(properties) as Record<string, unknown>,
    required: fields.filter(({ isRequired }) => isRequired).map(({ parameter }) => parameter.name),
    additionalProperties: false,
  });
}

function toOutput(document: OpenApiDocument, route: OpenApiOperation, pointer = ''): Record<string, unknown> {
  const bundle = createSchemaBundle(document.components?.schemas ?? {});
  let schema = successSchema(route);
  for (const segment of pointer.split('/').slice(1)) {
    const properties = (bundle.resolve(schema)['properties'] ?? {}) as Record<string, Schema>;
    schema = properties[segment] ?? {};
  }
  const output = bundle.inline(schema) as Schema;
  return withDefinitions(bundle.definitions(), output);
}

function successSchema(route: OpenApiOperation): Schema {
  const success = Object.entries(route.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
  return success?.content?.['application/json']?.schema ?? {};
}

function withDefinitions(definitions: Record<string, unknown>, schema: Schema): Record<string, unknown> {
  return Object.keys(definitions).length === 0 ? { ...schema } : { ...schema, $defs: definitions };
}

/** `startedAfter` becomes `Started after`. */
function toTitle(name: string): string {
  const words = name
    .replace(/^_/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
