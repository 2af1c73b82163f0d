import type { ErrorCode } from '@patchbay/errors';
import { platformTenant, type Caller } from '../caller.ts';
import { ownerTenantOf } from '../connector/reader.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import type { ActionInput, LifecycleAction } from './lifecycle-action.ts';

/** What a right is asked for. */
export interface PermissionRequest {
  readonly state: Pick<ConnectorState, 'tenantId'>;
  readonly version: Pick<VersionState, 'visibility' | 'wasCatalogue'>;
  readonly input: ActionInput;
  readonly caller: Caller;
}

/** Gives the code of the refusal; undefined: allowed. */
type Permission = (request: PermissionRequest) => ErrorCode | undefined;

/** The tenant that a new connector of the caller belongs to: a platform administrator alone acts for the platform. */
export function actingTenant(caller: Caller): string {
  return ownerTenantOf(caller);
}

/** T1: who may create at all. Limits and the slug are checked by the one who creates. */
export function mayCreate(caller: Caller): ErrorCode | undefined {
  if (caller.role === 'platform_admin') return undefined;
  if (caller.role !== 'enterprise_admin') return 'forbidden_role';
  if (!caller.features.custom_connectors) return 'feature_not_available';
  return caller.features.sdk_access ? undefined : 'sdk_access_disabled';
}

/** CH-35x: who may make a flow a connector; asked before there is one. */
export function mayPublishComponent(caller: Caller): ErrorCode | undefined {
  return caller.role === 'enterprise_admin' ? mayCreate(caller) : 'forbidden_role';
}

/** Enterprise administrator of the owner with SDK access. */
const asOwner: Permission = ({ state, caller }) => {
  if (caller.role !== 'enterprise_admin' || caller.tenantId !== state.tenantId) return 'forbidden_role';
  return caller.features.sdk_access ? undefined : 'sdk_access_disabled';
};

/** Platform administrators for what the platform owns, else the owner. */
const asAuthor: Permission = (request) =>
  request.caller.isPlatformAdmin && request.state.tenantId === platformTenant ? undefined : asOwner(request);

const asPlatform: Permission = ({ caller }) => (caller.isPlatformAdmin ? undefined : 'forbidden_role');

/** The catalogue belongs to platform administrators, the enterprise to the owner (DI-74, DI-75, 5.26). */
const asPublisherTo: Permission = (request) => {
  const { caller, input } = request;
  const isForCatalogue = (input.visibility ?? defaultAudience(caller)) === 'catalogue';
  if (isForCatalogue && caller.isPlatformAdmin) return undefined;
  const owner = asOwner(request);
  if (!isForCatalogue) return owner === 'forbidden_role' && caller.isPlatformAdmin ? 'scope_not_allowed' : owner;
  return owner ?? 'scope_not_allowed';
};

/** Whom a version is offered to when nobody says. */
export function defaultAudience(caller: Pick<Caller, 'role'>): 'enterprise' | 'catalogue' {
  return caller.role === 'platform_admin' ? 'catalogue' : 'enterprise';
}

/** Who published it, or could have: platform administrators what is or was public, the owner the rest. */
const asPublisher: Permission = (request) => {
  const { version, caller, state } = request;
  const isPublic = version.visibility === 'catalogue' || version.wasCatalogue || state.tenantId === platformTenant;
  if (!isPublic) return asOwner(request);
  return caller.isPlatformAdmin ? undefined : 'forbidden_role';
};

const asRetirer: Permission = (request) => {
  if (request.input.isForced === true && !request.caller.isPlatformAdmin) return 'forbidden_role';
  return request.input.isForced === true ? undefined : asPublisher(request);
};

/** T9 is an emergency stop: platform administrators may use it on what everybody publishes. */
const asStopper: Permission = (request) => (request.caller.isPlatformAdmin ? undefined : asPublisher(request));

/** T6r: the owner asks; without the feature nobody does. */
const asAsker: Permission = (request) =>
  asOwner(request) ?? (request.caller.features.review_required ? undefined : 'scope_not_allowed');

/** requirements.md 4.5, in one place. */
const permissions: Readonly<Record<LifecycleAction, Permission>> = {
  edit: asAuthor,
  ready: asAuthor,
  prerelease: asPublisherTo,
  withdraw_prerelease: asPublisher,
  publish: asPublisherTo,
  republish: asAuthor,
  unpublish: asPublisher,
  ask_review: asAsker,
  withdraw_review: asAsker,
  approve_review: asPlatform,
  reject_review: asPlatform,
  block: asStopper,
  unblock: asStopper,
  deprecate: asPublisher,
  retire: asRetirer,
  new_version: asAuthor,
  disable: asAuthor,
  enable: asAuthor,
  delete: asAuthor,
};

/** Code of the refusal if the caller has not the right to an action (403); undefined: has it. */
export function refuseRole(action: LifecycleAction, request: PermissionRequest): ErrorCode | undefined {
  return permissions[action](request);
}
