import type { Deprecation, References, Visibility } from '@patchbay/api-contract';
import type { ErrorCode } from '@patchbay/errors';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';

/** Everything that moves a connector or one of its versions; menus name their entries by these. */
export const lifecycleActions = [
  ...(['edit', 'ready', 'prerelease', 'withdraw_prerelease', 'publish', 'republish', 'unpublish'] as const),
  ...(['ask_review', 'withdraw_review', 'approve_review', 'reject_review'] as const),
  ...(['block', 'unblock', 'deprecate', 'retire', 'new_version', 'disable', 'enable', 'delete'] as const),
] as const;
export type LifecycleAction = (typeof lifecycleActions)[number];

/** What a caller may say about an action. Which fields matter is up to the action. */
export interface ActionInput {
  /** Version that the action is about. Absent: the one that {@link LifecycleAction} usually means, mostly the draft. */
  readonly version?: string | undefined;
  readonly visibility?: Exclude<Visibility, 'none'> | undefined;
  readonly isConfirmed?: boolean | undefined;
  /** Retire although it is used (T12). */
  readonly isForced?: boolean | undefined;
  readonly notes?: string | undefined;
  readonly reason?: string | undefined;
  readonly deprecateOlder?: boolean | undefined;
  readonly disableConnections?: boolean | undefined;
  readonly deprecation?: Pick<Deprecation, 'sunset_at' | 'link' | 'replaced_by'> | undefined;
  /** T14: number of the new version, and the ref it is built from. */
  readonly newVersion?: string | undefined;
  readonly sourceRef?: string | undefined;
}

/** What only the database knows. Left out: guards that ask for it are passed over, as on a card. */
export interface GuardFacts {
  readonly now: Date;
  /** Revision of the connector that the caller saw (`If-Match`); `*` and absent: whatever it is. */
  readonly baseRevision?: number | '*' | undefined;
  /** The caller's tenant has a connection to the connector: it sees what is blocked or unlisted (4.2). */
  readonly holdsConnection?: boolean | undefined;
  /** What uses the connector, for `retire` the version; for `republish` authorized connections. */
  readonly references?: References | undefined;
  /** Enabled connections of other tenants. */
  readonly enabledElsewhere?: number | undefined;
  /** No other connector, of whatever tenant, has the slug (5.41). */
  readonly isSlugFree?: boolean | undefined;
}

/** Why not. `details` say what: missing, problems, references, or the stage with the actions that are possible. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** Facets of a version that an action may set. */
export type VersionFacets = Partial<
  Pick<
    VersionState,
    | 'version'
    | 'stage'
    | 'visibility'
    | 'review'
    | 'isUnlisted'
    | 'wasCatalogue'
    | 'deprecation'
    | 'sunsetAt'
    | 'publishedAt'
    | 'publishedBy'
    | 'notes'
  >
>;

/** Facets of one version, found by its number before the change. */
export interface VersionChange {
  readonly of: string;
  readonly set: VersionFacets;
}

/** What an action does to the facets; data, so that it can be stored, tested and shown. */
export interface Changes {
  readonly versions?: readonly VersionChange[];
  readonly isEnabled?: boolean;
  readonly isSlugLocked?: true;
  /** T17. */
  readonly isDeleted?: true;
  /** T14: a draft of this number, copied from another version. */
  readonly newDraft?: { readonly version: string; readonly from: string; readonly sourceRef: string | undefined };
  /** The definition of the version becomes what runs: T3, T6 from a draft, T7. */
  readonly generates?: string;
  /** T15. */
  readonly disablesConnections?: true;
  /** K3. */
  readonly endsAuthorizations?: true;
}

/** One action on one connector, as its guards see it. */
export interface ActionContext {
  readonly state: ConnectorState;
  /** The version that it is about; for actions on the whole connector the head. */
  readonly version: VersionState;
  readonly input: ActionInput;
  readonly facts: GuardFacts;
  /** E-mail of who acts, for `published_by`. */
  readonly actor: string;
}

/** References without anything in them. */
export const noReferences: References = { connections: [], components: [], datasources: [], others: 0 };
