import type { Stage } from '@patchbay/api-contract';
import { nextPatch } from './next-version.ts';
import {
  authComplete,
  authorizationsKept,
  checklistDone,
  confirmed,
  connectionsOff,
  connectorUnused,
  endingChanges,
  goesPublic,
  greaterNumber,
  greatestVersion,
  isOff,
  isOn,
  madeInBuilder,
  neverPublic,
  newerThanAll,
  noDraft,
  noReviewPending,
  notNarrower,
  renamedTo,
  replacementExists,
  reviewPending,
  slugFreeEverywhere,
  switchedOn,
  versionUnused,
  type Guard,
} from './guards.ts';
import type { ActionContext, Changes, LifecycleAction, VersionChange, VersionFacets } from './lifecycle-action.ts';

/** One row of requirements.md 4.1. Who may do it stands in permissions.ts, by action. */
export interface Transition {
  readonly id: string;
  readonly action: LifecycleAction;
  /** Stages that the version may be in; `any` for actions on the connector as a whole. */
  readonly from: readonly Stage[] | 'any';
  /** In the order in which they are asked; the first that refuses wins. */
  readonly guards: readonly Guard[];
  readonly effect: (context: ActionContext) => Changes;
}

const set =
  (facets: VersionFacets): Transition['effect'] =>
  ({ version }) => ({
    versions: [{ of: version.version, set: facets }],
  });

const pastDraft: readonly Stage[] = ['ready', 'pre_released', 'published', 'blocked', 'deprecated', 'retired'];

/** T6, T8 and the approval of T6r ask the same of what becomes public or private. */
const publication: readonly Guard[] = [switchedOn, newerThanAll, slugFreeEverywhere, notNarrower];

/**
 * All transitions. What is not here is not possible: `invalid_transition`. T1 is `mayCreate`; the edits T2, T4 and the PUT of T7
 * are one row each, because what they may touch differs by stage (see `decideEdit`).
 */
export const transitionTable: readonly Transition[] = [
  { id: 'T2', action: 'edit', from: ['draft'], guards: [], effect: () => ({}) },
  {
    id: 'T3',
    action: 'ready',
    from: ['draft'],
    guards: [switchedOn, authComplete],
    effect: ({ version }) => ({
      versions: [{ of: version.version, set: { stage: 'ready' } }],
      generates: version.version,
    }),
  },
  { id: 'T4', action: 'edit', from: ['ready'], guards: [neverPublic], effect: () => ({}) },
  {
    id: 'T5',
    action: 'prerelease',
    from: ['ready'],
    guards: [switchedOn, newerThanAll, slugFreeEverywhere, authComplete],
    effect: prereleasing,
  },
  {
    id: 'T5',
    action: 'withdraw_prerelease',
    from: ['pre_released'],
    guards: [],
    effect: set({ stage: 'ready', visibility: 'none', isUnlisted: true }),
  },
  {
    id: 'T6',
    action: 'publish',
    from: ['draft', 'ready', 'pre_released'],
    guards: [confirmed, ...publication, authComplete, checklistDone],
    effect: publishing,
  },
  {
    id: 'T8',
    action: 'publish',
    from: ['published'],
    guards: [confirmed, goesPublic, ...publication, checklistDone],
    effect: publishing,
  },
  {
    id: 'T6r',
    action: 'ask_review',
    from: ['ready'],
    guards: [confirmed, noReviewPending, switchedOn, newerThanAll, authComplete, checklistDone],
    effect: set({ review: 'pending' }),
  },
  { id: 'T6r', action: 'withdraw_review', from: ['ready'], guards: [reviewPending], effect: set({ review: 'none' }) },
  { id: 'T6r', action: 'reject_review', from: ['ready'], guards: [reviewPending], effect: set({ review: 'rejected' }) },
  {
    id: 'T6r',
    action: 'approve_review',
    from: ['ready'],
    guards: [confirmed, reviewPending, ...publication, authComplete, checklistDone],
    effect: publishing,
  },
  { id: 'T7', action: 'edit', from: ['published'], guards: [neverPublic], effect: () => ({}) },
  {
    id: 'T7',
    action: 'republish',
    from: ['published'],
    guards: [neverPublic, authorizationsKept],
    effect: republishing,
  },
  { id: 'T9', action: 'block', from: ['published'], guards: [], effect: set({ stage: 'blocked' }) },
  { id: 'T10', action: 'unblock', from: ['blocked'], guards: [], effect: set({ stage: 'published' }) },
  { id: 'T11', action: 'deprecate', from: ['published', 'blocked'], guards: [replacementExists], effect: deprecating },
  { id: 'T12', action: 'retire', from: ['deprecated'], guards: [versionUnused], effect: set({ stage: 'retired' }) },
  {
    id: 'T13',
    action: 'unpublish',
    from: ['published'],
    guards: [],
    effect: set({ stage: 'ready', visibility: 'none', isUnlisted: true, review: 'none' }),
  },
  {
    id: 'T14',
    action: 'new_version',
    from: pastDraft,
    guards: [madeInBuilder, noDraft, greaterNumber],
    effect: ({ state, version, input }) => ({
      newDraft: {
        version: input.newVersion ?? nextPatch(greatestVersion(state.versions)),
        from: version.version,
        sourceRef: input.sourceRef,
      },
    }),
  },
  {
    id: 'T15',
    action: 'disable',
    from: 'any',
    guards: [isOn, connectionsOff],
    effect: ({ input }) => ({
      isEnabled: false,
      ...(input.disableConnections === true && { disablesConnections: true as const }),
    }),
  },
  { id: 'T16', action: 'enable', from: 'any', guards: [isOff], effect: () => ({ isEnabled: true }) },
  { id: 'T17', action: 'delete', from: 'any', guards: [connectorUnused], effect: () => ({ isDeleted: true }) },
];

