/** A tiny model of requirements.md part 4: what every action answers and does, without the code under test. */
import type { Stage } from '@patchbay/api-contract';

/** Those that end in 2 are of the other tenant. */
export const modelCallers = ['PA', 'PA+EA', 'EA+', 'DEV', 'VW', 'E2', 'DEV2', 'VW2'] as const;
export type ModelCaller = (typeof modelCallers)[number];

export interface ModelVersion {
  readonly number: string;
  stage: Stage;
  audience: 'none' | 'enterprise' | 'catalogue';
  /** All tenants could use it once. */
  wasPublic: boolean;
  wasPublished: boolean;
  review: 'none' | 'pending' | 'rejected';
}

export interface ModelConnection {
  readonly id: string;
  /** The one that it was made with. */
  readonly version: string;
  isOn: boolean;
}

/** A connector of a tenant with SDK access and reviews, every operation of which has passed its test. */
export interface Model {
  isOn: boolean;
  isGone: boolean;
  /** Oldest first. */
  readonly versions: ModelVersion[];
  /** Connections of the owner, oldest first. */
  readonly connections: ModelConnection[];
}

export const modelActions = [
  ...(['ready', 'new_version', 'enable', 'disable', 'disable_all', 'delete'] as const),
  ...(['publish_enterprise', 'publish_catalogue', 'prerelease_enterprise', 'prerelease_catalogue'] as const),
  ...(['withdraw_prerelease', 'ask', 'approve', 'reject', 'withdraw_review', 'republish', 'unpublish'] as const),
  ...(['block', 'unblock', 'deprecate', 'retire', 'retire_by_force'] as const),
] as const;
export type ModelAction = (typeof modelActions)[number];

export interface Command {
  readonly action: ModelAction;
  readonly caller: ModelCaller;
  /** Which version, counted from the oldest; taken modulo their number. */
  readonly pick: number;
}

/** Actions that name no version. */
export const ofConnector: ReadonlySet<ModelAction> = new Set([
  ...(['ready', 'new_version', 'enable', 'disable', 'disable_all', 'delete'] as const),
]);

export const newModel = (): Model => ({
  ...{ isOn: true, isGone: false, connections: [] },
  versions: [
    { number: '1.0.0', stage: 'draft', audience: 'none', wasPublic: false, wasPublished: false, review: 'none' },
  ],
});

export const picked = (model: Model, { pick }: Command): ModelVersion =>
  model.versions[pick % model.versions.length] as ModelVersion;

/** Does a command; answers `ok` or the code of the refusal, after which nothing has changed. */
export function step(model: Model, command: Command): string {
  if (model.isGone) return 'connector_not_found';
  const { action, caller } = command;
  const isWhole = ofConnector.has(action);
  const version = picked(model, command);
  const seen = isWhole ? model.versions.some((each) => sees(caller, each)) : sees(caller, version);
  if (!seen) return 'connector_not_found';
  return (
    refusedRight(action, caller, version) ?? (isWhole ? stepWhole(model, action) : stepVersion(model, action, version))
  );
}

function sees(caller: ModelCaller, { stage, audience }: ModelVersion): boolean {
  if (stage === 'draft') return caller === 'EA+' || caller === 'PA+EA';
  if (!caller.endsWith('2')) return true;
  return audience === 'catalogue' && ['pre_released', 'published', 'deprecated'].includes(stage);
}

const isOwner = (caller: ModelCaller): boolean => caller === 'EA+' || caller === 'PA+EA';
const isPlatform = (caller: ModelCaller): boolean => caller === 'PA' || caller === 'PA+EA';
const unless = (isRight: boolean, code = 'forbidden_role'): string | undefined => (isRight ? undefined : code);

function refusedRight(action: ModelAction, caller: ModelCaller, version: ModelVersion): string | undefined {
  const isPublic = version.wasPublic || version.audience === 'catalogue';
  const ofPublisher = isPublic ? isPlatform(caller) : isOwner(caller);
  if (action.endsWith('_catalogue'))
    return unless(isPlatform(caller), isOwner(caller) ? 'scope_not_allowed' : undefined);
  if (action.endsWith('_enterprise'))
    return unless(isOwner(caller), isPlatform(caller) ? 'scope_not_allowed' : undefined);
  if (['approve', 'reject', 'retire_by_force'].includes(action)) return unless(isPlatform(caller));
  if (action === 'block' || action === 'unblock') return unless(isPlatform(caller) || ofPublisher);
  const ofPublication = ['withdraw_prerelease', 'unpublish', 'deprecate', 'retire'];
  return unless(ofPublication.includes(action) ? ofPublisher : isOwner(caller));
}

function stepWhole(model: Model, action: ModelAction): string {
  if (action === 'ready') return markReady(model);
  if (action === 'new_version') return addVersion(model);
  if (action === 'enable' || action.startsWith('disable')) return flip(model, action);
  if (model.connections.length > 0) return 'connector_in_use';
  model.isGone = true;
  return 'ok';
}

/**
 * A developer of the owner makes a connection: `ok` or the code of the refusal (4.2). Which of several offered versions it is made with is not
 * said here, so `version` tells it.
 */
