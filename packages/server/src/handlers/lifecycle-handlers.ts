import type { RouteBody, RouteId } from '@patchbay/api-contract';
import type { LifecycleAction } from '@patchbay/registry';
import type { RouteCall, RouteHandlers } from '../app/route-handler.ts';
import { callerOf } from './caller.ts';
import type { HandlerDeps } from './deps.ts';

type ConnectorAction =
  | 'readyConnector'
  | 'publishConnector'
  | 'republishConnector'
  | 'unpublishConnector'
  | 'enableConnector'
  | 'disableConnector';
type VersionAction =
  'prereleaseVersion' | 'reviewVersion' | 'blockVersion' | 'unblockVersion' | 'deprecateVersion' | 'retireVersion';
type Reading = 'searchConnectorVersions' | 'getConnectorReferences';

/** The state machine of connectors and their versions. */
export function lifecycleHandlers(
  deps: HandlerDeps,
): RouteHandlers<ConnectorAction | VersionAction | Reading | 'createConnectorVersion'> {
  return { ...connectorActions(deps), ...versionActions(deps), ...readings(deps) };
}

type Input = Parameters<HandlerDeps['registry']['runAction']>[1]['input'];
type AnyCall = Pick<RouteCall<RouteId>, 'principal' | 'revision'> & { readonly params: { readonly id: string } };

function connectorActions({ registry }: HandlerDeps): RouteHandlers<ConnectorAction | 'createConnectorVersion'> {
  const act = createActor(registry);
  return {
    readyConnector: (call) => act('ready', call, {}),
    publishConnector: (call) => act('publish', call, publication(call.body)),
    republishConnector: (call) =>
      act('republish', call, { version: call.body.version, isConfirmed: call.body.confirm }),
    unpublishConnector: (call) => act('unpublish', call, call.body),
    enableConnector: (call) => act('enable', call, {}),
    disableConnector: (call) =>
      act('disable', call, { disableConnections: call.body.disable_connections, reason: call.body.reason }),
    createConnectorVersion: async (call) => {
      const { version, from, source_ref: sourceRef } = call.body;
      return {
        ...(await act('new_version', call, { version: from, newVersion: version, sourceRef })),
        result: 'created',
      };
    },
  };
}

function publication(body: RouteBody<'publishConnector'>): Input {
  const { version, visibility, confirm, notes, deprecate_older: deprecateOlder } = body;
  return { version, visibility, isConfirmed: confirm, notes, deprecateOlder };
}

const decisions = {
  ask: 'ask_review',
  approve: 'approve_review',
  reject: 'reject_review',
  withdraw: 'withdraw_review',
} as const;

function versionActions({ registry }: HandlerDeps): RouteHandlers<VersionAction> {
  const act = createActor(registry);
  return {
    prereleaseVersion: (call) => {
      const { withdraw, visibility } = call.body;
      return act(withdraw ? 'withdraw_prerelease' : 'prerelease', call, { version: call.params.version, visibility });
    },
    reviewVersion: (call) => {
      const { decision, confirm, reason, notes } = call.body;
      return act(decisions[decision], call, { version: call.params.version, isConfirmed: confirm, reason, notes });
    },
    blockVersion: (call) => act('block', call, { version: call.params.version, ...call.body }),
    unblockVersion: (call) => act('unblock', call, { version: call.params.version, ...call.body }),
    deprecateVersion: (call) => {
      const { reason, ...deprecation } = call.body;
      return act('deprecate', call, { version: call.params.version, reason, deprecation });
    },
    retireVersion: (call) => {
      const { force, reason } = call.body;
      return act('retire', call, { version: call.params.version, isForced: force, reason });
    },
  };
}

function readings({ registry }: HandlerDeps): RouteHandlers<Reading> {
  return {
    searchConnectorVersions: ({ principal, params, query }) =>
      registry.searchVersions(callerOf(principal), params.id, query),
    getConnectorReferences: ({ principal, params, query }) =>
      registry.getReferences(callerOf(principal), { idOrSlug: params.id, version: query.version }),
  };
}

function createActor(registry: HandlerDeps['registry']) {
  return async (action: LifecycleAction, { principal, params, revision }: AnyCall, input: Input) => {
    const call = { idOrSlug: params.id, action, input, baseRevision: revision };
    return { ...(await registry.runAction(callerOf(principal), call)), result: 'updated' as const };
  };
}
