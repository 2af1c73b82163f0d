import type { References, Stage } from '@patchbay/api-contract';
import { compareVersions } from '@patchbay/manifest';
import type { VersionState } from '../connector/connector-state.ts';
import { reauthorizingChanges } from '../connector/edit-impact.ts';
import { missingAuthDetails, publishProblems } from './checklist.ts';
import { noReferences, type ActionContext, type Refusal } from './lifecycle-action.ts';

/** Group of a guard; the groups are asked in this order (requirements.md 4.1). */
export const guardKinds = ['request', 'state', 'references', 'content'] as const;

/** One condition of a transition. */
export interface Guard {
  readonly kind: (typeof guardKinds)[number];
  refuse(context: ActionContext): Refusal | undefined;
}

const guard = (kind: Guard['kind'], refuse: Guard['refuse']): Guard => ({ kind, refuse });

/** DI-76. */
export const confirmed = guard('request', ({ input }) =>
  input.isConfirmed === true ? undefined : { code: 'confirmation_required' },
);

/** ZO-24. */
export const switchedOn = guard('state', ({ state }) => (state.isEnabled ? undefined : { code: 'connector_disabled' }));

/** A version that was never published must be newer than all that left the draft (T6, DI-81x). */
export const newerThanAll = guard('state', ({ state, version, input }) => {
  if (version.publishedAt !== undefined) return undefined;
  const number = renamedTo({ version, input }) ?? version.version;
  const newer = state.versions.find(
    (other) => other !== version && other.stage !== 'draft' && compareVersions(other.version, number) >= 0,
  );
  return newer && { code: 'version_exists', details: { version: number, newest: newer.version } };
});

/** A draft may be published under another number than the one it was made with. */
export function renamedTo({ version, input }: Pick<ActionContext, 'version' | 'input'>): string | undefined {
  return version.stage === 'draft' && input.version !== version.version ? input.version : undefined;
}

/** What all tenants see needs a slug that no tenant has (5.41). Does not say who has it. */
export const slugFreeEverywhere = guard('state', ({ state, input, facts }) =>
  input.visibility === 'catalogue' && facts.isSlugFree === false
    ? { code: 'slug_taken', details: { slug: state.identity.slug } }
    : undefined,
);

/** What was offered to all is not taken back to one tenant. */
export const notNarrower = guard('state', ({ version, input }) =>
  version.visibility === 'catalogue' && input.visibility === 'enterprise'
    ? { code: 'invalid_transition', message: 'The audience of a version cannot be made smaller.' }
    : undefined,
);

/** T8 is for a private version that goes public; anything else has its audience already. */
export const goesPublic = guard('state', ({ version, input }) => {
  if (version.visibility === 'enterprise' && input.visibility === 'catalogue') return undefined;
  const isSame = version.visibility === input.visibility;
  const message = isSame
    ? 'It is published to this audience already.'
    : 'The audience of a version cannot be made smaller.';
  return { code: 'invalid_transition', message, details: stageDetails(version) };
});

/** CH-16, 5.5. */
export const neverPublic = guard('state', ({ version }) =>
  version.visibility === 'catalogue' || version.wasCatalogue
    ? { code: 'version_immutable', details: stageDetails(version) }
    : undefined,
);

const onReview = (wanted: VersionState['review'][]): Guard =>
  guard('state', ({ version }) =>
    wanted.includes(version.review)
      ? undefined
      : {
          code: 'invalid_transition',
          message: version.review === 'pending' ? 'A review is asked for already.' : 'No review is asked for.',
          details: { ...stageDetails(version), review: version.review },
        },
  );
export const noReviewPending = onReview(['none', 'rejected']);
export const reviewPending = onReview(['pending']);

/** T14: one draft at a time. */
export const noDraft = guard('state', ({ state }) =>
  state.draft === undefined ? undefined : { code: 'draft_exists', details: { version: state.draft.version } },
);

/** T14: numbers only grow, also past retired ones. */
export const greaterNumber = guard('state', ({ state, input }) => {
  const number = input.newVersion;
  const newest = greatestVersion(state.versions);
  if (number === undefined || compareVersions(number, newest) > 0) return undefined;
  return { code: 'version_exists', details: { version: number, newest } };
});

