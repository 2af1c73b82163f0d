import { isDeepStrictEqual } from 'node:util';
import { AppError, isAppError } from '@patchbay/errors';
import {
  isJsonObject,
  type AuthDefinition,
  type ConnectorDefinition,
  type JsonObject,
  type JsonValue,
} from '@patchbay/manifest';
import { hashDefinition } from '../definition/hash-definition.ts';
import { mergePatch } from '../settings/merge-config.ts';
import { definitionFields, parseDocument, readDocument, toDocument, type ReadDocument } from './connector-document.ts';
import type { ConnectorIdentity, ConnectorState, VersionState } from './connector-state.ts';

/** What a caller wants to have changed. */
export interface EditRequest {
  /** JSON as it came. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The body is the whole connector. */
  readonly isReplacing: boolean;
  /** A replacement without `config` leaves the settings as they are. */
  readonly keepsSettings?: boolean | undefined;
}

/** What an edit would change; nothing is decided yet. */
export interface EditPlan {
  /** The version whose definition it is about: the draft, else the head. */
  readonly target: VersionState;
  /** What the definition was; undefined for packages and components, which have none. */
  readonly before: ConnectorDefinition | undefined;
  readonly identity: ConnectorIdentity;
  readonly definition: ConnectorDefinition | undefined;
  readonly isEnabled: boolean;
  /** Settings as they were sent; undefined: none were. */
  readonly config: JsonObject | undefined;
  readonly changes: {
    readonly identity: boolean;
    readonly slug: boolean;
    readonly definition: boolean;
    readonly authType: boolean;
    readonly switch: boolean;
  };
}

/** Written by the server alone: accepted and ignored (5.17). */
const protectedFields = new Set([
  ...['_id', 'id', 'created', 'updated', 'updated_by', 'builtin', 'stage', 'visibility', 'revision', 'owned', 'origin'],
  ...['slug_locked', 'image', 'published_at', 'version'],
]);

/** Fields of a body that say anything beside the settings of the caller's tenant. */
export function authoredFields(body: EditRequest['body']): string[] {
  return Object.keys(body).filter((field) => field !== 'config' && !protectedFields.has(field));
}

/** True if the versioned part is among what a body would change; also if it cannot be read. */
export function touchesDefinition(state: ConnectorState, request: EditRequest): boolean {
  try {
    return planEdit(state, request).changes.definition;
  } catch (failure) {
    if (!isAppError(failure)) throw failure;
    const current = toDocument(state, definitionOf(targetOf(state)));
    const next = nextDocument(current, request);
    return definitionFields.some((field) => !isDeepStrictEqual(current[field], next[field]));
  }
}

/** Reads what a body asks for. Throws `validation_error`; `invalid_transition` for a definition where there cannot be one. */
export function planEdit(state: ConnectorState, request: EditRequest): EditPlan {
  const target = targetOf(state);
  const before = definitionOf(target);
  // A definition may be large; an edit of the Overview leaves it alone.
  const isAboutDefinition = request.isReplacing || definitionFields.some((field) => field in request.body);
  const current = toDocument(state, isAboutDefinition ? before : undefined);
  const { config, ...document } = nextDocument(current, request);
  const parsed = parseDocument({ ...document, ...(isJsonObject(config) && { config }) });
  assertConfig(config);
  const hasDefinition = definitionFields.some((field) => document[field] !== undefined);
  if (before === undefined && hasDefinition) throw notMadeInBuilder();
  const read = readDocument(parsed, state.identity.slug);
  const definition = before === undefined || !isAboutDefinition ? before : read.definition;
  return {
    target,
    before,
    identity: keepImage(state, read),
    definition,
    isEnabled: read.isEnabled,
    config:
      config === undefined && request.isReplacing && !request.keepsSettings ? {} : (config as JsonObject | undefined),
    changes: changesOf(state, { before, definition, read }),
  };
}

/** The version that an edit of the definition is about. */
export function targetOf(state: ConnectorState): VersionState {
  return state.draft ?? state.head;
}

/** What its author sees: changes that wait for a republication are part of it. */
export function definitionOf(version: VersionState): ConnectorDefinition | undefined {
  return version.pendingDefinition ?? version.definition;
}

/** Settings stay as they were sent: they are merged under their own rules. */
function nextDocument(current: JsonObject, { body, isReplacing }: EditRequest): JsonObject {
  const { config, ...sent } = withoutProtected(body);
  const base = isReplacing ? {} : withoutOldAuth(current, sent);
  const merged = mergePatch(base, sent) as JsonObject;
  const isRemoved = config === null;
  return { ...merged, ...(config !== undefined && { config: isRemoved ? {} : config }) };
}

function withoutProtected(body: EditRequest['body']): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !protectedFields.has(field))) as JsonObject;
}

/** Another authentication type starts empty: fields of the old one mean nothing to it. */
function withoutOldAuth(current: JsonObject, sent: JsonObject): JsonObject {
  const [before, after] = [current['auth_scheme'], sent['auth_scheme']];
  if (!isJsonObject(before) || !isJsonObject(after)) return current;
  if (after['type'] === undefined || after['type'] === before['type']) return current;
  return { ...current, auth_scheme: {} };
}

function assertConfig(config: JsonValue | undefined): void {
  if (config === undefined || isJsonObject(config)) return;
  throw new AppError('validation_error', { details: { fields: [{ path: '/config', message: 'An object.' }] } });
}

function notMadeInBuilder(): AppError {
  return new AppError('invalid_transition', {
    message: 'What this connector does comes with its package or flow and cannot be edited here.',
  });
}

/** An icon that did not change is not drawn anew: that of a package has a tile of its own. */
function keepImage(state: ConnectorState, { identity }: ReadDocument): ConnectorIdentity {
  const before = state.identity;
  const isSame = identity.icon === before.icon && isDeepStrictEqual(identity.assets, before.assets);
  return isSame ? { ...identity, image: before.image } : identity;
}

interface Compared {
  readonly before: ConnectorDefinition | undefined;
  readonly definition: ConnectorDefinition | undefined;
  readonly read: ReadDocument;
}

function changesOf(state: ConnectorState, { before, definition, read }: Compared): EditPlan['changes'] {
  const typeOf = (each: ConnectorDefinition | undefined): AuthDefinition['type'] | undefined => each?.auth_scheme.type;
  return {
    identity: !isDeepStrictEqual(keepImage(state, read), state.identity),
    slug: read.identity.slug !== state.identity.slug,
    definition: isOther(before, definition),
    authType: before !== undefined && typeOf(before) !== typeOf(definition),
    switch: read.isEnabled !== state.isEnabled,
  };
}

function isOther(before: ConnectorDefinition | undefined, after: ConnectorDefinition | undefined): boolean {
  if (before === undefined || after === undefined || before === after) return false;
  return hashDefinition(before) !== hashDefinition(after);
}
