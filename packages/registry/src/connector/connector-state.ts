import type { ConnectorSummary, Deprecation, Stage, Visibility } from '@patchbay/api-contract';
import type { ConnectorDefinition } from '@patchbay/manifest';

/** One version with all its facets (requirements.md part 4). */
export interface VersionState {
  readonly id: string;
  readonly version: string;
  /** Grows when the version stands for another content. */
  readonly revision: number;
  readonly stage: Stage;
  readonly visibility: Visibility;
  readonly review: 'none' | 'pending' | 'rejected';
  /** Unpublished (T13): a ready version that existing connections still use. */
  readonly isUnlisted: boolean;
  /** It was public once: immutable for good. */
  readonly wasCatalogue: boolean;
  /** Undefined for packages with code and for components. */
  readonly definition: ConnectorDefinition | undefined;
  readonly pendingDefinition: ConnectorDefinition | undefined;
  /** Canonical digest of `definition`; empty without one. */
  readonly definitionHash: string;
  /** Undefined for a draft: it has no content yet. */
  readonly integrity: string | undefined;
  readonly sourceRef: string | undefined;
  readonly notes: string;
  readonly deprecation: Deprecation | undefined;
  readonly sunsetAt: Date | undefined;
  readonly flowVersionId: string | undefined;
  readonly createdAt: Date;
  /** Id of the user. */
  readonly createdBy: string;
  readonly publishedAt: Date | undefined;
  /** E-mail. */
  readonly publishedBy: string | undefined;
}

/** The last test of one operation. */
export interface TestResultState {
  readonly version: string;
  readonly operation: string;
  /** Of what was tested; compare with `hashOperation` of the present definition. */
  readonly operationHash: string;
  readonly isPassed: boolean;
  readonly message: string | undefined;
  readonly testedAt: Date;
}

/** What a connector is called and how it is shown: its Overview, outside of the versions. */
export interface ConnectorIdentity {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly type: ConnectorSummary['type'];
  readonly category: string;
  readonly subcategory: string | undefined;
  readonly tags: readonly string[];
  /** As it was given. */
  readonly icon: string;
  /** As a page draws it. */
  readonly image: ConnectorSummary['image'];
  readonly assets: ConnectorSummary['assets'];
  readonly url: string | undefined;
  readonly documentationUrl: string | undefined;
  readonly hasPathHierarchy: boolean;
  readonly hasOauthConnect: boolean;
  readonly processor: ConnectorSummary['processor'];
}

/** All that decisions about a connector depend on, read in one transaction under its lock. */
export interface ConnectorState {
  readonly id: string;
  /** The owner. */
  readonly tenantId: string;
  readonly identity: ConnectorIdentity;
  readonly isBuiltin: boolean;
  readonly isEnabled: boolean;
  readonly isSlugLocked: boolean;
  readonly runtime: ConnectorSummary['runtime'];
  readonly origin: { readonly kind: ConnectorSummary['origin']['kind']; readonly componentId: string | undefined };
  /** Of the whole connector; the value of `If-Match`. */
  readonly revision: number;
  readonly createdBy: string;
  /** Newest first. */
  readonly versions: readonly VersionState[];
  /** The newest version past draft, or the draft if there is no other. */
  readonly head: VersionState;
  readonly draft: VersionState | undefined;
  readonly testResults: readonly TestResultState[];
  /** Top-level keys of the owner's settings that have a value (4.4: client_id, client_secret). */
  readonly ownerSettings: readonly string[];
}
