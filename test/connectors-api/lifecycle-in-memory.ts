/** The registry's own decisions, applied to a state in memory: no database, no server. */
import type { ActionInput, ActionRequest, Changes, LifecycleAction } from '@patchbay/registry';
import { decide } from '@patchbay/registry';
import { digestJson } from '@patchbay/manifest/digest';
import { ConnectorDefinitionSchema } from '@patchbay/manifest';
import { picked, type Command, type Model, type ModelAction, type ModelCaller } from './lifecycle-model.ts';

export type State = ActionRequest['state'];
type Version = State['versions'][number];
type Caller = ActionRequest['caller'];

const now = new Date('2026-01-01T00:00:00Z');
const tenantId = 'owner';

const definition = ConnectorDefinitionSchema.parse({
  base_url: 'https://hello.example.com',
  operations: [{ name: 'say_hello', display_name: 'Say hello', method: 'GET', path: '/hello' }],
});
const [operation] = definition.operations;
const { base_url, auth_scheme } = definition;
const passed = {
  ...{ version: '1.0.0', operation: 'say_hello', isPassed: true, message: undefined, testedAt: now },
  operationHash: digestJson({ base_url, auth_scheme, operation }),
};

const draft: Version = {
  ...{ id: 'v1', version: '1.0.0', revision: 1, stage: 'draft', visibility: 'none', review: 'none', notes: '' },
  ...{ isUnlisted: false, wasCatalogue: false, definition, pendingDefinition: undefined, definitionHash: 'x' },
  ...{ integrity: undefined, sourceRef: undefined, deprecation: undefined, sunsetAt: undefined },
  ...{
    flowVersionId: undefined,
    createdAt: now,
    createdBy: 'user-EA+',
    publishedAt: undefined,
    publishedBy: undefined,
  },
};

/** A connector as it is after its creation. */
export function newState(): State {
  return withVersions(
    {
      ...{ id: 'c', tenantId, isBuiltin: false, isEnabled: true, isSlugLocked: false, runtime: 'declarative' },
      ...{ origin: { kind: 'builder', componentId: undefined }, revision: 1, createdBy: 'user-EA+' },
      identity: {
        ...{ slug: 'sample', name: 'Sample', description: 'Says hello.', type: 'General', category: 'Other' },
        ...{ subcategory: undefined, tags: [], icon: '', image: { tile: 'slate' }, assets: { icons: {} } },
        ...{ url: undefined, documentationUrl: undefined, hasPathHierarchy: false, hasOauthConnect: false },
        processor: { enabled: false },
      },
      ...{ testResults: [passed], ownerSettings: [], versions: [], head: draft, draft },
    },
    [draft],
  );
}

const ranks: Partial<Record<Version['stage'], number>> = { deprecated: 1, blocked: 2, retired: 3, draft: 4 };

function withVersions(state: State, versions: readonly Version[]): State {
  const rank = ({ stage }: Version): number => ranks[stage] ?? 0;
  const head = versions.toSorted((left, right) => rank(left) - rank(right))[0] ?? draft;
  return { ...state, versions, head, draft: versions.find(({ stage }) => stage === 'draft') };
}

/** The state after a decision; undefined: the connector is gone. */
export function applied(state: State, changes: Changes): State | undefined {
  if (changes.isDeleted) return undefined;
  const changed = state.versions.map((version) => {
    const change = changes.versions?.find(({ of }) => of === version.version);
    return change === undefined ? version : { ...version, ...change.set };
  });
  const added = changes.newDraft && { ...draft, id: changes.newDraft.version, version: changes.newDraft.version };
  return withVersions(
    {
      ...state,
      isEnabled: changes.isEnabled ?? state.isEnabled,
      isSlugLocked: changes.isSlugLocked ?? state.isSlugLocked,
    },
    added ? [added, ...changed] : changed,
  );
}

const roles: Partial<Record<ModelCaller, Caller['role']>> = {
  ...{ PA: 'platform_admin', DEV: 'developer', VW: 'viewer', DEV2: 'developer', VW2: 'viewer' },
};

function callerOf(kind: ModelCaller): Caller {
  return {
    ...{ userId: `user-${kind}`, name: `${kind}@example.com`, connectorLimit: null },
    tenantId: kind === 'PA' ? 'platform' : kind.endsWith('2') ? 'other' : tenantId,
    role: roles[kind] ?? 'enterprise_admin',
    isPlatformAdmin: kind === 'PA' || kind === 'PA+EA',
    features: { custom_connectors: true, sdk_access: true, review_required: true },
  };
}

const renamed: Partial<Record<ModelAction, LifecycleAction>> = {
  ...{ ask: 'ask_review', approve: 'approve_review', reject: 'reject_review' },
  ...{ disable_all: 'disable', retire_by_force: 'retire' },
};

/** The question to the state machine that a command is. */
export function requestOf(state: State, model: Model, command: Command): ActionRequest {
  const [name = '', audience] = command.action.split(/_(?=enterprise$|catalogue$)/);
  const ofConnector = ['ready', 'new_version', 'enable', 'disable', 'disable_all', 'delete'].includes(command.action);
  const input: ActionInput = {
    ...(!ofConnector && { version: picked(model, command).number }),
    ...(audience !== undefined && { visibility: audience as 'enterprise' | 'catalogue' }),
    ...{ isConfirmed: true, isForced: command.action === 'retire_by_force' },
    disableConnections: command.action === 'disable_all',
  };
  const action = renamed[command.action] ?? (name as LifecycleAction);
  return { action, state, caller: callerOf(command.caller), input, facts: { now, isSlugFree: true } };
}

export { decide };