/** T14 copies what a person wrote; versions of packages and flows come from their own place. */
export const madeInBuilder = guard('state', ({ state }) =>
  state.origin.kind === 'builder'
    ? undefined
    : {
        code: 'invalid_transition',
        message:
          state.origin.kind === 'component'
            ? 'New versions of this connector come from its flow.'
            : 'New versions of this connector come with its package.',
      },
);

/** The newest number there is. */
export function greatestVersion(versions: readonly Pick<VersionState, 'version'>[]): string {
  return (
    versions
      .map((each) => each.version)
      .toSorted(compareVersions)
      .at(-1) ?? '0.0.0'
  );
}

export const isOn = guard('state', ({ state }) =>
  state.isEnabled ? undefined : { code: 'invalid_transition', message: 'The connector is disabled already.' },
);
export const isOff = guard('state', ({ state }) =>
  state.isEnabled ? { code: 'invalid_transition', message: 'The connector is enabled already.' } : undefined,
);

/** `replaced_by` names a version that people can move to. */
export const replacementExists = guard('request', ({ state, version, input }) => {
  const replacement = input.deprecation?.replaced_by;
  if (replacement === undefined) return undefined;
  if (state.versions.some((each) => each.version === replacement && each !== version)) return undefined;
  const fields = [{ path: '/replaced_by', message: 'The connector has no other version of this number.' }];
  return { code: 'validation_error', details: { fields } };
});

/** ZO-51: connections of all tenants count, those of the caller's are named (part 3, Reference). */
export const connectionsOff = guard('references', ({ input, facts }) => {
  if (facts.references === undefined) return undefined;
  const enabled = facts.references.connections.filter((connection) => connection.enabled);
  const others = facts.enabledElsewhere ?? 0;
  const stay = input.disableConnections === true ? others : others + enabled.length;
  if (stay === 0) return undefined;
  return { code: 'connections_enabled', details: { references: { ...noReferences, connections: enabled, others } } };
});

/** T12: no enabled connection and no deployed flow uses the version; the facts hold only such references. */
export const versionUnused = guard('references', ({ input, facts: { references } }) =>
  references !== undefined && input.isForced !== true && isUsed(references) ? inUse(references) : undefined,
);

/** T17: nothing in any tenant refers to it. */
export const connectorUnused = guard('references', ({ facts: { references } }) =>
  references !== undefined && isUsed(references) ? inUse(references) : undefined,
);

const inUse = (references: References): Refusal => ({ code: 'connector_in_use', details: { references } });

/** Whether anything stands in the references. */
export function isUsed({ connections, components, datasources, others }: References): boolean {
  return connections.length + components.length + datasources.length + others > 0;
}

/** ZO-35: what is pending would end authorizations; first the list of those, then with a yes the end. */
export const authorizationsKept = guard('references', ({ version, input, facts: { references } }) => {
  const changed = endingChanges(version);
  if (changed.length === 0 || input.isConfirmed === true || references === undefined || !isUsed(references))
    return undefined;
  return { code: 'reauthorization_impact', details: { changed, references } };
});

/** Listed parameters (ZO-32 to ZO-34) that the pending definition changes. */
export function endingChanges({ definition, pendingDefinition }: VersionState): string[] {
  if (definition === undefined || pendingDefinition === undefined) return [];
  return reauthorizingChanges(definition.auth_scheme, pendingDefinition.auth_scheme);
}

/** 4.4. */
export const authComplete = guard('content', ({ state, version }) => {
  const missing = missingAuthDetails(state, version);
  return missing.length === 0 ? undefined : { code: 'auth_details_incomplete', details: { missing } };
});

/** T6. */
export const checklistDone = guard('content', ({ state, version }) => {
  const problems = publishProblems(state, version);
  return problems.length === 0 ? undefined : { code: 'publish_checklist_failed', details: { problems } };
});

/** The stage that a refusal is about. */
export function stageDetails(version: Pick<VersionState, 'version' | 'stage' | 'visibility'>): {
  version: string;
  stage: Stage;
  visibility: string;
} {
  return { version: version.version, stage: version.stage, visibility: version.visibility };
}
