import type { Connector, ConnectorVersionView } from '@patchbay/api-contract/client';
import { askDeprecationDetails } from '../connector-dialogs/ask-deprecation.ts';
import type { AppContext } from '../shell/app-context.ts';
import { askConfirmation } from '../shell/confirm/ask-confirmation.ts';
import { askForm, type QuestionField } from '../shell/confirm/ask-form.ts';

/** What a lifecycle command works on. */
export interface LifecycleContext {
  readonly app: AppContext;
  readonly connector: Pick<Connector, 'id' | 'name' | 'versions'>;
  /** The version that it is about. */
  readonly version: Pick<ConnectorVersionView, 'version'>;
  /** Before anything is asked, for example saving what was edited; false: that did not work. */
  readonly prepare?: () => Promise<boolean>;
  /** After it was done: takes what the server has. */
  readonly refresh: () => Promise<unknown>;
}

/** Gives what to say when it is done; undefined: the person thought better of it. */
type LifecycleCommand = (context: LifecycleContext) => Promise<string | undefined>;

const reason: QuestionField = { name: 'reason', label: 'Reason', type: 'area', help: 'Kept in the audit log.' };

const paramsOf = ({ connector: { id }, version: { version } }: LifecycleContext): { id: string; version: string } => ({
  id,
  version,
});

const nameOf = ({ connector, version }: LifecycleContext): string => `${connector.name} ${version.version}`;

const commands: Readonly<Record<string, LifecycleCommand>> = {
  async ready({ app, connector: { id } }) {
    await app.api.call('readyConnector', { params: { id }, body: {} });
    return 'Marked as ready: people of your enterprise can connect now.';
  },
  async widen(context) {
    const { app, connector, version } = context;
    const isSure = await askConfirmation({
      heading: `Publish ${nameOf(context)} to the catalogue?`,
      text: 'All enterprises can use it, and this version cannot be changed afterwards.',
      action: 'Publish',
    });
    if (!isSure) return undefined;
    const body = { visibility: 'catalogue', confirm: true, version: version.version } as const;
    await app.api.call('publishConnector', { params: { id: connector.id }, body });
    return `${nameOf(context)} is in the catalogue now.`;
  },
  async republish({ app, connector, version }) {
    const isSure = await askConfirmation({
      heading: `Republish ${version.version}?`,
      text: 'The changes become live under the same version. Flows that use it take them at their next run.',
      action: 'Republish',
    });
    if (!isSure) return undefined;
    const body = { version: version.version, confirm: false };
    await app.api.call('republishConnector', { params: { id: connector.id }, body });
    return `Version ${version.version} is republished.`;
  },
  async prerelease(context) {
    await context.app.api.call('prereleaseVersion', { params: paramsOf(context), body: {} });
    return `${nameOf(context)} is offered as a pre-release.`;
  },
  async withdraw_prerelease(context) {
    await context.app.api.call('prereleaseVersion', { params: paramsOf(context), body: { withdraw: true } });
    return `${nameOf(context)} is no longer offered.`;
  },
  ask_review: (context) =>
    review(context, 'ask', {
      action: 'Ask for review',
      text: 'A platform administrator decides whether it comes into the catalogue.',
    }),
  withdraw_review: (context) =>
    review(context, 'withdraw', { action: 'Withdraw', text: 'Nobody needs to decide any more.' }),
  approve_review: (context) =>
    review(context, 'approve', {
      action: 'Approve and publish',
      text: 'It is published to the catalogue for all enterprises and cannot be changed afterwards.',
    }),
  reject_review: (context) =>
    review(context, 'reject', { action: 'Reject', text: 'It goes back to its author, with your reason.' }),
  async deprecate(context) {
    const { name, versions } = context.connector;
    const body = await askDeprecationDetails({ name, version: context.version.version, versions });
    if (body === undefined) return undefined;
    await context.app.api.call('deprecateVersion', { params: paramsOf(context), body });
    return `${nameOf(context)} is deprecated: what uses it keeps running, nobody starts with it.`;
  },
  block: (context) =>
    withReason(context, {
      heading: 'Block',
      text: 'All calls stop at once, also those of running flows. You can end the block.',
      done: 'is blocked',
      call: 'blockVersion',
    }),
  unblock: (context) =>
    withReason(context, { heading: 'Unblock', text: 'Calls work again.', done: 'works again', call: 'unblockVersion' }),
  retire: (context) =>
    withReason(context, {
      heading: 'Retire',
      text: 'It ends for good: nothing runs with it any more. This cannot be undone.',
      done: 'is retired',
      call: 'retireVersion',
    }),
  async unpublish(context) {
    const { app, connector, version } = context;
    const answers = await askForm({
      heading: `Unpublish ${nameOf(context)}?`,
      text: 'It leaves the marketplace. Connections that are there keep running; nobody else can connect.',
      fields: [reason],
      action: 'Unpublish',
      isDanger: true,
    });
    if (answers === undefined) return undefined;
    const body = { version: version.version, ...answers };
    await app.api.call('unpublishConnector', { params: { id: connector.id }, body });
    return `${nameOf(context)} is unpublished.`;
  },
  async new_version({ app, connector, version }) {
    const body = { from: version.version };
    const made = await app.api.call('createConnectorVersion', { params: { id: connector.id }, body });
    return `Version ${made.version} is a draft now, made from ${version.version}. What is published stays as it is.`;
  },
};

/**
 * Runs a lifecycle action with its question, then takes what the server has. Refusals become toasts. True: it was done.
 */
export async function runLifecycle(action: string, context: LifecycleContext): Promise<boolean> {
  const { app, prepare, refresh } = context;
  try {
    if (prepare !== undefined && !(await prepare())) return false;
    const done = await commands[action]?.(context);
    if (done === undefined) return false;
    await refresh();
    app.toasts.show(done);
    return true;
  } catch (error) {
    app.toasts.showProblem(error);
    return false;
  }
}

interface ReasonedAction {
  readonly heading: string;
  readonly text: string;
  readonly done: string;
  readonly call: 'blockVersion' | 'unblockVersion' | 'retireVersion';
}

async function withReason(context: LifecycleContext, action: ReasonedAction): Promise<string | undefined> {
  const { heading, text, done, call } = action;
  const isDanger = call !== 'unblockVersion';
  const question = { heading: `${heading} ${nameOf(context)}?`, text, fields: [reason], action: heading, isDanger };
  const answers = await askForm(question);
  if (answers === undefined) return undefined;
  await context.app.api.call(call, { params: paramsOf(context), body: answers });
  return `${nameOf(context)} ${done}.`;
}

async function review(
  context: LifecycleContext,
  decision: 'ask' | 'withdraw' | 'approve' | 'reject',
  words: { readonly action: string; readonly text: string },
): Promise<string | undefined> {
  const question = { heading: `${words.action}: ${nameOf(context)}?`, text: words.text, fields: [reason] };
  const answers = await askForm({ ...question, action: words.action });
  if (answers === undefined) return undefined;
  const body = { decision, confirm: true, ...answers };
  await context.app.api.call('reviewVersion', { params: paramsOf(context), body });
  const done = {
    ask: 'A review is asked for.',
    withdraw: 'The review is withdrawn.',
    approve: `${nameOf(context)} is in the catalogue now.`,
    reject: 'The review is rejected.',
  };
  return done[decision];
}