export function connectStep(model: Model, made: { readonly id: string; readonly version: string } | undefined): string {
  const pastDraft = model.versions.filter(({ stage }) => stage !== 'draft');
  const newest = pastDraft.at(-1);
  if (model.isGone || newest === undefined) return 'connector_not_found';
  if (!model.isOn) return 'connector_disabled';
  const offered = pastDraft.filter(({ stage }) => ['ready', 'pre_released', 'published'].includes(stage));
  if (offered.length === 0) return `version_${newest.stage}`;
  if (!offered.some(({ number }) => number === made?.version)) return 'a connection to a version that is offered';
  if (made !== undefined) model.connections.push({ ...made, isOn: true });
  return 'ok';
}

const draftOf = ({ versions }: Model): ModelVersion | undefined => versions.find(({ stage }) => stage === 'draft');

function markReady(model: Model): string {
  const draft = draftOf(model);
  if (draft === undefined) return 'invalid_transition';
  if (!model.isOn) return 'connector_disabled';
  draft.stage = 'ready';
  return 'ok';
}

function addVersion(model: Model): string {
  if (model.versions.every(({ stage }) => stage === 'draft')) return 'invalid_transition';
  if (draftOf(model) !== undefined) return 'draft_exists';
  const [first] = newModel().versions;
  model.versions.push({ ...(first as ModelVersion), number: `1.0.${String(model.versions.length)}` });
  return 'ok';
}

function flip(model: Model, action: ModelAction): string {
  if (model.isOn === (action === 'enable')) return 'invalid_transition';
  if (action === 'disable' && model.connections.some(({ isOn }) => isOn)) return 'connections_enabled';
  model.isOn = action === 'enable';
  if (!model.isOn) for (const connection of model.connections) connection.isOn = false;
  return 'ok';
}

const after: Partial<Record<ModelAction, { readonly from: readonly Stage[]; readonly to: Partial<ModelVersion> }>> = {
  withdraw_prerelease: { from: ['pre_released'], to: { stage: 'ready', audience: 'none' } },
  unpublish: { from: ['published'], to: { stage: 'ready', audience: 'none', review: 'none' } },
  block: { from: ['published'], to: { stage: 'blocked' } },
  unblock: { from: ['blocked'], to: { stage: 'published' } },
  deprecate: { from: ['published', 'blocked'], to: { stage: 'deprecated' } },
  retire: { from: ['deprecated'], to: { stage: 'retired' } },
  retire_by_force: { from: ['deprecated'], to: { stage: 'retired' } },
};

function stepVersion(model: Model, action: ModelAction, version: ModelVersion): string {
  if (action.startsWith('publish_')) return publish(model, version, audienceOf(action));
  if (action.startsWith('prerelease_')) return prerelease(model, version, audienceOf(action));
  if (['ask', 'approve', 'reject', 'withdraw_review'].includes(action)) return review(model, action, version);
  if (action === 'republish') {
    if (version.stage !== 'published') return 'invalid_transition';
    return version.wasPublic ? 'version_immutable' : 'ok';
  }
  const move = after[action];
  if (move === undefined || !move.from.includes(version.stage)) return 'invalid_transition';
  const isUsed = model.connections.some((each) => each.isOn && each.version === version.number);
  if (action === 'retire' && isUsed) return 'connector_in_use';
  Object.assign(version, move.to);
  return 'ok';
}

const audienceOf = (action: ModelAction): 'enterprise' | 'catalogue' =>
  action.endsWith('_catalogue') ? 'catalogue' : 'enterprise';

/** What is asked of everything that reaches an audience. */
function notPublishable({ isOn, versions }: Model, version: ModelVersion): string | undefined {
  if (!isOn) return 'connector_disabled';
  const newer = versions.slice(versions.indexOf(version) + 1).some(({ stage }) => stage !== 'draft');
  return !version.wasPublished && newer ? 'version_exists' : undefined;
}

function publish(model: Model, version: ModelVersion, audience: 'enterprise' | 'catalogue'): string {
  const isWider = version.audience === 'enterprise' && audience === 'catalogue';
  if (version.stage === 'published' ? !isWider : !['draft', 'ready', 'pre_released'].includes(version.stage)) {
    return 'invalid_transition';
  }
  const refusal = notPublishable(model, version);
  if (refusal !== undefined) return refusal;
  if (version.audience === 'catalogue' && audience === 'enterprise') return 'invalid_transition';
  offer(version, 'published', audience);
  version.wasPublished = true;
  return 'ok';
}

function prerelease(model: Model, version: ModelVersion, audience: 'enterprise' | 'catalogue'): string {
  if (version.stage !== 'ready') return 'invalid_transition';
  const refusal = notPublishable(model, version);
  if (refusal !== undefined) return refusal;
  offer(version, 'pre_released', audience);
  return 'ok';
}

function offer(version: ModelVersion, stage: Stage, audience: 'enterprise' | 'catalogue'): void {
  const wasPublic = version.wasPublic || audience === 'catalogue';
  Object.assign(version, { stage, audience, wasPublic, review: 'none' });
}

function review(model: Model, action: ModelAction, version: ModelVersion): string {
  const isPending = version.review === 'pending';
  if (version.stage !== 'ready' || (action === 'ask') === isPending) return 'invalid_transition';
  if (action === 'reject' || action === 'withdraw_review') {
    version.review = action === 'reject' ? 'rejected' : 'none';
    return 'ok';
  }
  const refusal = notPublishable(model, version);
  if (refusal !== undefined) return refusal;
  if (action === 'ask') version.review = 'pending';
  else return publish(model, version, 'catalogue');
  return 'ok';
}
