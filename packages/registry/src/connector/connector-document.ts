import { CreateConnectorSchema, type CreateConnector } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { ConnectorDefinitionSchema, toPointer, type ConnectorDefinition, type JsonObject } from '@patchbay/manifest';
import type { ConnectorIdentity, ConnectorState } from './connector-state.ts';
import { resolveIcon } from './icon.ts';

/** Fields of the versioned part. */
export const definitionFields = ['base_url', 'auth_scheme', 'operations', 'resilience'] as const;

/** A connector as its author writes it, without settings: what a merge patch is applied to. */
export function toDocument(
  state: Pick<ConnectorState, 'identity' | 'isEnabled'>,
  definition: ConnectorDefinition | undefined,
): JsonObject {
  const { identity } = state;
  const document = {
    name: identity.name,
    slug: identity.slug,
    type: identity.type,
    description: identity.description,
    category: identity.category,
    subcategory: identity.subcategory,
    tags: identity.tags,
    icon: identity.icon,
    assets: identity.assets,
    url: identity.url,
    documentation_url: identity.documentationUrl,
    path_hierarchy: identity.hasPathHierarchy,
    oauth_connect_implemented: identity.hasOauthConnect,
    processor: identity.processor,
    enabled: state.isEnabled,
    ...definition,
  };
  return JSON.parse(JSON.stringify(document)) as JsonObject;
}

/** What a document says, with the defaults of what it leaves out. */
export interface ReadDocument {
  readonly identity: ConnectorIdentity;
  readonly definition: ConnectorDefinition;
  readonly isEnabled: boolean;
  readonly config: JsonObject | undefined;
}

/** Checks a document as a whole. Throws `validation_error`. */
export function parseDocument(document: unknown): CreateConnector {
  const parsed = CreateConnectorSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .slice(0, 100)
    .map((issue) => ({ path: toPointer(issue.path), message: issue.message }));
  throw new AppError('validation_error', { details: { fields } });
}

/** Fills in defaults. `slug` stands for a document without one. Throws `validation_error` for an icon that is none. */
export function readDocument(document: CreateConnector, slug: string): ReadDocument {
  const assets = document.assets ?? { icons: {} };
  return {
    identity: {
      slug: document.slug ?? slug,
      name: document.name,
      description: document.description ?? '',
      type: document.type ?? 'General',
      category: document.category ?? '',
      subcategory: document.subcategory,
      tags: document.tags ?? [],
      ...resolveIcon({ icon: document.icon ?? '', name: document.name }, assets),
      assets,
      url: document.url,
      documentationUrl: document.documentation_url,
      hasPathHierarchy: document.path_hierarchy ?? false,
      hasOauthConnect: document.oauth_connect_implemented ?? false,
      processor: document.processor ?? { enabled: false },
    },
    definition: definitionOf(document),
    isEnabled: document.enabled ?? true,
    config: document.config as JsonObject | undefined,
  };
}

function definitionOf(document: CreateConnector): ConnectorDefinition {
  const given = definitionFields.flatMap((field) =>
    document[field] === undefined ? [] : [[field, document[field]] as const],
  );
  return ConnectorDefinitionSchema.parse(Object.fromEntries(given));
}
