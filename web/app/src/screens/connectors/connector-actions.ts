import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { deprecateConnector } from '../../connector-dialogs/ask-deprecation.ts';
import {
  deleteConnector,
  disableConnector,
  enableConnector,
  showReferences,
} from '../../connector-dialogs/connector-commands.ts';
import { lifecyclePath } from '../../connector-lifecycle/version-list.ts';
import type { AppContext } from '../../shell/app-context.ts';
import { builderHref } from './my-connector-card.ts';

/** True: something changed, the list is to be read again. */
type CardAction = (app: AppContext, connector: ConnectorSummary) => boolean | Promise<boolean>;

const goTo =
  (pathOf: (connector: ConnectorSummary) => string): CardAction =>
  (app, connector) => {
    app.router.navigate(pathOf(connector));
    return false;
  };

const open = goTo(({ id }) => builderHref(id));

const actions: Readonly<Record<string, CardAction>> = {
  open,
  edit: open,
  add_connection: goTo(({ slug }) => `/connections/new?connector=${slug}`),
  references: showReferences,
  lifecycle: goTo(({ id }) => lifecyclePath(id)),
  async new_version(app, { id, name }) {
    const { version } = await app.api.call('createConnectorVersion', { params: { id }, body: {} });
    app.toasts.show(`Version ${version} of ${name} is a draft now. What is published stays as it is.`);
    app.router.navigate(builderHref(id));
    return false;
  },
  deprecate: deprecateConnector,
  disable: disableConnector,
  enable: enableConnector,
  delete: deleteConnector,
};

/** Does what a card asked for; a refusal becomes a toast. True: something changed. */
export async function runCardAction(app: AppContext, name: string, connector: ConnectorSummary): Promise<boolean> {
  try {
    return (await actions[name]?.(app, connector)) ?? false;
  } catch (error) {
    app.toasts.showProblem(error);
    return true;
  }
}