function publishing(context: ActionContext): Changes {
  const { version, input, facts, actor } = context;
  const visibility = input.visibility ?? 'enterprise';
  const renamed = renamedTo(context);
  const change: VersionFacets = {
    ...(renamed !== undefined && { version: renamed }),
    ...{ stage: 'published', visibility, review: 'none', isUnlisted: false },
    ...{ publishedAt: facts.now, publishedBy: actor },
    ...(visibility === 'catalogue' && { wasCatalogue: true }),
    ...(input.notes !== undefined && input.notes !== '' && { notes: input.notes }),
  };
  return {
    versions: [{ of: version.version, set: change }, ...olderVersions(context, renamed ?? version.version)],
    isSlugLocked: true,
    ...(version.stage === 'draft' && { generates: renamed ?? version.version }),
  };
}

/** Nothing pending: no change. */
function republishing({ version }: ActionContext): Changes {
  if (version.pendingDefinition === undefined) return {};
  return { generates: version.version, ...(endingChanges(version).length > 0 && { endsAuthorizations: true }) };
}

/** What all tenants could use once never changes again, a pre-release neither: their connections depend on it. */
function prereleasing({ version, input }: ActionContext): Changes {
  const visibility = input.visibility ?? 'enterprise';
  const facets: VersionFacets = {
    ...{ stage: 'pre_released', visibility, review: 'none', isUnlisted: false },
    ...(visibility === 'catalogue' && { wasCatalogue: true }),
  };
  return { versions: [{ of: version.version, set: facets }], isSlugLocked: true };
}

/** CH-26, CH-38x: only if it was asked for, and only those of the same audience. */
function olderVersions({ state, version, input, facts }: ActionContext, replacement: string): VersionChange[] {
  if (input.deprecateOlder !== true) return [];
  const older = state.versions.filter(
    (other) => other !== version && other.stage === 'published' && other.visibility === input.visibility,
  );
  const deprecation = { since: facts.now.toISOString(), replaced_by: replacement };
  return older.map((other) => ({ of: other.version, set: { stage: 'deprecated', deprecation } }));
}

function deprecating({ version, input, facts }: ActionContext): Changes {
  const { sunset_at: sunsetAt, link, replaced_by: replacedBy } = input.deprecation ?? {};
  const deprecation = {
    since: facts.now.toISOString(),
    ...(input.reason !== undefined && { reason: input.reason }),
    ...(sunsetAt !== undefined && { sunset_at: sunsetAt }),
    ...(link !== undefined && { link }),
    ...(replacedBy !== undefined && { replaced_by: replacedBy }),
  };
  const at = sunsetAt === undefined ? undefined : new Date(sunsetAt);
  return { versions: [{ of: version.version, set: { stage: 'deprecated', deprecation, sunsetAt: at } }] };
}
