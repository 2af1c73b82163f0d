import type { ConnectorVersionView } from '@patchbay/api-contract/client';

/** How a lifecycle action is called, and what it does. */
interface ActionWords {
  readonly label: string;
  readonly text: string;
  /** In which stages it is possible; said where the API says no more than that the stage does not fit. */
  readonly when?: string;
}

/** All actions on a version, in the order of their buttons. */
const words = {
  publish: { label: 'Publish', text: 'Offers it in the marketplace, to your enterprise or to all.' },
  ready: {
    label: 'Mark as Ready',
    text: 'People of your enterprise can connect then.',
    when: 'Possible for a draft.',
  },
  republish: { label: 'Republish', text: 'Makes the changes live under the same version.' },
  widen: {
    label: 'Publish to the catalogue',
    text: 'All enterprises can use it then, and it cannot be changed any more.',
  },
  prerelease: {
    label: 'Pre-release',
    text: 'Offers it for trying out, marked as such. You can take it back.',
    when: 'Possible once it is ready and not published.',
  },
  withdraw_prerelease: { label: 'End the pre-release', text: 'It goes back to ready; connections keep running.' },
  ask_review: {
    label: 'Ask for review',
    text: 'A platform administrator decides whether it comes into the catalogue.',
    when: 'Possible once it is ready and not published.',
  },
  withdraw_review: { label: 'Withdraw review', text: 'Nobody needs to decide any more.' },
  approve_review: { label: 'Approve', text: 'Publishes it to the catalogue for all enterprises.' },
  reject_review: { label: 'Reject', text: 'It goes back to its author, with your reason.' },
  new_version: {
    label: 'New version',
    text: 'Makes a draft from this one. What is published stays as it is.',
    when: 'Possible once this one is past its draft.',
  },
  deprecate: {
    label: 'Deprecate',
    text: 'What uses it keeps running; nobody starts with it. You may set an end.',
    when: 'Possible once it is published.',
  },
  block: {
    label: 'Block',
    text: 'Stops all calls at once. You can end the block.',
    when: 'Possible while it is published.',
  },
  unblock: { label: 'Unblock', text: 'Calls work again.' },
  unpublish: {
    label: 'Unpublish',
    text: 'It leaves the marketplace. Connections that are there keep running.',
    when: 'Possible while it is published.',
  },
  retire: {
    label: 'Retire',
    text: 'Ends a deprecated version for good: nothing runs with it any more.',
    when: 'Possible once it is deprecated.',
  },
} satisfies Record<string, ActionWords>;

/** An action on a version of a connector. `widen` is the publication of what the enterprise has to all (T8). */
export type VersionAction = keyof typeof words;

const versionActions = Object.keys(words) as VersionAction[]; // the keys of the record are the actions

/** Stages from which `publish` is the first publication. */
export const publishableStages: readonly string[] = ['draft', 'ready', 'pre_released'];

type ActedOn = Pick<ConnectorVersionView, 'actions' | 'stage' | 'has_pending_changes' | 'review'>;

/** Label of an action. */
export const lifecycleWord = (action: VersionAction): string => words[action].label;

/**
 * Actions of a version that the person may use now, without the first publication: that one asks for a number, notes and an
 * audience, and has a place of its own in the builder.
 */
export function allowedActions(view: ActedOn): readonly VersionAction[] {
  return versionActions.filter(
    (action) => action !== 'publish' && isMeant(action, view) && answerOf(action, view).allowed,
  );
}

/** An action on the lifecycle page. */
export interface LifecycleEntry {
  readonly action: VersionAction;
  readonly label: string;
  readonly text: string;
  /** Absent: the person may do it now. */
  readonly refusal?: string;
}

/** Everything that could be done with a version: what is possible first, then the rest with what the API says against it. */
export function lifecycleEntries(view: ActedOn): readonly LifecycleEntry[] {
  const entries = versionActions
    .filter((action) => isMeant(action, view))
    .map((action): LifecycleEntry => {
      const { label, text, when }: ActionWords = words[action];
      const { allowed, code, reason = 'This is not possible now.' } = answerOf(action, view);
      const refusal = code === 'invalid_transition' ? (when ?? reason) : reason;
      return { action, label, text, ...(allowed ? {} : { refusal }) };
    });
  const isPossible = ({ refusal }: LifecycleEntry): boolean => refusal === undefined;
  return [...entries.filter(isPossible), ...entries.filter((entry) => !isPossible(entry))];
}

const answerOf = (action: VersionAction, { actions }: ActedOn): ActedOn['actions'][string] =>
  actions[action === 'widen' ? 'publish' : action] ?? { allowed: false };

/** The two sides of one switch are not both shown, and nothing that would change nothing. */
const meantOnlyWhen: Partial<Record<VersionAction, (view: ActedOn) => boolean>> = {
  publish: ({ stage }) => publishableStages.includes(stage),
  widen: ({ stage }) => stage === 'published',
  republish: ({ stage, has_pending_changes: hasChanges }) => stage === 'published' && hasChanges,
  withdraw_prerelease: ({ stage }) => stage === 'pre_released',
  ask_review: ({ review, actions }) => review !== 'pending' && actions['ask_review']?.code !== 'scope_not_allowed',
  withdraw_review: ({ review }) => review === 'pending',
  approve_review: ({ review }) => review === 'pending',
  reject_review: ({ review }) => review === 'pending',
  block: ({ stage }) => stage !== 'blocked',
  unblock: ({ stage }) => stage === 'blocked',
};

const isMeant = (action: VersionAction, view: ActedOn): boolean => meantOnlyWhen[action]?.(view) ?? true;
