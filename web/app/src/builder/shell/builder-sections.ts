import type { Connector, CreateConnector } from '@patchbay/api-contract/client';

/** Fields of a connector that a person changes in the builder. */
export type ConnectorFields = Pick<
  CreateConnector,
  | 'slug'
  | 'type'
  | 'description'
  | 'category'
  | 'subcategory'
  | 'tags'
  | 'icon'
  | 'documentation_url'
  | 'config'
  | 'base_url'
  | 'auth_scheme'
  | 'operations'
  | 'resilience'
> & { readonly name: string };

/** Name of such a field. */
export type FieldName = keyof ConnectorFields;

/** A part of a connector that is read and edited as one: once ready, each has its own Edit, Save and Cancel (ZO-30). */
export type SectionId = 'basics' | 'look' | 'addresses' | 'auth' | 'operations' | 'resilience';

/** How a section is shown: inputs at once (draft), read-only with Edit, or read-only for good (immutable, or no right). */
export type SectionMode = 'edit' | 'read' | 'closed';

/** What each section holds. */
export const sectionFields: Readonly<Record<SectionId, readonly FieldName[]>> = {
  basics: ['name', 'slug', 'type', 'description', 'category', 'subcategory', 'tags'],
  look: ['icon'],
  addresses: ['base_url', 'documentation_url'],
  auth: ['auth_scheme', 'config'],
  operations: ['operations'],
  resilience: ['resilience'],
};

const fieldNames = Object.values(sectionFields).flat();

/** The fields of a connector as they are stored. */
export function fieldsOfConnector(connector: Connector): ConnectorFields {
  const entries = fieldNames.map((name) => [name, connector[name]] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as ConnectorFields; // the keys are those of ConnectorFields
}

/** A connector that is not stored yet, with the defaults that the server would give it. */
export function blankConnector(): Connector {
  const now = new Date().toISOString();
  return {
    ...{ id: '', created: now, updated: now, revision: 1, slug: '', name: '', description: '', type: 'General' },
    ...{ category: '', tags: [], icon: '', image: { tile: 'slate' }, version: '1.0.0', stage: 'draft' },
    ...{ visibility: 'none', enabled: true, builtin: false, owned: true, vendor: '', runtime: 'declarative' },
    ...{ authTypes: ['none'], operationCount: 0, usedByCount: 0, connection_count: 0, has_draft: true },
    ...{
      path_hierarchy: false,
      assets: { icons: {} },
      oauth_connect_implemented: false,
      processor: { enabled: false },
    },
    ...{ origin: { kind: 'builder' }, slug_locked: false, price: 'free', availability: 'default', actions: {} },
    ...{ base_url: '', auth_scheme: { type: 'none', credential_schema: [] }, operations: [], review: 'none' },
    resilience: {
      ...{ timeout_s: 30, max_retries: 3, retry_delay_s: 1, backoff: 'exponential', rate_limit_per_min: 60 },
      ...{ breaker_threshold: 5, breaker_recovery_s: 30 },
    },
    ...{ has_pending_changes: false, test_results: [], checklist: [], versions: [] },
  };
}

/** How the section may be used. `isOpen`: the person chose Edit. */
export function modeOf(connector: Connector, isOpen: boolean): SectionMode {
  if (connector.stage === 'draft') return mayEdit(connector) ? 'edit' : 'closed';
  const isChangeable = ['ready', 'pre_released', 'published'].includes(connector.stage);
  if (!isChangeable || connector.visibility === 'catalogue' || !mayEdit(connector)) return 'closed';
  return isOpen ? 'edit' : 'read';
}

/** May the caller change the definition at all? Built-ins and packages with code have none that can be written here. */
export function mayEdit(connector: Connector): boolean {
  if (connector.id === '') return true;
  return connector.origin.kind === 'builder' && (connector.actions['edit']?.allowed ?? connector.owned);
}
