import { AppError } from '@patchbay/errors';
import {
  manifestSchemaId,
  parseManifest,
  type ConnectorManifest,
  type ConnectorManifestInput,
  type JsonSchemaObject,
} from '@patchbay/manifest';
import { z } from 'zod';
import type { Connector, DeclarativeConnector, ProcessorDefinition } from './define-connector.ts';
import type { OperationDefinition } from './define-operation.ts';

/** What the files of the package add to the manifest. */
export interface ConnectorAssets {
  /** `name` of package.json. */
  readonly id: string;
  /** `version` of package.json. */
  readonly version: string;
  readonly license: string;
  /** Text of icon.svg. */
  readonly iconSvg: string;
  /** Text of README.md. */
  readonly docs: string;
}

/** Where the bundle of a connector with code stands in its package. */
export const bundleEntry = './dist/index.mjs';

/**
 * Computes the manifest of a connector; pure. Throws `manifest_invalid` for whatever the manifest rules forbid, for a
 * schema that JSON Schema cannot express and for an input that lets unknown fields pass.
 */
export function toManifest(connector: Connector | DeclarativeConnector, assets: ConnectorAssets): ConnectorManifest {
  const { tile, ...profile } = connector.profile;
  const base = {
    ...profile,
    $schema: manifestSchemaId,
    id: assets.id,
    version: assets.version,
    license: assets.license,
    icon: { dataUri: toSvgDataUri(assets.iconSvg), ...(tile === undefined ? {} : { tile }) },
    docs: assets.docs,
    ...(connector.processors.length > 0 && { processors: processorsOf(connector) }),
  } satisfies Partial<ConnectorManifestInput>;
  return connector.kind === 'declarative'
    ? parseManifest({ ...base, runtime: 'declarative', operations: connector.operations })
    : parseManifest({
        ...base,
        runtime: connector.runtime,
        entry: bundleEntry,
        operations: connector.operations.map(toOperation),
      });
}

function processorsOf(connector: Connector | DeclarativeConnector): NonNullable<ConnectorManifestInput['processors']> {
  if (connector.kind === 'declarative') return [...connector.processors];
  return connector.processors.map((processor) => ({ ...processor, operation: operationNameOf(connector, processor) }));
}

/** Another operation of the same name would be a surprise at run time. */
function operationNameOf({ operations }: Connector, { name, operation }: ProcessorDefinition): string {
  if (operations.includes(operation)) return operation.name;
  throw new AppError('manifest_invalid', {
    message: `The processor ${name} uses the operation ${operation.name}, which is not among the operations of the connector.`,
  });
}

/** The manifest as the text of connector.json: two spaces, one newline at the end. */
export function renderManifest(manifest: ConnectorManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function toOperation(definition: OperationDefinition): ConnectorManifestInput['operations'][number] {
  const { name, title, effect, input, output, samples } = definition;
  const inputSchema = toJsonSchema(input, { io: 'input', place: `${name}.input` });
  if (inputSchema['additionalProperties'] !== false) {
    throw new AppError('manifest_invalid', {
      message: `The input of ${name} must be a z.strictObject, so that a mistyped field is an error.`,
    });
  }
  return {
    name,
    title,
    description: definition.description,
    effect,
    ui: definition.ui,
    resilience: definition.resilience,
    deprecated: definition.deprecated,
    input: inputSchema,
    output: toJsonSchema(output, { io: 'output', place: `${name}.output` }),
    samples: samples?.map((sample) => ({ ...sample })),
  };
}

function toJsonSchema(schema: z.ZodType, options: { io: 'input' | 'output'; place: string }): JsonSchemaObject {
  try {
    const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
      io: options.io,
      unrepresentable: 'throw',
      override: dropSafeIntegerBounds,
    });
    return JSON.parse(JSON.stringify(rest)) as JsonSchemaObject;
  } catch (cause) {
    throw new AppError('manifest_invalid', {
      message: `JSON Schema cannot express ${options.place}; parse to richer types inside run.`,
      cause,
    });
  }
}

/** zod writes the bounds of safe integers into every integer; in a form they are noise. */
function dropSafeIntegerBounds({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** UTF-8 safe base64 data URI without Buffer, because the builder in the browser makes manifests too. */
function toSvgDataUri(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  return `data:image/svg+xml;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}
