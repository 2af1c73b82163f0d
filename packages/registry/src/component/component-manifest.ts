import { AppError } from '@patchbay/errors';
import { checkManifest, ConnectorManifestSchema, type ConnectorManifest } from '@patchbay/manifest';
import { identityOfManifest, type ManifestPlace } from '../definition/identity-of-manifest.ts';

/** Name of the one operation of a connector that was made from a flow. */
export const componentOperation = 'call';

/** Longest time a caller waits for the flow behind the connector. */
const timeoutMs = 5 * 60_000;

/** What the flow behind a connector takes and runs. */
export interface ComponentContent {
  readonly flowId: string;
  readonly flowVersionId: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema of the body that the webhook of the flow takes. */
  readonly bodySchema: Readonly<Record<string, unknown>>;
}

/**
 * The manifest of a connector that runs a flow version: one operation whose input is the body of the flow's webhook. A body that is no
 * object stands in the field `body`. Throws `validation_error` if the flow has a body schema that no connector may have.
 */
export function toComponentManifest(content: ComponentContent, place: ManifestPlace): ConnectorManifest {
  const { tenantId } = place;
  const isObject = content.bodySchema['type'] === 'object' || content.bodySchema['properties'] !== undefined;
  const input = isObject
    ? { ...content.bodySchema, type: 'object' }
    : { type: 'object', properties: { body: { title: 'Body', ...content.bodySchema } } };
  const manifest = ConnectorManifestSchema.parse({
    ...identityOfManifest(place),
    runtime: 'flow',
    flow: {
      ...{ flowId: content.flowId, flowVersionId: content.flowVersionId, tenantId },
      ...(!isObject && { bodyField: 'body' }),
    },
    auth: [{ type: 'none' }],
    operations: [
      {
        name: componentOperation,
        title: content.title.slice(0, 120),
        description: content.description.slice(0, 4_000),
        // The run of the flow is found again by the key: an attempt that is repeated starts no second one.
        effect: 'keyed',
        input,
        output: {},
      },
    ],
    resilience: { timeoutMs, maxRetries: 0 },
  });
  const fields = checkManifest(manifest);
  if (fields.length > 0) throw new AppError('validation_error', { details: { fields } });
  return manifest;
}
